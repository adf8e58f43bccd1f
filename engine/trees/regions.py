"""Regions: what trees of two features answer at every point of a grid.

A tree answers the same everywhere in a leaf's rectangle. Adding that answer at two corners of it and taking
it off at the two others is enough: sums along rows and then along columns spread it. That costs four numbers
for each leaf, where walking down for each point would cost as many as the tree is deep.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.trees.boxes import box_levels
from engine.trees.forest import Forest


class Regions:
    """The average of what trees answer, to which more trees can be added.

    Attributes:
        trees: How many have been added.
    """

    def __init__(
        self, x: NDArray[np.float64] | Sequence[float], y: NDArray[np.float64] | Sequence[float], classes: int
    ) -> None:
        """Begin with no tree.

        Args:
            x: (columns,) of feature 0, ascending.
            y: (rows,) of feature 1, ascending.
            classes: Number of classes.
        """
        self.trees = 0
        self._axes = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        self._corners = np.zeros((classes, len(self._axes[1]) + 1, len(self._axes[0]) + 1))

    def add(self, forest: Forest) -> None:
        """Add the trees of a forest, which may be a single one."""
        everywhere = np.array([[0, len(axis)] for axis in self._axes])
        leaves, cells = [], []
        for nodes, parts, is_leaf in box_levels(
            forest, forest.roots, everywhere, lambda nodes: self._places(forest, nodes)
        ):
            leaf = np.flatnonzero(is_leaf)
            leaves.append(nodes.take(leaf))
            cells.append(parts.take(leaf, axis=2))
        self._add_rectangles(
            np.concatenate(cells, axis=2), forest.shares.take(np.concatenate(leaves), axis=0)
        )
        self.trees += len(forest.trees)

    def probabilities(self) -> NDArray[np.float64]:
        """The average over the trees, (rows, columns, classes) float64.

        Raises:
            ValueError: No tree has been added.
        """
        if not self.trees:
            raise ValueError("there is no tree yet")
        sums = self._corners.cumsum(axis=1).cumsum(axis=2)[:, :-1, :-1]
        return np.moveaxis(np.clip(sums / self.trees, 0, 1), 0, -1)

    def _places(self, forest: Forest, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many columns, or rows, go left at each of these nodes."""
        places = np.empty(len(nodes), dtype=np.int64)
        features, thresholds = forest.features.take(nodes), forest.thresholds.take(nodes)
        for feature, axis in enumerate(self._axes):
            own = np.flatnonzero(features == feature)
            places[own] = np.searchsorted(axis, thresholds.take(own), side="right")
        return places

    def _add_rectangles(self, cells: NDArray[np.int64], shares: NDArray[np.float64]) -> None:
        """Columns and rows, (2, 2, leaves), and what each leaf answers, (leaves, classes)."""
        # Most leaves have samples of one class only.
        some = np.flatnonzero(shares)
        leaf, label = np.divmod(some, shares.shape[1])
        (left, right), (bottom, top) = cells.take(leaf, axis=2)
        _, height, width = self._corners.shape
        plane, share = label * (height * width), shares.take(some)
        bottom, top = plane + bottom * width, plane + top * width
        places = np.concatenate([bottom + left, top + right, bottom + right, top + left])
        changes = np.concatenate([share, share, -share, -share])
        self._corners += np.bincount(places, changes, self._corners.size).reshape(self._corners.shape)
