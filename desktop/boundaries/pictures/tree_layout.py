"""Tree layout: where the nodes of a tree stand when it is drawn from the top down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trees.tree import ROOT, Tree


@dataclass(frozen=True, slots=True, eq=False)
class TreeLayout:
    """Where nodes stand from left to right; from the top down, it is their depth.

    Attributes:
        x: (nodes,) float64, 0 left to 1 right: leaves evenly spaced, parents in the middle of their children.
        parents: (nodes,) int64; the root is its own.
        levels: How many depths there are, 1 or more.
    """

    x: NDArray[np.float64]
    parents: NDArray[np.int64]
    levels: int

    def path(self, node: int) -> list[int]:
        """From the root to a node, both with it."""
        found = [node]
        while found[-1] != ROOT:
            found.append(int(self.parents[found[-1]]))
        return found[::-1]


def tree_layout(tree: Tree) -> TreeLayout:
    """Lay out a tree of any size."""
    count = len(tree)
    depths, lefts, is_leaf = tree.depths, tree.lefts, tree.is_leaf
    levels = tree.depth + 1
    # Nodes are numbered by depth, so that each level is a slice.
    ends = np.searchsorted(depths, np.arange(levels), side="right")
    cuts = [
        np.flatnonzero(~is_leaf[first:end]) + first for first, end in zip([0, *ends[:-1]], ends, strict=True)
    ]
    parents = np.zeros(count, dtype=np.int64)
    below = np.ones(count, dtype=np.int64)
    for nodes in reversed(cuts):
        parents[lefts[nodes]] = parents[lefts[nodes] + 1] = nodes
        below[nodes] = below[lefts[nodes]] + below[lefts[nodes] + 1]
    # How many leaves stand to the left of a node.
    before = np.zeros(count, dtype=np.int64)
    for nodes in cuts:
        before[lefts[nodes]] = before[nodes]
        before[lefts[nodes] + 1] = before[nodes] + below[lefts[nodes]]
    x = (before + 0.5) / below[ROOT]
    for nodes in reversed(cuts):
        x[nodes] = (x[lefts[nodes]] + x[lefts[nodes] + 1]) / 2
    return TreeLayout(x, parents, levels)
