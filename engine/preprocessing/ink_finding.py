"""Ink finding: a picture of a digit or of a number to ink on blank paper, segmented into digits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import PictureError
from engine.preprocessing.binarisation import (
    NOTHING_STANDS_OUT,
    has_print,
    ink_on_flattened_background,
    ink_on_plain_background,
)
from engine.preprocessing.connected_components import Patches, find_patches
from engine.preprocessing.illumination import flatten, is_plain
from engine.preprocessing.resampling import resampled
from engine.preprocessing.segmentation.joining import join_rows
from engine.preprocessing.segmentation.pieces import Box, Piece

LONGEST_SIDE = 640
"""A larger picture is reduced to this: of eight digits in a row each still has twice the pixels it needs."""

# Of a smaller share of the largest patch's area, and shorter than this share of the longest, a patch is a
# speck, or what is left of a printed line.
_SPECK = (0.02, 0.1)
_LEFTOVER = (0.05, 0.25)
# The edge of a table that flattening leaves is no wider than half its window, mirrored at the border.
_BORDER = 0.11
_ALL = slice(None)
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
    patches = find_patches(ink > 0)
    if len(patches) > _MOST_PATCHES:
        raise PictureError(NOTHING_STANDS_OUT)
    is_kept = _without_specks(patches)
    if flattened is not None:
        is_kept = _without_leftovers(patches, is_kept)
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
        if not has_print(ink):
            return ink, None
    dark = flatten(picture)
    return ink_on_flattened_background(dark), np.clip(1 - dark, 0, 1).astype(np.float32)


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


def _without_specks(patches: Patches) -> NDArray[np.bool_]:
    """Which patches are no specks."""
    return ~_is_small(patches, *_SPECK)


def _without_leftovers(patches: Patches, is_kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without what flattening leaves: pieces of printed lines; at the border the table, a shadow's corner.

    Some patch is always left: what touches the border is a digit where nothing else is as large, or where
    most of it lies farther inside than any edge of a table that flattening lets through.
    """
    height, width = patches.labels.shape
    reaches = (patches.boxes[:, :2] == 0).any(axis=1) | (patches.boxes[:, 2:] == (width, height)).any(axis=1)
    inner = is_kept & (~reaches | _lies_inside(patches))
    kept = inner if inner.any() else is_kept
    return kept & ~_is_small(patches, *_LEFTOVER, among=kept)


def _lies_inside(patches: Patches) -> NDArray[np.bool_]:
    """Of which patches most pixels are farther from the border than `_BORDER`."""
    height, width = patches.labels.shape
    margin = round(_BORDER * max(height, width))
    middle = patches.labels[margin : height - margin, margin : width - margin]
    inside = np.bincount(middle[middle >= 0], minlength=len(patches))
    is_inside: NDArray[np.bool_] = 2 * inside > patches.areas
    return is_inside


def _is_small(
    patches: Patches, area: float, extent: float, among: NDArray[np.bool_] | slice = _ALL
) -> NDArray[np.bool_]:
    """Which patches have less than these shares of the greatest area and of the longest side among some."""
    extents = (patches.boxes[:, 2:] - patches.boxes[:, :2]).max(axis=1)
    is_small: NDArray[np.bool_] = (patches.areas < area * patches.areas[among].max()) & (
        extents < extent * extents[among].max()
    )
    return is_small


def _digits_of(patches: Patches, is_kept: NDArray[np.bool_]) -> list[list[list[int]]]:
    """The patches of each digit, from left to right, for each row."""
    pieces = []
    for index in np.flatnonzero(is_kept).tolist():
        left, top, right, bottom = patches.boxes[index].tolist()
        pieces.append(Piece((left, top, right, bottom), patches.outlines[index], [index]))
    return join_rows(pieces)
