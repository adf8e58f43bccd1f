"""Tree words: what trees, their nodes and forests are, for captions and screen readers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop.boundaries.pictures.cut_words import cut_words
from desktop.boundaries.plane.class_styles import class_name
from engine.trees.forest import TreeGrown
from engine.trees.tree import Tree


def counted(count: float, thing: str) -> str:
    """``1 point``, ``1,200 points``, ``2 leaves``."""
    whole = round(count)
    plural = "leaves" if thing == "leaf" else f"{thing}s"
    return f"{whole:,} {thing if whole == 1 else plural}"


def tree_words(tree: Tree) -> str:
    """How large a tree is."""
    if len(tree) == 1:
        return "A tree without cuts: one leaf."
    cuts = counted(tree.leaves - 1, "cut")
    return f"A tree of {cuts} and {counted(tree.leaves, 'leaf')}, {tree.depth} deep."


def node_words(tree: Tree, node: int, threshold: str, names: tuple[str, ...]) -> str:
    """What comes to a node, and what becomes of it.

    Args:
        tree: The tree.
        node: One of its nodes.
        threshold: Of the node, as it is written.
        names: Of the classes, as far as they have any.
    """
    counts = tree.counts[node]
    total = counts.sum()
    if tree.is_leaf[node]:
        shares = [
            f"{100 * counts[label] / total:.0f} % {class_name(label, names)}"
            for label in np.argsort(-counts, kind="stable").tolist()
            if counts[label] > 0
        ]
        return f"Leaf of {counted(total, 'point')}: {', '.join(shares)}"
    yes, no = (tree.counts[tree.lefts[node] + side].sum() for side in (0, 1))
    question = cut_words(int(tree.features[node]), threshold)
    return f"{question}? Of {counted(total, 'point')}, {yes:,.0f} yes and {no:,.0f} no"


def forest_words(grown: Sequence[TreeGrown], most: int) -> str:
    """How many trees there are, and what each was grown from.

    Args:
        grown: One tree or more.
        most: How many there will be.
    """
    count = counted(len(grown), "tree")
    so_far = f"{count} of {most:,}" if len(grown) < most else count
    is_resampled = any((each.weights == 0).any() for each in grown)
    drawn = "points drawn with replacement" if is_resampled else "all points"
    return f"{so_far}. Each is grown from {drawn}."


def grown_words(grown: TreeGrown, number: int) -> str:
    """One of a forest's trees, counted from 1."""
    tree, drawn = grown.tree, int((grown.weights > 0).sum())
    size = f"{counted(tree.leaves, 'leaf')}, {tree.depth} deep"
    return f"Tree {number}: {size}, grown from {drawn:,} of {counted(len(grown.weights), 'point')}."
