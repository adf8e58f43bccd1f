"""Waterfall: a score as a sum, from where it starts over its parts, the largest first, to where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.normaliser import SIDE

REGIONS_PER_SIDE = 4
"""The picture is cut into so many times so many square regions."""

REGION_SIDE = SIDE // REGIONS_PER_SIDE
"""Pixels along a region's side."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the sum.

    Attributes:
        part: Which one, counted from 0.
        value: What it adds; negative if it takes away.
        before: The sum without it and all that come after it.
    """

    part: int
    value: float
    before: float

    @property
    def after(self) -> float:
        """The sum with it."""
        return self.before + self.value


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From a start to an end.

    Attributes:
        start: Where the sum begins: the score of blank paper, or the bias.
        steps: The largest parts, the largest first whatever its sign; or the first parts in their own order.
        rest: What all other parts add together.
        rest_count: How many those are. In the order of size, parts that add nothing are not counted.
        end: The score.
    """

    start: float
    steps: tuple[Step, ...]
    rest: float
    rest_count: int
    end: float


def waterfall(
    start: float,
    parts: Sequence[float] | NDArray[np.floating],
    most: int,
    end: float,
    in_order: bool = False,
) -> Waterfall:
    """Put the parts of a sum in order.

    Args:
        start: Where it begins.
        parts: What each part adds.
        most: So many parts are shown by themselves; at least 0.
        end: Where it ends. What the parts miss of it by rounding goes to the rest.
        in_order: Keep the order of the parts, as that of the cuts on a path.
    """
    values = np.asarray(parts, dtype=np.float64)
    if in_order:
        order = np.arange(len(values))
    else:
        order = np.argsort(-np.abs(values), kind="stable")
        order = order[values[order] != 0]
    steps, total = [], start
    for part in order[:most].tolist():
        steps.append(Step(part, float(values[part]), total))
        total = steps[-1].after
    return Waterfall(start, tuple(steps), end - total, max(0, len(order) - most), end)


def region_sums(contributions: NDArray[np.float32]) -> NDArray[np.float64]:
    """The contributions of (784,) pixels, summed over each of the (16,) regions, row by row."""
    blocks = contributions.astype(np.float64).reshape(
        REGIONS_PER_SIDE, REGION_SIDE, REGIONS_PER_SIDE, REGION_SIDE
    )
    sums: NDArray[np.float64] = blocks.sum(axis=(1, 3)).ravel()
    return sums
