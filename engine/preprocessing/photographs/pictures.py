"""Pictures: a file of any usual kind to a grey array, without a window.

The pad reads pictures with Qt; the command line, which must run without it, reads them with Pillow. Colours
become grey in `colour_filter`, the same for both.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from engine.errors import PictureError
from engine.preprocessing.photographs.colour_filter import grey_of_colour
from engine.preprocessing.photographs.exif_orientation import UPRIGHT, Turn, turn_of
from engine.preprocessing.photographs.picture_file import (
    LONGEST_SIDE,
    check_size,
    damaged,
    kind_of,
    no_picture,
    read_picture_file,
)

# What Pillow calls them: all kinds that it decodes by itself; for some others it would start programs.
_FORMATS = {kind: kind.upper() for kind in ("png", "jpeg", "bmp", "gif", "tiff", "webp")}
_PPM = "PPM"
_QUARTERS = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
# Ink that is darker or lighter than its own transparent paper varies less than this within itself.
_LEAST_CONTRAST = 0.25


def read_picture(path: Path) -> NDArray[np.float32]:
    """Read a picture, upright as its EXIF says, its transparent parts taken for paper.

    Returns:
        (height, width) float32, 0 black to 1 white, the longer side at most `LONGEST_SIDE` pixels.

    Raises:
        PictureError: The file is missing, no picture, damaged, gigantic, or wholly transparent.
    """
    return decoded_picture(read_picture_file(path), path.name)


def decoded_picture(data: bytes, name: str) -> NDArray[np.float32]:
    """The same of a file that was read already.

    Args:
        data: The whole file.
        name: What to call it in a sentence.

    Returns:
        (height, width) float32, 0 black to 1 white, the longer side at most `LONGEST_SIDE` pixels.

    Raises:
        PictureError: It is no picture, damaged, gigantic, or wholly transparent.
    """
    kind = kind_of(data)
    if kind is None:
        raise no_picture(name)
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures, which are refused below, and of damaged notes about the picture.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=[_FORMATS.get(kind, _PPM)]) as image:
                check_size(data, kind, *image.size, name)
                image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
                # Pillow turns TIFF files by itself.
                return _to_grey(image, UPRIGHT if kind == "tiff" else turn_of(data), name)
    except PictureError:
        raise
    except UnidentifiedImageError as error:
        raise damaged(name) from error
    except Image.DecompressionBombError as error:
        raise PictureError(f"{name} is too large: cut out the digit first.") from error
    except Exception as error:  # a decoder may raise whatever its damaged input leads to
        raise damaged(name) from error


def _to_grey(image: Image.Image, turn: Turn, name: str) -> NDArray[np.float32]:
    if image.mode.startswith(("I", "F")):
        return _deep_to_grey(image, turn, name)
    if image.has_transparency_data:
        pixels = np.asarray(_upright(image.convert("RGBA"), turn))
        return _as_shares(grey_of_colour(_on_background(pixels, name)))
    if image.mode in ("1", "L"):
        return _as_shares(np.asarray(_upright(image.convert("L"), turn)))
    return _as_shares(grey_of_colour(np.asarray(_upright(image.convert("RGB"), turn))))


def _as_shares(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    return grey.astype(np.float32) / np.float32(255)


def _upright(image: Image.Image, turn: Turn) -> Image.Image:
    """Turned as the camera was held, and reduced."""
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if turn.is_mirrored:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    quarters = _QUARTERS[turn.quarters]
    return image if quarters is None else image.transpose(quarters)


def _deep_to_grey(image: Image.Image, turn: Turn, name: str) -> NDArray[np.float32]:
    """More than 8 bits a pixel: the picture's own darkest and lightest become 0 and 1."""
    deep = image if image.mode == "F" else image.convert("I").convert("F")
    grey = np.asarray(_upright(deep, turn), dtype=np.float32)
    if not np.isfinite(grey).all():
        raise damaged(name)
    low, high = float(grey.min()), float(grey.max())
    return np.asarray((grey - low) / max(high - low, 1e-12), dtype=np.float32)


def _on_background(pixels: NDArray[np.uint8], name: str) -> NDArray[np.uint8]:
    """Put a transparent picture, (height, width, 4), on grey paper that its ink stands out from."""
    alpha = _as_shares(pixels[..., 3])
    grey = _as_shares(np.asarray(Image.fromarray(pixels[..., :3]).convert("L")))
    opaque = grey[alpha > 0.5] if (alpha > 0.5).any() else grey[alpha > 0]
    if opaque.size == 0:
        raise PictureError(f"Nothing is drawn on {name}: all of it is transparent.")
    darkest, middle, lightest = np.percentile(opaque, (2, 50, 98))
    if lightest - darkest > _LEAST_CONTRAST and float(alpha.mean()) > 0.5:
        background = middle  # a whole picture with transparent corners brings its own paper
    else:
        background = 0.0 if middle > 0.5 else 1.0
    paper = np.float32(255 * background)
    blended = pixels[..., :3] * alpha[..., None] + paper * (1 - alpha[..., None])
    return np.round(blended).astype(np.uint8)
