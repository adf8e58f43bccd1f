"""EXIF orientation: how the camera was held, as JPEG, PNG, WebP and TIFF files note it.

One reader for the window and the command line, whose own libraries each look in other places. Pure Python,
since the window needs it before NumPy is there.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

_ORIENTATION = 0x0112
_SHORT = 3
_EXIF = b"Exif\0\0"
_PNG = b"\x89PNG\r\n\x1a\n"
# Of pixels stored in small chunks; a file with more parts is not a camera's.
_MOST_PARTS = 100_000


class Turn(NamedTuple):
    """How a picture has to be turned to stand upright: mirrored first, then turned.

    Attributes:
        is_mirrored: Left and right are exchanged.
        quarters: Quarter turns clockwise, 0 to 3.
    """

    is_mirrored: bool = False
    quarters: int = 0


UPRIGHT = Turn()
# By the number that EXIF gives them, 1 to 8.
_TURNS = (
    UPRIGHT,
    Turn(True),
    Turn(False, 2),
    Turn(True, 2),
    Turn(True, 3),
    Turn(False, 1),
    Turn(True, 1),
    Turn(False, 3),
)


def turn_of(data: bytes) -> Turn:
    """How the picture in a file has to be turned; upright where nothing is noted or the note is damaged.

    Args:
        data: The whole file.
    """
    try:
        notes = _notes(data)
        number = _orientation(notes) if notes else 1
    except (struct.error, IndexError):
        return UPRIGHT
    return _TURNS[number - 1] if 1 <= number <= len(_TURNS) else UPRIGHT


def _notes(data: bytes) -> bytes:
    """The EXIF block of a file, which has the form of a TIFF file; empty where there is none."""
    if data.startswith(b"\xff\xd8"):
        return _notes_in_jpeg(data)
    if data.startswith(_PNG):
        return _notes_in_chunks(data, len(_PNG), b"eXIf", ">I4s", 4)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _notes_in_chunks(data, 12, b"EXIF", "<4sI", 0).removeprefix(_EXIF)
    return data if data[:4] in (b"II*\0", b"MM\0*") else b""


def _notes_in_jpeg(data: bytes) -> bytes:
    place = 2
    for _ in range(_MOST_PARTS):
        start, marker, length = struct.unpack_from(">BBH", data, place)
        if start != 0xFF or marker == 0xDA:
            break
        if marker == 0xE1 and data.startswith(_EXIF, place + 4):
            return data[place + 4 + len(_EXIF) : place + 2 + length]
        place += 2 + length
    return b""


def _notes_in_chunks(data: bytes, place: int, wanted: bytes, header: str, trailer: int) -> bytes:
    """Of files made of chunks with a name and a length before them, and perhaps a checksum behind."""
    for _ in range(_MOST_PARTS):
        if place + 8 > len(data):
            break
        first, second = struct.unpack_from(header, data, place)
        name, length = (first, second) if isinstance(first, bytes) else (second, first)
        if name == wanted:
            return data[place + 8 : place + 8 + length]
        # RIFF fills chunks up to an even length; PNG does not.
        place += 8 + length + (trailer or length % 2)
    return b""


def _orientation(notes: bytes) -> int:
    """The number in the first directory of a block in TIFF's form; 1 where there is none."""
    order = {b"II": "<", b"MM": ">"}.get(notes[:2])
    if order is None:
        return 1
    (directory,) = struct.unpack_from(f"{order}I", notes, 4)
    (count,) = struct.unpack_from(f"{order}H", notes, directory)
    for entry in range(directory + 2, directory + 2 + 12 * count, 12):
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", notes, entry)
        if tag == _ORIENTATION:
            return int(value) if kind == _SHORT else 1
    return 1
