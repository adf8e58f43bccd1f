"""Tree: a decision tree as plain arrays, and how it answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trees.impurity import CRITERIA
from engine.trees.walking import walk

ROOT = 0


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A tree: its nodes by depth, from left to right in each; the root is node 0.

    Attributes:
        features: (nodes,) int64, which feature a node asks for; 0 for a leaf, which asks for nothing.
        thresholds: (nodes,) float64: samples with at most this value go left; infinite for a leaf.
        lefts: (nodes,) int64 left children, each of which has its right sibling behind it; a leaf is its own
            child, so that whoever has arrived stays.
        counts: (nodes, classes) float64: training samples of each class that came through.
        depths: (nodes,) int64: cuts between the root and a node.
        criterion: A name in `engine.trees.impurity.CRITERIA`: what the cuts made smaller.
    """

    features: NDArray[np.int64]
    thresholds: NDArray[np.float64]
    lefts: NDArray[np.int64]
    counts: NDArray[np.float64]
    depths: NDArray[np.int64]
    criterion: str

    def __len__(self) -> int:
        """Number of nodes."""
        return len(self.features)

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.counts[ROOT])

    @property
    def depth(self) -> int:
        """Cuts between the root and the deepest leaf."""
        return int(self.depths.max())

    @property
    def is_leaf(self) -> NDArray[np.bool_]:
        """(nodes,) bool."""
        return np.asarray(self.lefts == np.arange(len(self)))

    @property
    def leaves(self) -> int:
        """Number of leaves."""
        return int(self.is_leaf.sum())

    @property
    def rights(self) -> NDArray[np.int64]:
        """(nodes,) int64 right children; a leaf is its own."""
        return self.lefts + ~self.is_leaf

    @property
    def shares(self) -> NDArray[np.float64]:
        """(nodes, classes) float64: what each node answers, the share of each class among its samples."""
        return np.asarray(self.counts / self.counts.sum(axis=1, keepdims=True))

    @property
    def impurities(self) -> NDArray[np.float64]:
        """(nodes,) float64."""
        return CRITERIA[self.criterion].impurity(self.counts.T)

    @property
    def gains(self) -> NDArray[np.float64]:
        """(nodes,) float64: what a node's cut takes off the impurity of all samples; 0 for a leaf."""
        sums = CRITERIA[self.criterion].impurity_sum(self.counts.T)
        gains = (sums - sums[self.lefts] - sums[self.rights]) / self.counts[ROOT].sum()
        return np.where(self.is_leaf, 0.0, gains)

    def leaf_of(self, samples: NDArray[np.float64]) -> NDArray[np.int64]:
        """(samples, features) to the leaf in which each ends, (samples,) int64."""
        roots = np.full(len(samples), ROOT, dtype=np.int64)
        return walk(self, samples, np.arange(len(samples)), roots)

    def probabilities(self, samples: NDArray[np.float64]) -> NDArray[np.float64]:
        """(samples, features) to (samples, classes) float64."""
        return self.shares[self.leaf_of(samples)]

    def predict(self, samples: NDArray[np.float64]) -> NDArray[np.int64]:
        """(samples, features) to classes, (samples,) int64; of two that are as likely, the first."""
        return np.asarray(self.counts.argmax(axis=1)[self.leaf_of(samples)])
