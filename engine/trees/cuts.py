"""Cuts: a tree's cuts one by one, the best first, and the tree as it is after so many of them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.trees.tree import ROOT, Tree


@dataclass(frozen=True, slots=True)
class Cut:
    """One cut.

    Attributes:
        node: The node that is cut.
        feature: Which one the cut asks for.
        threshold: Samples with at most this value go left.
        gain: What the cut takes off the impurity of all samples.
        left: Child to the left.
        right: Child to the right.
    """

    node: int
    feature: int
    threshold: float
    gain: float
    left: int
    right: int


def cuts_of(tree: Tree) -> Iterator[Cut]:
    """All cuts, best first: of the nodes that are there, the one is cut next whose cut gains most.

    Of two that gain as much, the upper one comes first, then the one to the left.
    """
    gains, is_leaf = tree.gains.tolist(), tree.is_leaf
    waiting = [] if is_leaf[ROOT] else [(-gains[ROOT], ROOT)]
    while waiting:
        _, node = heapq.heappop(waiting)
        left = int(tree.lefts[node])
        right = left + 1
        yield Cut(node, int(tree.features[node]), float(tree.thresholds[node]), gains[node], left, right)
        for child in (left, right):
            if not is_leaf[child]:
                heapq.heappush(waiting, (-gains[child], child))


def after_cuts(tree: Tree, count: int) -> Tree:
    """The tree as it is after its first `count` cuts, which leaves `count` + 1 leaves.

    It is the tree that grows best first up to so many leaves.
    """
    is_cut = np.zeros(len(tree), dtype=bool)
    is_there = np.zeros(len(tree), dtype=bool)
    is_there[ROOT] = True
    for cut, _ in zip(cuts_of(tree), range(count), strict=False):
        is_cut[cut.node] = is_there[[cut.left, cut.right]] = True
    number = np.cumsum(is_there) - 1
    kept = np.flatnonzero(is_there)
    own = np.arange(len(kept))
    cut_here = is_cut[kept]
    return Tree(
        np.where(cut_here, tree.features[kept], 0),
        np.where(cut_here, tree.thresholds[kept], np.inf),
        np.where(cut_here, number[tree.lefts[kept]], own),
        tree.counts[kept],
        tree.depths[kept],
        tree.criterion,
    )
