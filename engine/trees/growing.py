"""Growing: each node is cut where that makes it purest, until nothing is left to cut.

A whole level is cut at once. Samples are sorted by each feature only once, for the root; a cut keeps the
order within each of its sides. The trees of a forest are grown side by side: their nodes are only more nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trees.impurity import CRITERIA
from engine.trees.level import Level
from engine.trees.nodes import Nodes
from engine.trees.samples import Samples
from engine.trees.settings import TreeSettings
from engine.trees.split import Splits
from engine.trees.tree import Tree


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """What is left to chance in one tree of a forest.

    Attributes:
        weights: (samples,) whole numbers: how often each sample counts in this tree.
        features_per_split: Features that each node may choose from.
        generator: Draws those features.
    """

    weights: NDArray[np.float64]
    features_per_split: int
    generator: np.random.Generator


def grow_tree(samples: Samples, settings: TreeSettings) -> Tree:
    """Grow a tree from all samples, with all features in every node: nothing is left to chance.

    Raises:
        SettingsError: The settings make no sense.
    """
    everything = Draw(np.ones(len(samples)), samples.features, np.random.default_rng(0))
    (tree,) = grow_trees(samples, settings, [everything])
    return tree


def grow_trees(samples: Samples, settings: TreeSettings, draws: Sequence[Draw]) -> list[Tree]:
    """Grow one tree for each draw. It does not matter to a tree which others grow beside it.

    Raises:
        SettingsError: The settings make no sense.
    """
    settings.check()
    level = Level.of_roots(samples, [draw.weights for draw in draws])
    nodes = Nodes(level)
    level = level.keep(_is_worth_cutting(level.counts, 0, settings))
    while len(level):
        features, splits = _choose(level, settings, draws)
        has_cut = np.isfinite(splits.thresholds)
        level, features, splits = level.keep(has_cut), features[has_cut], splits.keep(has_cut)
        # Left, right, left, right, ...
        children = np.stack([splits.lefts, level.counts - splits.lefts], axis=2).reshape(samples.classes, -1)
        numbers = nodes.cut(level, features, splits.thresholds, children)
        is_open = _is_worth_cutting(children, nodes.depth, settings)
        level = level.cut(features, splits.thresholds, children, numbers, is_open)
    return nodes.trees(settings.criterion)


def _is_worth_cutting(counts: NDArray[np.float64], depth: int, settings: TreeSettings) -> NDArray[np.bool_]:
    """(classes, nodes) counts to (nodes,): whether two classes are there, and samples for two leaves."""
    totals = counts.sum(axis=0)
    if settings.depth is not None and depth >= settings.depth:
        return np.zeros(len(totals), dtype=bool)
    return np.asarray((counts.max(axis=0) < totals) & (totals >= 2 * settings.least_leaf))


def _choose(level: Level, settings: TreeSettings, draws: Sequence[Draw]) -> tuple[NDArray[np.int64], Splits]:
    """The feature, (nodes,), and the split by it, that leave each node purest."""
    drawn = _draw_features(level, draws)
    best = np.zeros(len(level), dtype=np.int64)
    splits = Splits.none(level.counts.shape)
    for feature, nodes in enumerate(drawn):
        if nodes.any():
            by_feature = level.splits(feature, nodes, CRITERIA[settings.criterion], settings.least_leaf)
            is_better = by_feature.impurity_sums < splits.impurity_sums[nodes]
            better = np.flatnonzero(nodes)[is_better]
            best[better] = feature
            splits.thresholds[better] = by_feature.thresholds[is_better]
            splits.impurity_sums[better] = by_feature.impurity_sums[is_better]
            splits.lefts[:, better] = by_feature.lefts[:, is_better]
    return best, splits


def _draw_features(level: Level, draws: Sequence[Draw]) -> NDArray[np.bool_]:
    """(features, nodes): those that each node may choose from, of those that have two values in it."""
    varies = level.varies()
    nodes = np.bincount(level.trees, minlength=len(draws))
    lots = np.concatenate(
        [draw.generator.random((len(varies), count)) for draw, count in zip(draws, nodes, strict=True)],
        axis=1,
    )
    ranks = np.where(varies, lots, np.inf).argsort(axis=0).argsort(axis=0)
    allowed = np.repeat([draw.features_per_split for draw in draws], nodes)
    return varies & (ranks < allowed)
