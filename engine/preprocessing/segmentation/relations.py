"""Relations: how the pieces of a row lie to each other, and how high the row is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.segmentation.pieces import Piece, around

REACH = 0.45
"""Pieces farther apart, as a share of the row's height, are not of one digit."""

# See `engine.preprocessing.segmentation.joining`.
_LEAST_OVERLAP = 0.25
_DIGIT_HEIGHT = 0.7
_REACH_PER_HEIGHT = 2.0
_LEAST_REACH, _MOST_REACH = 0.03, 0.4
# A gap between digits, as a share of the height, from which they are written apart.
_LOOSE = 0.2
# Of what is lower than this share of the highest nobody can tell the height of a row.
_TALL = 0.6


@dataclass(frozen=True, slots=True)
class Relations:
    """How the pieces of a row lie to each other, lengths as shares of the row's height.

    Attributes:
        boxes: (pieces, 4), left, top, right, bottom.
        apart: (pieces, pieces), between their nearest points, infinite beyond `REACH`; 0 on the diagonal.
        joined: (pieces, pieces) bool, whether their shapes alone say that they are of one digit.
        cuts: (pieces, pieces), 0 where there is none between two pieces; 1 and how many widths of a stroke it
            crosses where there is.
        looseness: How far apart this row's digits seem to be, 0 touching to 1: where others are apart, what
            touches is one digit.
    """

    boxes: NDArray[np.float64]
    apart: NDArray[np.float64]
    joined: NDArray[np.bool_]
    cuts: NDArray[np.float64]
    looseness: float = 0.0


Distance = Callable[[int, int], float]
"""Between the nearest points of two pieces, given by their places."""


def relate(
    pieces: Sequence[Piece],
    height: float,
    distance: Distance,
    looseness: float = 0.0,
    cuts: NDArray[np.float64] | None = None,
) -> Relations:
    """Measure the pieces of a row.

    Args:
        pieces: Of one row.
        height: Of the row, in the unit of the pieces, above 0.
        distance: Asked only of pieces that may be near each other.
        looseness: As in `Relations`.
        cuts: As in `Relations`; None where nothing was cut.
    """
    boxes = np.array([piece.box for piece in pieces]) / height
    count = len(pieces)
    gaps = np.maximum(
        np.maximum(boxes[:, None, 0], boxes[None, :, 0]) - np.minimum(boxes[:, None, 2], boxes[None, :, 2]),
        np.maximum(boxes[:, None, 1], boxes[None, :, 1]) - np.minimum(boxes[:, None, 3], boxes[None, :, 3]),
    )
    apart = np.full((count, count), np.inf)
    np.fill_diagonal(apart, 0.0)
    for one, other in zip(*(side.tolist() for side in np.nonzero(np.triu(gaps < REACH, 1))), strict=True):
        length = distance(one, other) / height
        if length < REACH:
            apart[one, other] = apart[other, one] = length
    none = np.zeros((count, count))
    return Relations(boxes, apart, _are_joined(boxes, apart), none if cuts is None else cuts, looseness)


def row_height(pieces: Sequence[Piece], groups: Sequence[Sequence[int]]) -> float:
    """The usual height of a row's digits; above 0 unless all of its pieces are flat.

    Args:
        pieces: Of the row.
        groups: Places of pieces that may be digits.
    """
    boxes = [around([pieces[place].box for place in group]) for group in groups]
    heights = sorted(bottom - top for _, top, _, bottom in boxes)
    tall = [height for height in heights if height >= _TALL * heights[-1]]
    return tall[len(tall) // 2]


def row_looseness(pieces: Sequence[Piece], groups: Sequence[Sequence[int]], height: float) -> float:
    """The usual gap between neighbours in a row, as a share of `_LOOSE` heights, 0 to 1.

    Args:
        pieces: Of the row.
        groups: Places of pieces that may be digits, from left to right.
        height: Of the row, above 0.
    """
    boxes = [around([pieces[place].box for place in group]) for group in groups]
    gaps = sorted(right[0] - left[2] for left, right in pairwise(boxes))
    return min(1.0, max(0.0, gaps[len(gaps) // 2] / (_LOOSE * height))) if gaps else 0.0


def _are_joined(boxes: NDArray[np.float64], apart: NDArray[np.float64]) -> NDArray[np.bool_]:
    left, top, right, bottom = boxes.T
    overlap = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    narrower = np.minimum((right - left)[:, None], right - left)
    lie_above = (overlap >= 0) & (overlap >= _LEAST_OVERLAP * narrower)
    height = np.maximum(bottom[:, None], bottom) - np.minimum(top[:, None], top)
    lower = np.minimum((bottom - top)[:, None], bottom - top)
    reach = np.maximum(_LEAST_REACH * height, _REACH_PER_HEIGHT * (_DIGIT_HEIGHT * height - lower))
    joined: NDArray[np.bool_] = lie_above | (apart < np.minimum(_MOST_REACH * height, reach))
    return joined
