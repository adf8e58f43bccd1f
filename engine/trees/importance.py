"""Importance by impurity: how much of the impurity the cuts by each feature have taken away.

`engine.evaluation.feature_importance` has the other one, by permutation, which no feature wins merely by
having many values to cut between.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.trees.tree import Tree


def impurity_importance(trees: Sequence[Tree], features: int) -> NDArray[np.float64]:
    """The share of each feature, the average over one or more trees.

    Returns:
        (features,) float64, sum 1; all 0 if nothing was cut.
    """
    shares = np.zeros(features)
    for tree in trees:
        gains = np.bincount(tree.features, tree.gains, features)
        shares += gains / (gains.sum() or 1.0)
    return shares / (shares.sum() or 1.0)
