"""Rule finding: where lines are printed across paper, ruled, squared or with a margin.

A printed line is thin, nearly straight, of one darkness, and goes on from one side of the paper to the
other, which nothing does that is written. Darkness is summed along every straight line that crosses the
picture (`line_sums`): what is written adds little to any of the sums, however dark it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.photographs.line_sums import line_sums

# Lines of one kind descend by so many rows for each column at most: 22 degrees.
_STEEPEST = 0.4
# Columns are joined by twos for the sums, and averaged over this many for what is seen of a line.
_JOINED, _AVERAGED = 2, 9
# A printed line is thinner than this share of the longer side, and than twice these pixels.
_THICKNESS, _LEAST_THICKNESS = 1 / 110, 3
# The part of the width that a line has to cross in the picture, and the part where it is not hidden by ink.
_LEAST_CROSSED, _LEAST_SEEN = 0.4, 0.25
# In this part of what is seen, it has this share of its usual darkness.
_LEAST_SHOWN, _LEAST_OF_USUAL = 0.6, 0.4
# Darkness that counts is no more than this share of the ink's, so that ink does not count for more than
# print, and lightness beside ink no more than this.
_MOST_COUNTED, _LEAST_COUNTED = 0.4, 0.1
# Where it is as dark as this share of the ink beside a line, the line is not to be seen.
_HIDDEN = 0.25
# A line is darker than its surroundings by this share of the ink's darkness.
_LEAST_DARKNESS = 0.06
# Pieces in which it is looked whether a line shows.
_PIECES = 24
_MOST_LINES = 80
# Nothing is printed across a picture as small as one of MNIST's.
_LEAST_SIDE = 96


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed line from the left of a picture to its right.

    Attributes:
        left: The row in which it meets the middle of the first column; may lie outside.
        right: The same of the last column.
        darkness: How much darker than the paper beside it most of it is.
    """

    left: float
    right: float
    darkness: float

    def rows(self, columns: int) -> NDArray[np.float64]:
        """(columns,) float64 the row in which it crosses each column."""
        return np.linspace(self.left, self.right, columns)


def thickness_of(shape: tuple[int, ...]) -> int:
    """Pixels from the middle of a printed line at which paper is seen again."""
    return max(_LEAST_THICKNESS, round(_THICKNESS * max(shape)))


def find_rules(dark: NDArray[np.float64], ink_darkness: float) -> list[Rule]:
    """Lines that cross a picture from left to right; transpose it for those from top to bottom.

    Args:
        dark: (height, width) float64, 0 paper to more for what is darker.
        ink_darkness: That of most of the ink.

    Returns:
        From the clearest to the faintest.
    """
    width = dark.shape[1]
    if min(dark.shape) < _LEAST_SIDE:
        return []
    ridges, beside = _ridges(dark, thickness_of(dark.shape))
    is_hidden = beside > _HIDDEN * ink_darkness
    counted = np.clip(ridges, -_LEAST_COUNTED * ink_darkness, _MOST_COUNTED * ink_darkness)
    lefts, rights, means = _candidates(counted, _LEAST_DARKNESS * ink_darkness / 2)
    rules: list[Rule] = []
    while len(lefts) and len(rules) < _MOST_LINES:
        best = int(means.argmax())
        left, right = float(lefts[best]), float(rights[best])
        darkness = _shown_darkness(ridges, is_hidden, np.linspace(left, right, width))
        if darkness > _LEAST_DARKNESS * ink_darkness:
            rules.append(Rule(left, right, darkness))
            # Printed lines of one direction do not meet within the picture.
            apart = thickness_of(dark.shape)
            above = (lefts < left - apart) & (rights < right - apart)
            below = (lefts > left + apart) & (rights > right + apart)
            kept = above | below
        else:
            kept = np.abs(lefts - left) + np.abs(rights - right) > 2
        lefts, rights, means = lefts[kept], rights[kept], means[kept]
    return rules


def _ridges(dark: NDArray[np.float64], thickness: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How much darker each place is than beside it, and how dark the darker of both sides is.

    Beside is above and below; all is averaged to left and right. Beyond the border there is paper.
    """
    sides = [(0, 0), (_AVERAGED // 2 + 1, _AVERAGED // 2)]
    sums = np.cumsum(np.pad(dark, sides, mode="edge"), axis=1)
    smooth = (sums[:, _AVERAGED:] - sums[:, :-_AVERAGED]) / _AVERAGED
    padded = np.pad(smooth, ((thickness, thickness), (0, 0)))
    beside = np.maximum(padded[: -2 * thickness], padded[2 * thickness :])
    return (smooth - beside).astype(np.float32), beside.astype(np.float32)


def _candidates(
    counted: NDArray[np.float32], least: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Lines along which the mean is at least `least`: rows at the first and last column, and means."""
    height, width = counted.shape
    joined = counted[:, : width - width % _JOINED].reshape(height, -1, _JOINED).mean(axis=2)
    columns = joined.shape[1]
    found = []
    for is_flipped in (False, True):
        sums = line_sums(joined[::-1] if is_flipped else joined, min(1.0, _JOINED * _STEEPEST))
        descents, starts = sums.shape
        span = 1 << max(0, columns - 1).bit_length()
        slope = np.arange(descents)[:, None] / (span - 1)
        first = np.arange(starts)[None] - (descents - 1)
        last = first + slope * (columns - 1)
        inside = _columns_inside(first, last, height, columns)
        means = np.where(inside >= _LEAST_CROSSED * columns, sums / np.maximum(inside, 1), 0)
        descent, start = np.nonzero(means >= least)
        ends = first[0, start].astype(np.float64), last[descent, start]
        lines = [height - 1 - end for end in ends] if is_flipped else list(ends)
        found.append((*lines, means[descent, start].astype(np.float64)))
    lefts, rights, means = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return lefts, rights, means


def _columns_inside(
    first: NDArray[np.int_], last: NDArray[np.float64], height: int, columns: int
) -> NDArray[np.float64]:
    """In how many columns lines that descend from row `first` to row `last` are within the picture."""
    descent = np.maximum(last - first, 1e-9)
    enters = np.clip((0 - first) / descent, 0, 1)
    leaves = np.clip((height - 1 - first) / descent, 0, 1)
    within = np.where(last - first < 1e-6, (first >= 0) & (first < height), leaves - enters)
    return np.asarray(within * columns)


def _shown_darkness(
    ridges: NDArray[np.float32], is_hidden: NDArray[np.bool_], rows: NDArray[np.float64]
) -> float:
    """The darkness that a line has in most of its pieces, 0 if it does not show in enough of them."""
    height, width = ridges.shape
    nearest = np.round(rows).astype(int)
    columns = np.flatnonzero((nearest >= 0) & (nearest < height))
    columns = columns[~is_hidden[nearest[columns], columns]]
    if len(columns) < _LEAST_SEEN * width:
        return 0.0
    # A line that is not quite straight is a row higher or lower here and there.
    near = np.stack([ridges[np.clip(nearest[columns] + step, 0, height - 1), columns] for step in (-1, 0, 1)])
    pieces = np.array([piece.mean(axis=1).max() for piece in np.array_split(near, _PIECES, axis=1)])
    usual = float(np.median(pieces[pieces > 0])) if (pieces > 0).any() else 0.0
    is_shown = pieces > _LEAST_OF_USUAL * usual
    return usual if is_shown.mean() >= _LEAST_SHOWN else 0.0
