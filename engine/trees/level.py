"""Level: the samples of all nodes of one depth, node after node, sorted by each feature in each node."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.trees.impurity import Criterion
from engine.trees.samples import Samples
from engine.trees.split import Splits, best_splits


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The nodes of one depth of one tree or several.

    Attributes:
        values: (features, all samples of all trees) float64.
        labels: (all samples of all trees,), in as few bytes as hold them.
        weights: (all samples of all trees,) float32: how often each counts.
        orders: (features, samples in these nodes) int64, places in the three above.
        starts: (nodes,) int64: place in `orders` of each node's first sample.
        counts: (classes, nodes) float64: samples of each class.
        trees: (nodes,) int64: which tree each node belongs to, ascending.
        numbers: (nodes,) int64: what each node is called among all nodes of all levels.
    """

    values: NDArray[np.float64]
    labels: NDArray[np.integer[Any]]
    weights: NDArray[np.float32]
    orders: NDArray[np.int64]
    starts: NDArray[np.int64]
    counts: NDArray[np.float64]
    trees: NDArray[np.int64]
    numbers: NDArray[np.int64]

    @classmethod
    def of_roots(cls, samples: Samples, weights: Sequence[NDArray[np.float64]]) -> Level:
        """The roots of as many trees as there are (samples,) weights; what weighs nothing is left out."""
        values, labels, drawn_weights, orders, first = [], [], [], [], 0
        for each in weights:
            is_drawn = each > 0
            # A mask keeps the order of what it lets through: nothing is sorted again.
            order = samples.orders[is_drawn[samples.orders]].reshape(samples.features, -1)
            place = np.cumsum(is_drawn) - 1 + first
            orders.append(place[order])
            values.append(samples.values[:, is_drawn])
            labels.append(samples.labels[is_drawn])
            drawn_weights.append(each[is_drawn])
            first += order.shape[1]
        lengths = np.array([len(each) for each in labels])
        return cls(
            np.concatenate(values, axis=1),
            np.concatenate(labels).astype(np.min_scalar_type(samples.classes)),
            np.concatenate(drawn_weights).astype(np.float32),
            np.concatenate(orders, axis=1),
            np.cumsum(lengths) - lengths,
            np.stack([np.bincount(samples.labels, each, samples.classes) for each in weights], axis=1),
            np.arange(len(weights)),
            np.arange(len(weights)),
        )

    def __len__(self) -> int:
        """Number of nodes."""
        return len(self.starts)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """(nodes,) different samples in each."""
        return np.diff(self.starts, append=self.orders.shape[1])

    def varies(self) -> NDArray[np.bool_]:
        """(features, nodes): whether a node has two values of a feature."""
        feature = np.arange(len(self.values))[:, None]
        first = self.orders[:, self.starts]
        last = self.orders[:, self.starts + self.lengths - 1]
        return self.values[feature, first] < self.values[feature, last]

    def splits(self, feature: int, nodes: NDArray[np.bool_], criterion: Criterion, least_leaf: int) -> Splits:
        """The best cuts of some nodes, (nodes,) bool, by one feature."""
        order = self.orders[feature]
        lengths = self.lengths
        if not nodes.all():
            order, lengths = order[np.repeat(nodes, lengths)], lengths[nodes]
        return best_splits(
            self.values[feature].take(order),
            self.labels.take(order),
            self.weights.take(order),
            np.cumsum(lengths) - lengths,
            self.counts[:, nodes],
            criterion,
            least_leaf,
        )

    def keep(self, nodes: NDArray[np.bool_]) -> Level:
        """Some of the nodes, (nodes,) bool."""
        if nodes.all():
            return self
        lengths = self.lengths
        kept = lengths[nodes]
        return replace(
            self,
            orders=np.compress(np.repeat(nodes, lengths), self.orders, axis=1),
            starts=np.cumsum(kept) - kept,
            counts=self.counts[:, nodes],
            trees=self.trees[nodes],
            numbers=self.numbers[nodes],
        )

    def cut(
        self,
        features: NDArray[np.int64],
        thresholds: NDArray[np.float64],
        counts: NDArray[np.float64],
        numbers: NDArray[np.int64],
        is_kept: NDArray[np.bool_],
    ) -> Level:
        """The next level: each node's left child, then its right one.

        Args:
            features: (nodes,).
            thresholds: (nodes,); samples with at most this value go left.
            counts: (classes, children): samples of each class.
            numbers: (children,): what they are called.
            is_kept: (children,): those that are to be cut further; what is in the others is left out.
        """
        order, lengths = self.orders[0], self.lengths
        # The flat place of feature and sample: one index is looked up faster than two.
        value = self.values.take(np.repeat(features * self.values.shape[1], lengths) + order)
        goes_right = value > np.repeat(thresholds, lengths)
        # NumPy sorts numbers of 16 bits by counting, several times as fast as larger ones.
        kind = np.uint16 if 2 * len(self) <= 2**16 else np.int64
        child_of = np.empty(len(self.labels), dtype=kind)
        child_of[order] = np.repeat(np.arange(0, 2 * len(self), 2, dtype=kind), lengths) + goes_right
        orders = []
        for order in self.orders:
            child = child_of.take(order)
            kept = np.flatnonzero(is_kept.take(child))
            child = child.take(kept)
            orders.append(order.take(kept.take(np.argsort(child, kind="stable"))))
        lengths = np.bincount(child, minlength=len(is_kept))[is_kept]
        return replace(
            self,
            orders=np.stack(orders),
            starts=np.cumsum(lengths) - lengths,
            counts=counts[:, is_kept],
            trees=np.repeat(self.trees, 2)[is_kept],
            numbers=numbers[is_kept],
        )
