"""Seams: ways from the top of a patch to its bottom that cross as little ink as possible.

Two digits that touch in a picture are one patch. Between them there is a way down that leaves the paper only
where they touch, at a minimum of the outline; it need not be straight, since digits lean and reach below each
other (G. Congedo et al., "Segmentation of numeric strings", 1995; here all ways are compared, by dynamic
programming, as S. Avidan and A. Shamir find the seams of a picture, 2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_SEAMS = 6
"""Of one patch."""

# What a step aside costs: as much as this share of a pixel of ink.
_ASIDE = 0.08
# A seam crosses at most so many widths of a stroke, and leaves at least this share of the ink on each side.
_MOST_CROSSED, _LEAST_INK = 2.6, 0.1
# Seams are this far apart in the middle, as a share of the patch's height.
_LEAST_APART = 0.12
# Where seams are looked for, as shares of the height.
_LEVELS = (0.3, 0.5, 0.7)


@dataclass(frozen=True, slots=True)
class Seam:
    """One way down.

    Attributes:
        columns: (height,) int64, the first column on its right in each row.
        crossed: How many widths of a stroke it crosses.
    """

    columns: NDArray[np.int64]
    crossed: float


def find_seams(ink: NDArray[np.float64], stroke_width: float) -> list[Seam]:
    """The best seams of a patch, from left to right.

    Args:
        ink: (height, width), 0 background to 1 ink.
        stroke_width: Of its strokes, in pixels, above 0.
    """
    height, width = ink.shape
    down, upper = _least_costs(ink)
    up, lower = _least_costs(ink[::-1])
    lower = lower[::-1]
    total = down + up[::-1] - ink
    below = np.cumsum(ink.sum(axis=0))
    found: list[Seam] = []
    for level in sorted(_LEVELS, key=lambda level: abs(level - 0.5)):
        row = min(height - 1, int(level * height))
        costs = total[row] / stroke_width
        for column in np.argsort(costs, kind="stable").tolist():
            if costs[column] > _MOST_CROSSED:
                break
            if not 0 < below[column] < below[-1]:
                continue
            columns = _followed(row, column, upper, lower)
            if any(_are_alike(columns, seam.columns, height) for seam in found):
                continue
            left = float(ink[np.arange(width) < columns[:, None]].sum())
            if min(left, below[-1] - left) < _LEAST_INK * below[-1]:
                continue
            crossed = float(ink[np.arange(height), columns].sum()) / stroke_width
            found.append(Seam(columns, crossed))
    found.sort(key=lambda seam: seam.crossed)
    return sorted(found[:MOST_SEAMS], key=lambda seam: float(seam.columns.mean()))


def _least_costs(ink: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    """What it costs at least to reach each pixel from the top, and the step aside of the last move there."""
    costs, steps = ink.copy(), np.zeros(ink.shape, dtype=np.int8)
    for row in range(1, len(ink)):
        above = costs[row - 1]
        ways = np.full((3, len(above)), np.inf)
        ways[0] = above
        ways[1, 1:] = above[:-1] + _ASIDE
        ways[2, :-1] = above[1:] + _ASIDE
        best = ways.argmin(axis=0)
        steps[row] = np.array([0, -1, 1], dtype=np.int8)[best]
        costs[row] += ways[best, np.arange(len(above))]
    return costs, steps


def _followed(row: int, column: int, upper: NDArray[np.int8], lower: NDArray[np.int8]) -> NDArray[np.int64]:
    """The columns of the best way through a pixel."""
    columns = np.empty(len(upper), dtype=np.int64)
    columns[row] = column
    for place in range(row, 0, -1):
        columns[place - 1] = columns[place] + upper[place, columns[place]]
    for place in range(row, len(upper) - 1):
        columns[place + 1] = columns[place] + lower[place, columns[place]]
    return columns


def _are_alike(one: NDArray[np.int64], other: NDArray[np.int64], height: int) -> bool:
    """Whether two seams are nearly the same wherever they are."""
    return float(np.abs(one - other).mean()) < _LEAST_APART * height
