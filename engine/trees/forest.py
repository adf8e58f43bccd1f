"""Random forest: trees grown from samples drawn anew for each, and the average of what they answer.

L. Breiman, "Random forests", 2001. Samples are drawn with replacement, so that each tree misses about a third
of them: those are out of its bag, and judge it. Each node may choose from some of the features only.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.trees.growing import Draw, grow_trees
from engine.trees.samples import Samples
from engine.trees.settings import ForestSettings
from engine.trees.tree import Tree
from engine.trees.walking import walk

# Trees grown side by side: as many as still fit into a processor's caches with 10,000 samples each.
_AT_ONCE = 10
# Walks taken together.
_WALKS = 2**16


@dataclass(frozen=True, slots=True, eq=False)
class TreeGrown:
    """Another tree of a forest.

    Attributes:
        tree: The tree.
        weights: (samples,) float64: how often each sample was drawn for it.
        out_of_bag_accuracy: Of the forest so far, 0 to 1: each sample is judged by the trees that have not
            seen it. None where there is no such sample.
        done: Trees so far.
        total: Trees in all.
    """

    tree: Tree
    weights: NDArray[np.float64]
    out_of_bag_accuracy: float | None
    done: int
    total: int


def grow_forest(
    samples: Samples, settings: ForestSettings, threads: int = 1
) -> Generator[TreeGrown, None, None]:
    """Grow one tree after another; to stop, do not ask for the next.

    The same seed gives the same trees, whatever the number of threads, and however many trees follow.

    Args:
        samples: What to grow them from.
        settings: How.
        threads: How many work at once. Two take two thirds of the time on an idle machine; on a busy one they
            wait for each other and may take longer than one.

    Yields:
        One `TreeGrown` for each tree.

    Raises:
        SettingsError: The settings make no sense.
    """
    settings.check()
    votes = np.zeros((len(samples), samples.classes))
    firsts = range(0, settings.trees, _AT_ONCE)
    done = 0
    pool = ThreadPoolExecutor(threads, thread_name_prefix="trees")
    try:
        groups = [pool.submit(_grow_group, samples, settings, first) for first in firsts]
        for group in groups:
            for tree, weights, unseen, answers in group.result():
                votes[unseen] += answers
                done += 1
                accuracy = _accuracy(votes, samples.labels)
                yield TreeGrown(tree, weights, accuracy, done, settings.trees)
    finally:
        pool.shutdown(cancel_futures=True)


def _grow_group(
    samples: Samples, settings: ForestSettings, first: int
) -> list[tuple[Tree, NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]]:
    """Some trees, each with its weights, the samples out of its bag, and what it answers to those."""
    numbers = range(first, min(first + _AT_ONCE, settings.trees))
    draws = [_draw(samples, settings, number) for number in numbers]
    grown = []
    for tree, draw in zip(grow_trees(samples, settings.tree, draws), draws, strict=True):
        unseen = np.flatnonzero(draw.weights == 0)
        grown.append((tree, draw.weights, unseen, tree.probabilities(samples.values[:, unseen].T)))
    return grown


def _draw(samples: Samples, settings: ForestSettings, number: int) -> Draw:
    """What chance decides for one tree."""
    generator = np.random.default_rng([settings.seed, number])
    count = len(samples)
    drawn = generator.integers(0, count, count) if settings.bootstrap else np.arange(count)
    weights = np.bincount(drawn, minlength=count).astype(np.float64)
    features = settings.features_per_split or max(1, int(samples.features**0.5))
    return Draw(weights, features, generator)


def _accuracy(votes: NDArray[np.float64], labels: NDArray[np.int64]) -> float | None:
    is_judged = votes.any(axis=1)
    if not is_judged.any():
        return None
    return float((votes[is_judged].argmax(axis=1) == labels[is_judged]).mean())


class Forest:
    """Some trees, whose average is the answer.

    Attributes:
        trees: One or more, of the same classes.
        roots: (trees,) int64: where each begins among the nodes of all.
        features: (all nodes,), as in `Tree`; so are `thresholds`, `lefts` and `shares`.
    """

    def __init__(self, trees: Sequence[Tree]) -> None:
        """Put the nodes of all trees into one array for each of their attributes."""
        if not trees:
            raise ValueError("a forest needs a tree")
        self.trees = tuple(trees)
        lengths = np.array([len(tree) for tree in trees])
        self.roots = np.cumsum(lengths) - lengths
        shift = np.repeat(self.roots, lengths)
        self.features = np.concatenate([tree.features for tree in trees])
        self.thresholds = np.concatenate([tree.thresholds for tree in trees])
        self.lefts = np.concatenate([tree.lefts for tree in trees]) + shift
        counts = np.concatenate([tree.counts for tree in trees])
        self.shares = counts / counts.sum(axis=1, keepdims=True)

    @property
    def classes(self) -> int:
        """Number of classes."""
        return self.trees[0].classes

    def probabilities(self, samples: NDArray[np.float64]) -> NDArray[np.float64]:
        """(samples, features) to the average of the trees' probabilities, (samples, classes) float64."""
        at_once = max(1, _WALKS // len(self.trees))
        parts = [self._average(samples[first : first + at_once]) for first in range(0, len(samples), at_once)]
        return np.concatenate(parts) if parts else np.zeros((0, self.classes))

    def predict(self, samples: NDArray[np.float64]) -> NDArray[np.int64]:
        """(samples, features) to classes, (samples,) int64; of two that are as likely, the first."""
        return np.asarray(self.probabilities(samples).argmax(axis=1))

    def _average(self, samples: NDArray[np.float64]) -> NDArray[np.float64]:
        rows = np.tile(np.arange(len(samples)), len(self.trees))
        leaves = walk(self, samples, rows, np.repeat(self.roots, len(samples)))
        shares = self.shares[leaves].reshape(len(self.trees), len(samples), -1)
        return np.asarray(shares.mean(axis=0))
