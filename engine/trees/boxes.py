"""Boxes: the part of space from which samples come to a node. Each cut parts a box in two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.trees.tree import ROOT, Tree
from engine.trees.walking import Branches

Place = Callable[[NDArray[np.int64]], NDArray[Any]]
"""(nodes,) to the places, (nodes,), at which they are cut, in whatever boxes are measured in."""


def boxes(tree: Tree, features: int) -> NDArray[np.float64]:
    """The box of each node.

    Args:
        tree: Any tree.
        features: Number of features.

    Returns:
        (nodes, features, 2) float64: above the first, up to the second; infinite where nothing cuts.
    """
    found = np.empty((len(tree), features, 2))
    everywhere = np.tile([-np.inf, np.inf], (features, 1))
    place = tree.thresholds.take
    for nodes, parts, _ in box_levels(tree, np.array([ROOT]), everywhere, place):
        found[nodes] = np.moveaxis(parts, 2, 0)
    return found


def box_levels(
    branches: Branches, roots: NDArray[np.int64], everywhere: NDArray[Any], place: Place
) -> Iterator[tuple[NDArray[np.int64], NDArray[Any], NDArray[np.bool_]]]:
    """The boxes of one tree or many, level by level; those in which there is nothing are left out.

    Args:
        branches: The trees.
        roots: (trees,) nodes to begin with.
        everywhere: (features, 2) box of each root.
        place: Where nodes are cut.

    Yields:
        Nodes, (nodes,) int64, their boxes, (features, 2, nodes), and which of them are leaves, (nodes,) bool.
    """
    nodes = roots
    parts = np.repeat(everywhere[:, :, None], len(nodes), axis=2)
    while len(nodes):
        lefts = branches.lefts.take(nodes)
        is_leaf = lefts == nodes
        yield nodes, parts, is_leaf
        cut = np.flatnonzero(~is_leaf)
        nodes, lefts, parts = nodes.take(cut), lefts.take(cut), parts.take(cut, axis=2)
        places, features, each = place(nodes), branches.features.take(nodes), np.arange(len(nodes))
        parts = np.concatenate([parts, parts], axis=2)
        parts[features, 1, each] = parts[features, 0, len(nodes) + each] = places
        something = np.flatnonzero((parts[:, 0] < parts[:, 1]).all(axis=0))
        nodes, parts = np.concatenate([lefts, lefts + 1]).take(something), parts.take(something, axis=2)
