"""Tree learner: a decision tree, which shows its cuts one by one, the best first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.boundaries.figures import figures_of
from engine.boundaries.learner import CountedLearner, State
from engine.plane.grid import Grid
from engine.plane.points import Points
from engine.trees.cuts import after_cuts
from engine.trees.forest import Forest
from engine.trees.growing import grow_tree
from engine.trees.regions import Regions
from engine.trees.samples import Samples
from engine.trees.settings import TreeSettings
from engine.trees.tree import Tree


@dataclass(frozen=True, slots=True, eq=False)
class TreeState(State):
    """How far a tree is.

    Attributes:
        tree: With the cuts so far; also the model.
        cuts: How many those are.
        most: How many the whole tree has.
    """

    tree: Tree
    cuts: int
    most: int


class TreeLearner(CountedLearner):
    """Grows the whole tree at once, which takes milliseconds, and shows as many cuts as are asked for."""

    def __init__(self, training: Points, test: Points, settings: TreeSettings) -> None:
        """Grow the tree.

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
        self._whole = grow_tree(Samples.of(training.coordinates, training.labels, self._classes), settings)
        self.most = self._whole.leaves - 1
        self._shown = after_cuts(self._whole, 0)

    def go_to(self, count: int) -> TreeState:
        """The tree with so many cuts, 0 to `most`."""
        self.count = min(max(0, count), self.most)
        tree = self._shown = after_cuts(self._whole, self.count)
        training, test = (figures_of(tree.probabilities(points.coordinates), points) for points in self._sets)
        return TreeState(tree, training, test, tree, self.count, self.most)

    def on_grid(self, grid: Grid) -> NDArray[np.float64]:
        """What the tree answers on a grid, (rows, columns, classes) float64."""
        regions = Regions(grid.x, grid.y, self._shown.classes)
        regions.add(Forest([self._shown]))
        return regions.probabilities()
