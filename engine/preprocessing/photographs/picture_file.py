"""Picture files: what may be opened as a picture at all, the same in the window and on the command line.

The window decodes with Qt and the command line with Pillow. Which files either is handed is decided here,
from their first bytes, so that no decoder has to guess. Pure Python, since the window needs it before NumPy
is there.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from engine.errors import PictureError
from engine.files.regular_files import open_regular

MOST_PIXELS = 64_000_000
"""A picture that has more is refused before it is decoded."""

MOST_PIXELS_JPEG = 128_000_000
"""The same for JPEG files, which are decoded in small at once: in a tenth of a second, and 20 MB."""

LONGEST_SIDE = 1024
"""More than the normaliser can make use of; a photograph is reduced to this before it goes anywhere."""

_MOST_BYTES = 256 * 1024 * 1024
# Progressive JPEG files are decoded scan by scan, cameras' and browsers' in about ten. A small file may ask
# for thousands of scans over millions of pixels, which takes minutes.
_MOST_SCANNED_PIXELS = 3_000_000_000

_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"P4", "pbm"),
    (b"P1", "pbm"),
    (b"P5", "pgm"),
    (b"P2", "pgm"),
    (b"P6", "ppm"),
    (b"P3", "ppm"),
)


def read_picture_file(path: Path) -> bytes:
    """The whole of a stored file.

    Raises:
        PictureError: It is missing, a folder, a pipe or a device, empty, gigantic, or may not be read.
    """
    try:
        with open_regular(path) as file:
            if os.fstat(file.fileno()).st_size > _MOST_BYTES:
                raise PictureError(f"{path.name} is too large for a picture: cut out the digit first.")
            data = file.read(_MOST_BYTES)
    except OSError as error:
        raise PictureError(_why_not(path, error)) from error
    if not data:
        raise PictureError(f"{path.name} is empty: choose another picture.")
    return data


def _why_not(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no picture {path.name}: check the path."
    # Some systems open a folder as if it were a file, others refuse it for other reasons.
    if error.errno in (errno.EISDIR, errno.EACCES, errno.EINVAL) and path.is_dir():
        return f"{path.name} is a folder: choose a picture in it."
    return f"{path.name} cannot be opened ({error.strerror}): choose another picture."


def kind_of(data: bytes) -> str | None:
    """What kind of picture a file is: "png", "jpeg", "gif", "bmp", "tiff", "webp", "pbm", "pgm" or "ppm"."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for start, kind in _KINDS if data.startswith(start)), None)


def no_picture(name: str) -> PictureError:
    """What a file of no known kind is refused with."""
    return PictureError(f"{name} is not a picture that can be read: use a PNG or JPEG file.")


def damaged(name: str) -> PictureError:
    """What a file that breaks off or makes no sense is refused with."""
    return PictureError(f"{name} is damaged and cannot be read: use another picture.")


def check_size(data: bytes, kind: str, width: int, height: int, name: str, most: int = MOST_PIXELS) -> None:
    """Refuse what would take too much memory or time, before anything is decoded.

    Args:
        data: The whole file.
        kind: As `kind_of` says.
        width: As the file says, in pixels.
        height: The same.
        name: Of the file.
        most: Pixels; more are allowed to JPEG files.

    Raises:
        PictureError: It has no pixels, too many, or too many scans over them.
    """
    pixels = width * height
    if width < 1 or height < 1:
        raise damaged(name)
    if pixels > (MOST_PIXELS_JPEG if kind == "jpeg" else most):
        raise PictureError(f"{name} is too large ({width:,} × {height:,} pixels): cut out the digit first.")
    # A scan's marker cannot stand within its data.
    if kind == "jpeg" and pixels * data.count(b"\xff\xda") > _MOST_SCANNED_PIXELS:
        raise PictureError(f"{name} would take minutes to read: save it as a PNG file and open that.")
