"""Tree words: what a tree and its nodes are, for captions and screen readers."""

from __future__ import annotations

import numpy as np

from desktop.boundaries.pictures.cut_words import cut_words
from desktop.boundaries.plane.class_styles import class_name
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
