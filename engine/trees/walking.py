"""Walking: from the root to a leaf, for many samples together, one level after another."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Branches(Protocol):
    """Where to go from each node; see `engine.trees.tree.Tree`."""

    @property
    def features(self) -> NDArray[np.int64]:
        """(nodes,) features to ask for."""
        ...

    @property
    def thresholds(self) -> NDArray[np.float64]:
        """(nodes,): with at most this value, go left."""
        ...

    @property
    def lefts(self) -> NDArray[np.int64]:
        """(nodes,) left children, with the right ones behind them; a leaf is its own child."""
        ...


def walk(
    branches: Branches, samples: NDArray[np.float64], rows: NDArray[np.int64], nodes: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Go down until all have arrived.

    Args:
        branches: Of one tree or many.
        samples: (samples, features).
        rows: (walks,) which sample each walk is taken with.
        nodes: (walks,) where each begins.

    Returns:
        The leaf in which each ends, (walks,) int64.
    """
    nodes = nodes.copy()
    features = samples.shape[1]
    moving = np.flatnonzero(branches.lefts.take(nodes) != nodes)
    while len(moving):
        at = nodes.take(moving)
        # The flat place of sample and feature: one index is looked up faster than two.
        values = samples.take(rows.take(moving) * features + branches.features.take(at))
        to = branches.lefts.take(at) + (values > branches.thresholds.take(at))
        nodes[moving] = to
        moving = moving.take(np.flatnonzero(branches.lefts.take(to) != to))
    return nodes
