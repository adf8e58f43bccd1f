"""Points: samples of two numbers, each of a class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError

MOST_CLASSES = 8
MOST_POINTS = 100_000
REACH = 6.0
"""Made points lie about within this distance of the middle, to the left and right, above and below."""
LARGEST = 1e9
"""Farthest from the middle that a point may lie: its square, and sums of squares, are still good numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Some points, or none.

    Attributes:
        coordinates: (points, 2) float64: x and y, finite.
        labels: (points,) int64, 0 to 7.
    """

    coordinates: NDArray[np.float64]
    labels: NDArray[np.int64]

    def __post_init__(self) -> None:
        if self.coordinates.shape != (len(self.labels), 2) or self.coordinates.dtype != np.float64:
            raise ValueError(f"coordinates must be (points, 2) float64, not {self.coordinates.shape}")
        if not (np.abs(self.coordinates) <= LARGEST).all():
            raise ValueError(f"coordinates must be finite, and at most {LARGEST:g}")
        if self.labels.ndim != 1 or self.labels.dtype != np.int64:
            raise ValueError("labels must be (points,) int64")
        if len(self.labels) and not 0 <= self.labels.min() <= self.labels.max() < MOST_CLASSES:
            raise ValueError(f"labels must be 0 to {MOST_CLASSES - 1}")

    @classmethod
    def none(cls) -> Points:
        """No points."""
        return cls(np.zeros((0, 2)), np.zeros(0, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def classes(self) -> int:
        """Classes that a model needs: the largest label, and all before it, at least two."""
        return max(2, int(self.labels.max(initial=0)) + 1)

    @property
    def counts(self) -> NDArray[np.int64]:
        """(8,) points of each class."""
        return np.bincount(self.labels, minlength=MOST_CLASSES)

    def take(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> Points:
        """The points at the given places, (n,) int64, or where a mask, (points,) bool, holds."""
        return Points(self.coordinates[chosen], self.labels[chosen])

    def joined(self, other: Points) -> Points:
        """Both, these first."""
        return Points(
            np.concatenate([self.coordinates, other.coordinates]), np.concatenate([self.labels, other.labels])
        )

    def split(self, test_share: float, seed: int) -> tuple[Points, Points]:
        """Training and test points, chosen by a seed: of each class the same share, rounded.

        A class keeps one point at least to train on. Where points are added behind the others, hardly any of
        these comes to the other side.
        """
        lots = np.random.default_rng(seed).random(len(self))
        is_test = np.zeros(len(self), dtype=bool)
        for label in np.unique(self.labels):
            own = np.flatnonzero(self.labels == label)
            own = own[np.argsort(lots[own], kind="stable")]
            is_test[own[: min(len(own) - 1, round(test_share * len(own)))]] = True
        return self.take(~is_test), self.take(is_test)

    def contradictions(self) -> int:
        """Points in the place of a point of another class: no model can get all of them right."""
        if not len(self):
            return 0
        _, place = np.unique(self.coordinates, axis=0, return_inverse=True)
        place = place.ravel()
        by_class = np.zeros((place.max() + 1, MOST_CLASSES), dtype=bool)
        by_class[place, self.labels] = True
        return int((by_class.sum(axis=1) > 1)[place].sum())


def check_learnable(points: Points) -> None:
    """Do nothing if there is something to learn.

    Raises:
        DataError: There are no points, or all are of one class.
    """
    if not len(points):
        raise DataError("There are no points yet: paint some, choose a pattern, or open a file.")
    if len(np.unique(points.labels)) == 1:
        raise DataError(
            "All points are of one class: add points of another one, so that there is a boundary."
        )
