"""Learner: what all models of the plane have in common while they learn."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.boundaries.figures import Figures
from engine.plane.grid import Grid
from engine.plane.points import Points, check_learnable


class PlaneModel(Protocol):
    """What a model answers."""

    @property
    def classes(self) -> int:
        """Number of classes."""
        ...

    def probabilities(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """(points, 2) coordinates to (points, classes) float64."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """How far a model is. Whatever is learned later does not change it.

    Attributes:
        model: As it is now.
        training: On all training points.
        test: On the test points.
    """

    model: PlaneModel
    training: Figures
    test: Figures


class Learner(Protocol):
    """Learns step by step: mini-batches of a network, cuts of a tree, trees of a forest."""

    is_counted: bool
    """Whether it can go back: to fewer cuts, or trees."""

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to learn; a network always goes on."""
        ...

    def go_to(self, count: int) -> State:
        """As it is with so many cuts or trees; a network, which has none, as it is."""
        ...

    def advance(self, longest_s: float | None = None) -> State:
        """Take one step at least.

        Args:
            longest_s: Seconds to take steps for; without, one step of those that are worth a look: an epoch
                of a network, a cut, a tree.

        Raises:
            DivergedError: The loss is not a finite number any more.
        """
        ...

    def on_grid(self, grid: Grid) -> NDArray[np.float64]:
        """What the model answers on a grid, (rows, columns, classes) float64."""
        ...

    def close(self) -> None:
        """Nobody asks any more."""
        ...


class CountedLearner:
    """What trees of cuts and forests of trees have in common: one more each time, and back.

    Attributes:
        most: Cuts or trees of the whole model.
        count: How many of them are shown.
    """

    is_counted = True

    def __init__(self, training: Points, test: Points) -> None:
        """Take the points.

        Args:
            training: To learn from.
            test: To measure on; there may be none.

        Raises:
            DataError: There is nothing to learn.
        """
        check_learnable(training)
        self._sets = training, test
        self._classes = max(training.classes, test.classes)
        self.most = self.count = 0

    @property
    def is_over(self) -> bool:
        """Whether all are shown."""
        return self.count >= self.most

    def advance(self, longest_s: float | None = None) -> State:
        """One more, or as many as there is time for."""
        due = None if longest_s is None else time.perf_counter() + longest_s
        state = self.go_to(self.count + 1)
        while due is not None and not self.is_over and time.perf_counter() < due:
            state = self.go_to(self.count + 1)
        return state

    def go_to(self, count: int) -> State:
        """As it is with so many of them; fewer or more than there can be are brought to these."""
        raise NotImplementedError

    def close(self) -> None:
        """There is nothing to end."""
