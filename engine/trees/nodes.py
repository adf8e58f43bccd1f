"""Nodes: those made so far while trees grow, and the trees that they come to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.trees.level import Level
from engine.trees.tree import Tree


class Nodes:
    """The nodes of one tree or several, level by level.

    Attributes:
        depth: Of the deepest level.
    """

    def __init__(self, roots: Level) -> None:
        self.depth = 0
        self._made = len(roots)
        self._trees = [roots.trees]
        self._counts = [roots.counts]
        self._depths = [np.zeros(len(roots), dtype=np.int64)]
        self._numbers = [np.zeros(0, dtype=np.int64)]
        self._features = [np.zeros(0, dtype=np.int64)]
        self._thresholds = [np.zeros(0)]
        self._lefts = [np.zeros(0, dtype=np.int64)]

    def cut(
        self,
        level: Level,
        features: NDArray[np.int64],
        thresholds: NDArray[np.float64],
        counts: NDArray[np.float64],
    ) -> NDArray[np.int64]:
        """Cut all nodes of a level.

        Args:
            level: Those nodes.
            features: (nodes,).
            thresholds: (nodes,).
            counts: (classes, children): left, right, left, right and so on.

        Returns:
            The children's numbers, (children,) int64.
        """
        children = self._made + np.arange(2 * len(level))
        self._made += len(children)
        self.depth += bool(len(level))
        self._trees.append(np.repeat(level.trees, 2))
        self._counts.append(counts)
        self._depths.append(np.full(len(children), self.depth))
        self._numbers.append(level.numbers)
        self._features.append(features)
        self._thresholds.append(thresholds)
        self._lefts.append(children[::2])
        return children

    def trees(self, criterion: str) -> list[Tree]:
        """The trees, each with its nodes numbered from 0."""
        trees, depths = np.concatenate(self._trees), np.concatenate(self._depths)
        counts = np.concatenate(self._counts, axis=1).T
        features = np.zeros(self._made, dtype=np.int64)
        thresholds = np.full(self._made, np.inf)
        lefts = np.arange(self._made)
        cut = np.concatenate(self._numbers)
        features[cut] = np.concatenate(self._features)
        thresholds[cut] = np.concatenate(self._thresholds)
        lefts[cut] = np.concatenate(self._lefts)
        place = np.empty(self._made, dtype=np.int64)
        grown = []
        for tree in range(int(trees.max()) + 1):
            own = np.flatnonzero(trees == tree)
            place[own] = np.arange(len(own))
            grown.append(
                Tree(
                    features[own],
                    thresholds[own],
                    place[lefts[own]],
                    np.ascontiguousarray(counts[own]),
                    depths[own],
                    criterion,
                )
            )
        return grown
