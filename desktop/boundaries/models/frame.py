"""Frame: what there is to show of a model at one moment, all of it computed away from the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.boundaries.learner import State


@dataclass(frozen=True, slots=True)
class Losses:
    """How good a network was at one time.

    Attributes:
        epochs: When.
        training: Loss on the training points.
        test: Loss on the test points; NaN without them.
    """

    epochs: float
    training: float
    test: float


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A model at one moment.

    Attributes:
        state: How far it is.
        regions: (rows, columns, classes) float64: what it answers all over the plane.
        unit_maps: Of a network, (rows, columns, units) float32 for each hidden layer; else nothing.
        losses: Of a network, since the frame before.
        number: Of the model, so that frames of one that is not wanted any more are known.
        is_first: Whether it is the first frame of that model.
        is_over: Whether there is nothing left to learn.
    """

    state: State
    regions: NDArray[np.float64]
    unit_maps: tuple[NDArray[np.float32], ...]
    losses: tuple[Losses, ...]
    number: int
    is_first: bool
    is_over: bool
