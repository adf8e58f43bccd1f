"""Contributions: why a tree answers what it answers, as a sum along the path from the root to the leaf.

The root answers with the shares of the classes among all samples, the bias. Each cut on the way changes that
answer to the shares in one of its children, and the change is the contribution of the cut's feature. Bias and
changes together are the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trees.forest import Forest
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
    nodes = [ROOT]
    while (left := int(tree.lefts[nodes[-1]])) != nodes[-1]:
        goes_left = sample[tree.features[nodes[-1]]] <= tree.thresholds[nodes[-1]]
        nodes.append(left if goes_left else left + 1)
    counts = tree.counts[nodes]
    shares = counts / counts.sum(axis=1, keepdims=True)
    steps = [
        PathStep(
            node,
            int(tree.features[node]),
            float(tree.thresholds[node]),
            bool(child == tree.lefts[node]),
            change,
        )
        for node, child, change in zip(nodes, nodes[1:], np.diff(shares, axis=0), strict=False)
    ]
    return Path(shares[0], tuple(steps), nodes[-1], shares[-1])


def contributions_of(forest: Forest, sample: NDArray[np.float64]) -> Contributions:
    """What each feature contributes to the average answer of a forest's trees to one sample, (features,)."""
    nodes = forest.roots
    bias = forest.shares[nodes].mean(axis=0)
    contributions = np.zeros((len(sample), forest.classes))
    while True:
        features = forest.features[nodes]
        # A leaf has nothing to its right: whoever has arrived stays, and changes nothing.
        children = forest.lefts[nodes] + (sample[features] > forest.thresholds[nodes])
        if np.array_equal(children, nodes):
            return Contributions(bias, contributions / len(nodes), forest.shares[nodes].mean(axis=0))
        np.add.at(contributions, features, forest.shares[children] - forest.shares[nodes])
        nodes = children
