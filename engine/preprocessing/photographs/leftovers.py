"""Leftovers: patches that nobody wrote: specks, pieces of printed lines, the edge of a table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.photographs.connected_components import Patches
from engine.preprocessing.photographs.pen_width import stroke_width

# Of a smaller share of the largest patch's area, and shorter than this share of the longest, a patch is a
# speck, or what is left of a printed line.
_SPECK = (0.02, 0.1)
_LEFTOVER = (0.05, 0.25)
# The edge of a table that flattening leaves is no wider than half its window, mirrored at the border.
_BORDER = 0.11
# A digit that the border touches has about the height and the pen of those farther inside, and as much of
# its height is beside them.
_HEIGHTS, _PENS, _LEAST_BESIDE = (0.5, 1.7), (0.5, 1.7), 0.5
# The same for its darkness.
_LEAST_DARKNESS = 0.7
# Along the border, that cuts through strokes, it has gaps: no more of its length than this lies there.
_MOST_CUT = 0.6
_ALL = slice(None)


def without_specks(patches: Patches) -> NDArray[np.bool_]:
    """Which patches are no specks: (patches,) bool."""
    return ~_is_small(patches, *_SPECK)


def without_leftovers(
    ink: NDArray[np.float64], patches: Patches, is_kept: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which patches are none that flattening leaves: pieces of printed lines, the table, a shadow's corner.

    Some patch is always left: what touches the border is a digit where nothing else is as large, where most
    of it lies farther inside than any edge of a table that flattening lets through, or where it looks like
    the digits beside it.

    Args:
        ink: (height, width) float64, 0 paper to 1 ink.
        patches: Of this picture.
        is_kept: (patches,) bool those that may be writing.
    """
    height, width = patches.labels.shape
    reaches = (patches.boxes[:, :2] == 0).any(axis=1) | (patches.boxes[:, 2:] == (width, height)).any(axis=1)
    inner = is_kept & (~reaches | _lies_inside(patches))
    kept = inner if inner.any() else is_kept
    kept = kept & ~_is_small(patches, *_LEFTOVER, among=kept)
    for index in np.flatnonzero(is_kept & ~inner & reaches):
        kept[index] |= inner.any() and _is_like(int(index), np.flatnonzero(kept & inner), ink, patches)
    return kept


def _is_like(index: int, others: NDArray[np.int_], ink: NDArray[np.float64], patches: Patches) -> bool:
    """Whether a patch looks as if it were written with the same pen in the same row as others."""
    tops, bottoms = patches.boxes[others, 1], patches.boxes[others, 3]
    height = float(np.median(bottoms - tops))
    _, top, _, bottom = patches.boxes[index].tolist()
    if not _HEIGHTS[0] * height <= bottom - top <= _HEIGHTS[1] * height:
        return False
    if _share_cut(index, patches) > _MOST_CUT:
        return False
    beside = min(bottom, int(bottoms.max())) - max(top, int(tops.min()))
    if beside < _LEAST_BESIDE * (bottom - top):
        return False
    written = [_pen(int(other), ink, patches) for other in others]
    width, darkness = (float(np.median(values)) for values in zip(*written, strict=True))
    own_width, own_darkness = _pen(index, ink, patches)
    return _PENS[0] * width <= own_width <= _PENS[1] * width and own_darkness >= _LEAST_DARKNESS * darkness


def _share_cut(index: int, patches: Patches) -> float:
    """Of a patch's height and width, the greatest share that lies on one side of the border."""
    left, top, right, bottom = patches.boxes[index].tolist()
    labels = patches.labels
    borders = (labels[:, 0], labels[:, -1], labels[0], labels[-1])
    lengths = (bottom - top, bottom - top, right - left, right - left)
    return max(
        float(np.count_nonzero(border == index) / length)
        for border, length in zip(borders, lengths, strict=True)
    )


def _pen(index: int, ink: NDArray[np.float64], patches: Patches) -> tuple[float, float]:
    """The width of a patch's strokes in pixels, and how dark they are in the middle."""
    left, top, right, bottom = patches.boxes[index].tolist()
    window = slice(top, bottom), slice(left, right)
    own = np.where(patches.labels[window] == index, ink[window], 0.0)
    return stroke_width(np.pad(own, 1)), float(np.quantile(own[own > 0], 0.75))


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
