"""Thumbnail store: the pictures of a forest's trees, painted once each, a few at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from desktop.boundaries.pictures.tree_thumbnail import tree_thumbnail
from desktop.widgets.theme import LIGHT, Colours
from engine.plane.grid import Bounds
from engine.plane.points import Points

if TYPE_CHECKING:
    from engine.trees.forest import TreeGrown

_AT_ONCE_S = 0.002


class ThumbnailStore:
    """Has a picture for each tree, which may not be painted yet or have another size than is asked for.

    Attributes:
        grown: The trees.
        colours: Of the appearance; `forget` after a change.
        points: All that the trees could be grown from; likewise.
        bounds: What to show of the plane; likewise.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        """Have nothing.

        Args:
            clock: Answers seconds.
        """
        self._clock = clock
        self.grown: tuple[TreeGrown, ...] = ()
        self.colours: Colours = LIGHT
        self.points, self.bounds = Points.none(), Bounds()
        self._pictures: list[QPixmap | None] = []
        self._sides: list[int] = []

    def __getitem__(self, index: int) -> QPixmap | None:
        """A picture, perhaps of another size; None while there is none."""
        return self._pictures[index]

    def painted(self, side: int) -> int:
        """Pictures that are there and of that size."""
        return self._sides.count(side)

    def take(self, grown: tuple[TreeGrown, ...]) -> int:
        """Other trees: as many as stay the same, counted from the first, keep their pictures.

        Returns:
            How many those are.
        """
        pairs = enumerate(zip(self.grown, grown, strict=False))
        kept = next((at for at, (old, new) in pairs if old is not new), min(len(self.grown), len(grown)))
        self.grown = grown
        self._pictures = self._pictures[:kept] + [None] * (len(grown) - kept)
        self._sides = self._sides[:kept] + [0] * (len(grown) - kept)
        return kept

    def forget(self) -> None:
        """All pictures are to be painted anew; until then, the old ones stand."""
        self._sides = [0] * len(self._sides)

    def picture(self, index: int, side: int, ratio: float) -> QPixmap:
        """Paint a picture of any size, and do not keep it; see `tree_thumbnail`."""
        return tree_thumbnail(self.grown[index], self.points, self.bounds, side, ratio, self.colours)

    def paint_some(self, side: int, ratio: float) -> Iterator[int]:
        """Paint pictures that are missing, one at least, then as many as there is time for.

        Yields:
            The index of each that was painted.
        """
        due = self._clock() + _AT_ONCE_S
        for index, its_side in enumerate(self._sides):
            if its_side != side:
                self._pictures[index] = self.picture(index, side, ratio)
                self._sides[index] = side
                yield index
                if self._clock() >= due:
                    return
