"""Split: where to cut samples in two, so that each side is purer than both were together.

L. Breiman, J. Friedman, R. Olshen and C. Stone, "Classification and regression trees", 1984. Every place
between two different values is tried. All nodes of one depth are looked at together: sorted by their values,
the samples of a node are a stretch of one long array, and running class counts give both sides of every cut
at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.trees.impurity import Criterion


@dataclass(frozen=True, slots=True)
class Splits:
    """The best cut of each node by one feature.

    Attributes:
        thresholds: (nodes,) float64; samples with at most this value go left. NaN where there is no cut.
        impurity_sums: (nodes,) float64: impurity times samples, of both sides together; infinite where there
            is no cut.
        lefts: (classes, nodes) float64: samples of each class that go left.
    """

    thresholds: NDArray[np.float64]
    impurity_sums: NDArray[np.float64]
    lefts: NDArray[np.float64]

    @classmethod
    def none(cls, shape: tuple[int, ...]) -> Splits:
        """For (classes, nodes) no cuts yet."""
        return cls(np.full(shape[1], np.nan), np.full(shape[1], np.inf), np.zeros(shape))

    def keep(self, nodes: NDArray[np.bool_]) -> Splits:
        """Those of some nodes, (nodes,) bool."""
        return Splits(self.thresholds[nodes], self.impurity_sums[nodes], self.lefts[:, nodes])


def best_splits(
    values: NDArray[np.float64],
    labels: NDArray[np.integer[Any]],
    weights: NDArray[np.floating[Any]],
    starts: NDArray[np.int64],
    totals: NDArray[np.float64],
    criterion: Criterion,
    least_leaf: int = 1,
) -> Splits:
    """Look for the best cut of each node; of two that are as good, the lower one.

    Args:
        values: (samples,) of one feature, node after node, ascending in each.
        labels: (samples,) classes.
        weights: (samples,) whole numbers: how often each sample counts.
        starts: (nodes,) place of each node's first sample; the first is 0.
        totals: (classes, nodes): samples of each class in each node.
        criterion: What purer means.
        least_leaf: Fewest samples on either side.
    """
    # Class counts left of a cut behind each sample. The sum begins anew with each node: what the node before
    # has added is taken off at its first sample.
    counts = np.zeros((len(totals), len(labels)), dtype=np.float32)
    counts[labels, np.arange(len(labels))] = weights
    counts[:, starts[1:]] -= totals[:, :-1]
    running = np.cumsum(counts, axis=1)  # whole numbers, which float32 has up to 2²⁴

    place = _places(values, labels, starts, least_leaf)
    node = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(values)))[place]
    left = running[:, place].astype(np.float64)
    right = totals[:, node] - left
    sums = criterion.impurity_sum(left) + criterion.impurity_sum(right)
    if least_leaf > 1:
        is_small = (left.sum(axis=0) < least_leaf) | (right.sum(axis=0) < least_leaf)
        sums[is_small] = np.inf

    splits = Splits.none(totals.shape)
    first = np.flatnonzero(np.diff(node, prepend=-1))
    if len(first):
        least = np.minimum.reduceat(sums, first)
        is_least = np.flatnonzero(sums == np.repeat(least, np.diff(first, append=len(sums))))
        best = is_least[np.searchsorted(is_least, first)]
        has_cut = np.isfinite(least)
        cut, best = node[first[has_cut]], best[has_cut]
        splits.thresholds[cut] = _between(values, place[best])
        splits.impurity_sums[cut] = sums[best]
        splits.lefts[:, cut] = left[:, best]
    return splits


def _places(
    values: NDArray[np.float64], labels: NDArray[np.integer[Any]], starts: NDArray[np.int64], least_leaf: int
) -> NDArray[np.int64]:
    """Places behind which a cut can be the best one: between two values of a node."""
    can_cut = np.zeros(len(values), dtype=bool)
    can_cut[:-1] = values[:-1] < values[1:]
    can_cut[starts[1:] - 1] = False
    if least_leaf == 1:
        # A cut between two samples of one class is never the best: it gets better, one way or the other, up
        # to where the classes change (U. Fayyad and K. Irani, 1992). Several samples may have one value.
        is_alike = np.zeros(len(values), dtype=bool)
        is_alike[1:-2] = can_cut[:-3] & can_cut[2:-1] & (labels[1:-2] == labels[2:-1])
        can_cut &= ~is_alike
    return np.flatnonzero(can_cut)


def _between(values: NDArray[np.float64], place: NDArray[np.int64]) -> NDArray[np.float64]:
    """Half-way from each place's value to the next one."""
    low, high = values[place], values[place + 1]
    middle = low / 2 + high / 2
    # Between two numbers that have none between them, the middle is rounded to one of them.
    return np.where((low <= middle) & (middle < high), middle, low)
