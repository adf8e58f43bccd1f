"""Contributions: why a tree answers what it answers, as a sum along the path from the root to the leaf.

The root answers with the shares of the classes among all samples, the bias. Each cut on the way changes that
answer to the shares in one of its children, and the change is the contribution of the cut's feature. Bias and
changes together are the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trees.tree import ROOT, Tree


@dataclass(frozen=True, slots=True, eq=False)
class PathStep:
    """A cut on the way.

    Attributes:
        node: That is cut.
        feature: That the cut asks for.
        threshold: Samples with at most this value go left.
        goes_left: Where the path goes on.
        change: (classes,) float64: what it adds to the probability of each class.
    """

    node: int
    feature: int
    threshold: float
    goes_left: bool
    change: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """From the root to a leaf.

    Attributes:
        bias: (classes,) float64: what the root answers.
        steps: From the root on; none if the root is a leaf.
        leaf: Where the path ends.
        answer: (classes,) float64: what the leaf answers.
    """

    bias: NDArray[np.float64]
    steps: tuple[PathStep, ...]
    leaf: int
    answer: NDArray[np.float64]

    def parts(self, label: int) -> list[float]:
        """What each step adds to the probability of one class, as `engine.explain.waterfall` takes it."""
        return [float(step.change[label]) for step in self.steps]


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """An answer as a sum of what each feature has added: bias + contributions = answer.

    Attributes:
        bias: (classes,) float64.
        contributions: (features, classes) float64.
        answer: (classes,) float64.
    """

    bias: NDArray[np.float64]
    contributions: NDArray[np.float64]
    answer: NDArray[np.float64]


def path_of(tree: Tree, sample: NDArray[np.float64]) -> Path:
    """The path that one sample, (features,), takes."""
    shares = tree.shares
    steps = []
    node = ROOT
    while tree.lefts[node] != node:
        feature, threshold = int(tree.features[node]), float(tree.thresholds[node])
        goes_left = bool(sample[feature] <= threshold)
        child = int(tree.lefts[node]) + (not goes_left)
        steps.append(PathStep(node, feature, threshold, goes_left, shares[child] - shares[node]))
        node = child
    return Path(shares[ROOT], tuple(steps), node, shares[node])


def contributions_of(trees: Sequence[Tree], sample: NDArray[np.float64]) -> Contributions:
    """What each feature contributes to the average answer of one or more trees to one sample, (features,)."""
    classes = trees[0].classes
    bias, answer = np.zeros(classes), np.zeros(classes)
    contributions = np.zeros((len(sample), classes))
    for tree in trees:
        path = path_of(tree, sample)
        bias += path.bias / len(trees)
        answer += path.answer / len(trees)
        for step in path.steps:
            contributions[step.feature] += step.change / len(trees)
    return Contributions(bias, contributions, answer)
