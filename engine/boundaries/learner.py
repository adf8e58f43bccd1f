"""Learner: what all models of the plane have in common while they learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.boundaries.figures import Figures
from engine.plane.grid import Grid


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

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to learn; a network always goes on."""
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


class Countable(Learner, Protocol):
    """Can go back as well: to any number of cuts, or of trees."""

    @property
    def most(self) -> int:
        """How many there can be."""
        ...

    def go_to(self, count: int) -> State:
        """As it is with so many of them, 0 (of trees 1) to `most`."""
        ...
