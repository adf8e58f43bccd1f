"""Cut words: what a cut asks for, in a few signs: ``x ≤ 1.3``."""

from __future__ import annotations

import math

from desktop.widgets.text.short_number import short_number
from engine.trees.tree import Tree

AXES = ("x", "y")
"""What the two features are called."""

_MOST_DECIMALS = 6
_TINY, _LONG = 1e-4, 1e5
_LEAST_SPREAD = 1e-2


def cut_words(feature: int, number: str, goes_left: bool = True) -> str:
    """``x ≤ 1.3``, or ``x > 1.3`` for whoever goes right."""
    return f"{AXES[feature]} {'≤' if goes_left else '>'} {number}"


def threshold_words(tree: Tree) -> list[str]:
    """The threshold of each node as a short number, (nodes,); empty for leaves.

    Where all cuts of a feature lie close together, there are as many decimals as tell them apart.
    """
    is_leaf = tree.is_leaf
    spreads = []
    for feature in range(len(AXES)):
        own = tree.thresholds[~is_leaf & (tree.features == feature)]
        spreads.append(float(own.max() - own.min()) if len(own) else 0.0)
    rows = zip(is_leaf.tolist(), tree.features.tolist(), tree.thresholds.tolist(), strict=True)
    return ["" if leaf else cut_number(threshold, spreads[feature]) for leaf, feature, threshold in rows]


def cut_number(value: float, spread: float = 0.0) -> str:
    """A place on an axis: two figures at least, one decimal where there is room for it.

    Args:
        value: The place.
        spread: How far apart the places are among which it stands; 0 if it is alone.
    """
    size = abs(value)
    if size < _TINY:
        return "0" if spread >= _LEAST_SPREAD or not value else short_number(value)
    if size >= _LONG:
        return short_number(value)
    own = 0 if size >= 100 else 1 if size >= 1 else 2 if size >= 0.01 else -math.floor(math.log10(size))
    told_apart = math.ceil(-math.log10(spread)) if spread > 0 else 0
    return f"{value:.{min(_MOST_DECIMALS, max(own, told_apart))}f}".replace("-", "−")
