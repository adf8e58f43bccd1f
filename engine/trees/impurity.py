"""Impurity: how mixed the classes of some samples are. 0 if all are of one class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
"""Samples of each class, (classes, ...) float64: the classes come first."""


def gini(counts: Counts) -> NDArray[np.float64]:
    """1 - Σ share²: how often two samples drawn at random are of two classes. (classes, ...) to (...)."""
    return _mean(gini_sum(counts), counts)


def entropy(counts: Counts) -> NDArray[np.float64]:
    """- Σ share · log₂ share: bits that it takes to tell the class. (classes, ...) to (...)."""
    return _mean(entropy_sum(counts), counts)


def gini_sum(counts: Counts) -> NDArray[np.float64]:
    """The Gini impurity times the number of samples: n - Σ count² / n. (classes, ...) to (...)."""
    total = counts.sum(axis=0)
    squares = np.einsum("c...,c...->...", counts, counts)
    return np.asarray(total - squares / np.maximum(total, 1))


def entropy_sum(counts: Counts) -> NDArray[np.float64]:
    """The entropy times the number of samples: n · log₂ n - Σ count · log₂ count. (classes, ...) to (...)."""
    total = counts.sum(axis=0)
    return np.asarray(_times_log(total) - _times_log(counts).sum(axis=0))


def _times_log(counts: Counts) -> Counts:
    """X · log₂ x, and 0 where x is 0; counts are whole numbers."""
    return counts * np.log2(np.maximum(counts, 1))


def _mean(sums: NDArray[np.float64], counts: Counts) -> NDArray[np.float64]:
    return np.asarray(sums / np.maximum(counts.sum(axis=0), 1))


@dataclass(frozen=True, slots=True)
class Criterion:
    """A measure of impurity.

    Attributes:
        title: What to call it in front of a user.
        impurity: Of one sample, as it were: (classes, ...) counts to (...).
        impurity_sum: The same times the number of samples, which is what a cut makes smaller.
    """

    title: str
    impurity: Callable[[Counts], NDArray[np.float64]]
    impurity_sum: Callable[[Counts], NDArray[np.float64]]


CRITERIA: dict[str, Criterion] = {
    "gini": Criterion("Gini impurity", gini, gini_sum),
    "entropy": Criterion("Entropy", entropy, entropy_sum),
}
"""The measures by the names that settings use."""
