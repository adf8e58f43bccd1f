"""Figures: how good a model is on some points."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.plane.points import Points

# A tree gives a class that a leaf has not seen the probability 0, whose loss would be infinite.
_LEAST_PROBABILITY = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True)
class Figures:
    """How good a model is on some points.

    Attributes:
        loss: Mean negative log-likelihood; NaN without points.
        accuracy: Share that is right, 0 to 1; NaN without points.
    """

    loss: float
    accuracy: float


NO_FIGURES = Figures(math.nan, math.nan)
"""Of no points."""


def figures_of(probabilities: NDArray[np.float64], points: Points) -> Figures:
    """From (points, classes) probabilities; one of 0 counts as the least above it, as in scikit-learn."""
    return figures_of_logarithms(np.log(np.maximum(probabilities, _LEAST_PROBABILITY)), points)


def figures_of_logarithms(logarithms: NDArray[np.float64], points: Points) -> Figures:
    """From (points, classes) logarithms of probabilities."""
    if not len(points):
        return NO_FIGURES
    loss = -logarithms[np.arange(len(points)), points.labels].mean()
    return Figures(float(loss), float((logarithms.argmax(axis=1) == points.labels).mean()))
