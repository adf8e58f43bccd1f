"""Forest learner: a random forest, which shows its trees one by one and their average."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.boundaries.figures import figures_of
from engine.boundaries.learner import CountedLearner, State
from engine.plane.grid import Grid
from engine.plane.points import Points
from engine.trees.forest import Forest, TreeGrown, grow_forest
from engine.trees.regions import Regions
from engine.trees.samples import Samples
from engine.trees.settings import ForestSettings


@dataclass(frozen=True, slots=True, eq=False)
class ForestState(State):
    """How far a forest is.

    Attributes:
        forest: The trees so far; also the model.
        grown: One for each tree, with what it was grown from and the forest's out-of-bag accuracy with it.
        most: Trees of the whole forest.
    """

    forest: Forest
    grown: tuple[TreeGrown, ...]
    most: int


class ForestLearner(CountedLearner):
    """Grows one tree after another; trees that are there can be taken away and added again at once."""

    def __init__(self, training: Points, test: Points, settings: ForestSettings) -> None:
        """Grow no tree yet.

        Args:
            training: Points to learn from.
            test: Points to measure on; there may be none.
            settings: How.

        Raises:
            DataError: There is nothing to learn.
            SettingsError: The settings make no sense.
        """
        settings.check()
        super().__init__(training, test)
        self.most = settings.trees
        samples = Samples.of(training.coordinates, training.labels, self._classes)
        self._growing = grow_forest(samples, settings)
        self._grown: list[TreeGrown] = []
        self._sums = [np.zeros((len(points), self._classes)) for points in self._sets]
        self._summed = 0
        self._regions: Regions | None = None
        self._grid: Grid | None = None

    def go_to(self, count: int) -> ForestState:
        """The forest with so many trees, 1 to `most`."""
        self.count = min(max(1, count), self.most)
        self._grow(self.count)
        shown = tuple(self._grown[: self.count])
        forest = Forest([each.tree for each in shown])
        training, test = (
            figures_of(total / self.count, points)
            for total, points in zip(self._votes(), self._sets, strict=True)
        )
        return ForestState(forest, training, test, forest, shown, self.most)

    def on_grid(self, grid: Grid) -> NDArray[np.float64]:
        """What the forest answers on a grid, (rows, columns, classes) float64."""
        regions = self._regions
        if regions is None or self._grid is not grid or regions.trees > self.count:
            regions = self._regions = Regions(grid.x, grid.y, self._classes)
            self._grid = grid
        new = self._grown[regions.trees : self.count]
        if new:
            regions.add(Forest([each.tree for each in new]))
        return regions.probabilities()

    def close(self) -> None:
        """Grow no more trees."""
        self._growing.close()

    def _grow(self, count: int) -> None:
        while len(self._grown) < count:
            self._grown.append(next(self._growing))

    def _votes(self) -> list[NDArray[np.float64]]:
        """For both sets of points, the sum over the trees shown: (points, classes)."""
        if self._summed > self.count:
            self._summed = 0
            for total in self._sums:
                total[:] = 0
        for each in self._grown[self._summed : self.count]:
            for total, points in zip(self._sums, self._sets, strict=True):
                if len(points):
                    total += each.tree.probabilities(points.coordinates)
        self._summed = self.count
        return self._sums
