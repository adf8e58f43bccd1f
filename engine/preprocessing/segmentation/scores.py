"""Scores: what a network says of pictures that may be digits, asked for many at once and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.segmentation.kept import Kept


class Scorer(Protocol):
    """A network, as far as segmentation knows it."""

    @property
    def knows_others(self) -> bool:
        """Whether it has learned what is no digit."""
        ...

    def __call__(self, vectors: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Score (n, 784) float32 pictures, 0 background to 1 ink.

        Returns:
            (n, 10) float64, the logarithms of the probabilities of 0 to 9 if it is a digit; and (n,) float64,
            the logarithm of the probability that it is one, 0 where the network does not know.
        """
        ...


@dataclass(frozen=True, slots=True)
class Looked:
    """One candidate, normalised and scored.

    Attributes:
        fitted: (FIELD, FIELD) float32, fitted to the box, not yet centred.
        vector: (784,) float32, what the network saw.
        best: The logarithm of the probability of the most probable digit.
        is_digit: The logarithm of the probability of being a digit.
    """

    fitted: NDArray[np.float32]
    vector: NDArray[np.float32]
    best: float
    is_digit: float

    @property
    def likelihood(self) -> float:
        """The logarithm of the probability of being the most probable digit."""
        return self.best + self.is_digit


Normalise = Callable[[Sequence[int]], tuple[NDArray[np.float32], NDArray[np.float32]]]
"""Places of candidates to (n, FIELD, FIELD) fitted pictures and (n, 784) vectors."""


class Looks:
    """Looks at each candidate once: what has not changed since the last pen move is not normalised again."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self._kept: Kept[Looked] = Kept()

    def begin(self) -> None:
        """A new reading begins."""
        self._kept.begin()

    def forget(self) -> None:
        """The network is another one."""
        self._kept.clear()

    def at(self, keys: Sequence[Hashable], normalise: Normalise) -> list[Looked]:
        """The candidates in the order of their keys; all that are new in one batch.

        Args:
            keys: The same for the same strokes or pixels, and another for others.
            normalise: Called once with the places of those that are new, if there are any.
        """
        found = [self._kept.find(key) for key in keys]
        new = [place for place, looked in enumerate(found) if looked is None]
        if new:
            fitted, vectors = normalise(new)
            digits, are_digits = self.scorer(vectors)
            for row, place in enumerate(new):
                looked = Looked(fitted[row], vectors[row], float(digits[row].max()), float(are_digits[row]))
                self._kept.put(keys[place], looked)
                found[place] = looked
        return [looked for looked in found if looked is not None]
