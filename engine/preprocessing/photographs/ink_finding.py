"""Ink finding: a picture of a digit or of a number to ink on blank paper, segmented into digits."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import PictureError
from engine.preprocessing.photographs.binarisation import (
    NOTHING_STANDS_OUT,
    has_print,
    ink_darkness,
    ink_on_flattened_background,
    ink_on_plain_background,
    strokes_width,
)
from engine.preprocessing.photographs.connected_components import Patches
from engine.preprocessing.photographs.illumination import WIDEST_WINDOW, flatten, is_plain
from engine.preprocessing.photographs.leftovers import without_leftovers, without_specks
from engine.preprocessing.photographs.printed_lines import print_of, without_print
from engine.preprocessing.photographs.soft_edges import find_soft_patches
from engine.preprocessing.resampling import resampled
from engine.preprocessing.segmentation.joining import join_rows
from engine.preprocessing.segmentation.pieces import Box, Piece

LONGEST_SIDE = 640
"""A larger picture is reduced to this: of eight digits in a row each still has twice the pixels it needs."""

# The light on the paper is looked for around so many widths of a stroke, and around this share of the longer
# side at least.
_STROKES, _LEAST_WINDOW = 3.5, 0.07
# With more patches than this nothing is written, it is noise.
_MOST_PATCHES = 400


@dataclass(frozen=True, slots=True)
class FoundInk:
    """What is written on a picture.

    Attributes:
        flattened: (height, width) float32, 0 ink to 1 background, with the light taken out; None where the
            background was plain and nothing had to be done.
        ink: (height, width) float32, 0 background to 1 ink, specks gone.
        digits: The ink of each digit, row by row and from left to right, cut out along its box.
        boxes: Of each digit as shares of the picture's width and height: left, top, right, bottom.
        rows: How many digits each row of writing has, from top to bottom.
    """

    flattened: NDArray[np.float32] | None
    ink: NDArray[np.float32]
    digits: tuple[NDArray[np.float32], ...]
    boxes: tuple[Box, ...]
    rows: tuple[int, ...]


def find_ink(grey: NDArray[np.generic]) -> FoundInk:
    """Find the ink of a picture and the digits it makes up.

    Args:
        grey: (height, width) of any real type and range, dark on light or light on dark.

    Raises:
        PictureError: The array is not a picture, or nothing is drawn on it.
    """
    picture = _checked(grey)
    ink, flattened = _on_blank_paper(picture)
    patches = find_soft_patches(ink)
    if len(patches) > _MOST_PATCHES:
        raise PictureError(NOTHING_STANDS_OUT)
    is_kept = without_specks(patches)
    if flattened is not None:
        is_kept = without_leftovers(ink, patches, is_kept)
    rows = _digits_of(patches, is_kept)
    groups = [group for row in rows for group in row]
    if not groups:
        raise PictureError(NOTHING_STANDS_OUT)
    owners = np.full(len(patches) + 1, -1)  # the last for paper, whose label is -1
    for number, group in enumerate(groups):
        owners[group] = number
    owner = owners[patches.labels]
    kept = np.where(owner >= 0, ink, 0.0).astype(np.float32)
    boxes = [patches.boxes[group] for group in groups]
    digits = []
    for number, (left, top, right, bottom) in enumerate(map(_around, boxes)):
        window = slice(top, bottom), slice(left, right)
        digits.append(np.where(owner[window] == number, kept[window], np.float32(0)))
    height, width = kept.shape
    shares = (_around(own) / np.array([width, height, width, height]) for own in boxes)
    return FoundInk(
        flattened, kept, tuple(digits), tuple(tuple(box.tolist()) for box in shares), tuple(map(len, rows))
    )


def _around(boxes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The box around several boxes."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _on_blank_paper(
    picture: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float32] | None]:
    """The ink, 0 background to 1 ink, and the flattened picture where the paper was not plain."""
    if is_plain(picture):
        ink = ink_on_plain_background(picture)
        if not has_print(ink) and print_of(ink, ink_darkness(ink)) is None:
            return ink, None
    dark = flatten(picture)
    # Corners of shadows are narrow, too: strokes are seen by a window that is no wider than they need.
    window = _STROKES * strokes_width(dark) / max(dark.shape)
    if window < WIDEST_WINDOW:
        dark = flatten(picture, max(window, _LEAST_WINDOW))
    printed = print_of(dark, ink_darkness(dark))
    if printed is not None:
        blank = without_print(dark, printed)
        with suppress(PictureError):  # nothing is left: the lines are what somebody drew
            return ink_on_flattened_background(blank), _as_light(blank)
    return ink_on_flattened_background(dark), _as_light(dark)


def _as_light(dark: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.clip(1 - dark, 0, 1).astype(np.float32)


def _checked(grey: NDArray[np.generic]) -> NDArray[np.float64]:
    picture = np.asarray(grey, dtype=np.float64)
    if picture.ndim != 2 or picture.size == 0 or not np.isfinite(picture).all():
        raise PictureError("This is not a grey picture: rows and columns of finite numbers are needed.")
    if picture.min() == picture.max():
        raise PictureError("Nothing is drawn on this picture: it is all of one colour.")
    scale = LONGEST_SIDE / max(picture.shape)
    if scale < 1:
        height, width = (max(1, round(length * scale)) for length in picture.shape)
        picture = resampled(picture, height, width)
    return picture


def _digits_of(patches: Patches, is_kept: NDArray[np.bool_]) -> list[list[list[int]]]:
    """The patches of each digit, from left to right, for each row."""
    pieces = []
    for index in np.flatnonzero(is_kept).tolist():
        left, top, right, bottom = patches.boxes[index].tolist()
        pieces.append(Piece((left, top, right, bottom), patches.outlines[index], [index]))
    return join_rows(pieces)
