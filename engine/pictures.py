"""Pictures: a file of any usual kind to a grey array, without a window.

The pad reads pictures with Qt; the command line, which must run without it, reads them with Pillow.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from engine.errors import PictureError

MOST_PIXELS = 64_000_000
"""A picture that has more is refused before it is decoded."""

MOST_PIXELS_JPEG = 128_000_000
"""The same for JPEG files, which are decoded in small at once: in a tenth of a second, and 20 MB."""

LONGEST_SIDE = 1024
"""More than the normaliser can make use of; a photograph is reduced to this."""

# Only kinds that Pillow decodes by itself: for some others it would start programs of the system.
_FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PPM")
# Ink that is darker or lighter than its own transparent paper varies less than this within itself.
_LEAST_CONTRAST = 0.25


def read_picture(path: Path) -> NDArray[np.float32]:
    """Read a picture, upright as its EXIF says, its transparent parts taken for paper.

    Returns:
        (height, width) float32, 0 black to 1 white, the longer side at most `LONGEST_SIDE` pixels.

    Raises:
        PictureError: The file is missing, no picture, damaged, gigantic, or wholly transparent.
    """
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            # Pillow warns of large pictures, which are refused below, and of damaged notes about the picture.
            warnings.simplefilter("ignore")
            with Image.open(file, formats=_FORMATS) as image:
                _refuse_gigantic(image, path.name)
                image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
                return _to_grey(image, path.name)
    except PictureError:
        raise
    except FileNotFoundError as error:
        raise PictureError(f"There is no picture {path.name}: check the path.") from error
    except UnidentifiedImageError as error:
        raise PictureError(
            f"{path.name} is not a picture that can be read: use a PNG or JPEG file."
        ) from error
    except Image.DecompressionBombError as error:
        raise PictureError(f"{path.name} is too large: cut out the digit first.") from error
    except OSError as error:
        if error.errno is not None:  # of the system, not of the decoder
            raise PictureError(f"{path.name} cannot be read: {error.strerror}.") from error
        raise PictureError(_damaged(path.name)) from error
    except Exception as error:  # a decoder may raise whatever its damaged input leads to
        raise PictureError(_damaged(path.name)) from error


def _damaged(name: str) -> str:
    return f"{name} is damaged and cannot be read: use another picture."


def _refuse_gigantic(image: Image.Image, name: str) -> None:
    width, height = image.size
    if width * height > (MOST_PIXELS_JPEG if image.format == "JPEG" else MOST_PIXELS):
        raise PictureError(f"{name} is too large ({width:,} × {height:,} pixels): cut out the digit first.")


def _to_grey(image: Image.Image, name: str) -> NDArray[np.float32]:
    if image.mode.startswith(("I", "F")):
        return _deep_to_grey(image, name)
    if image.has_transparency_data:
        pixels = np.asarray(_upright(image.convert("RGBA")).convert("LA"), dtype=np.float32) / np.float32(255)
        return _on_paper(pixels[..., 0], pixels[..., 1], name)
    return np.asarray(_upright(image.convert("L")), dtype=np.float32) / np.float32(255)


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held, and reduced."""
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return ImageOps.exif_transpose(image)


def _deep_to_grey(image: Image.Image, name: str) -> NDArray[np.float32]:
    """More than 8 bits a pixel: the picture's own darkest and lightest become 0 and 1."""
    deep = image if image.mode == "F" else image.convert("I").convert("F")
    grey = np.asarray(_upright(deep), dtype=np.float32)
    if not np.isfinite(grey).all():
        raise PictureError(_damaged(name))
    low, high = float(grey.min()), float(grey.max())
    return np.asarray((grey - low) / max(high - low, 1e-12), dtype=np.float32)


def _on_paper(grey: NDArray[np.float32], alpha: NDArray[np.float32], name: str) -> NDArray[np.float32]:
    """Put a transparent picture on paper that its ink stands out from."""
    opaque = grey[alpha > 0.5] if (alpha > 0.5).any() else grey[alpha > 0]
    if opaque.size == 0:
        raise PictureError(f"Nothing is drawn on {name}: all of it is transparent.")
    darkest, middle, lightest = np.percentile(opaque, (2, 50, 98))
    if lightest - darkest > _LEAST_CONTRAST and float(alpha.mean()) > 0.5:
        paper = middle  # a whole picture with transparent corners brings its own paper
    else:
        paper = 0.0 if middle > 0.5 else 1.0
    return np.asarray(grey * alpha + np.float32(paper) * (1 - alpha), dtype=np.float32)
