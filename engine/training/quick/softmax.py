"""Softmax and loss in quick steps: the gradient of the loss for the logits, prediction minus truth.

All arrays are (classes, points) float32. What is left to do on the way back is to multiply with `share`.
"""

from __future__ import annotations

from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.training.quick.calls import Call, Floats, product


class QuickSoftmax(Protocol):
    """The calls for one number of classes."""

    def truth(self, labels: NDArray[np.int64]) -> Floats:
        """(points,) classes to what is subtracted from the predictions, (points, classes)."""
        ...

    def predictions(self, logits: Floats, predictions: Floats) -> list[Call]:
        """Write the predictions; the logits may have lost what all of a point have in common."""
        ...

    def share(self, points: int) -> float:
        """What prediction minus truth is multiplied with, to be the gradient of the points' mean loss."""
        ...


class SoftmaxOfTwo:
    """Of two classes: twice the prediction, less 1, is the hyperbolic tangent of half the logits' difference.

    No exponential can overflow there, so that three calls do for six.
    """

    def __init__(self) -> None:
        self._half_differences = np.array([[0.5, -0.5], [-0.5, 0.5]], np.float32)

    def truth(self, labels: NDArray[np.int64]) -> Floats:
        """1 for the true class, -1 for the other."""
        return 2 * np.eye(2, dtype=np.float32)[labels] - 1

    def predictions(self, logits: Floats, predictions: Floats) -> list[Call]:
        """From -1 to 1."""
        return [
            product(self._half_differences, logits, predictions),
            partial(np.tanh, predictions, predictions),
        ]

    def share(self, points: int) -> float:
        """They differ by twice as much."""
        return 0.5 / points


class SoftmaxOfMany:
    """Of three classes and more."""

    def __init__(self, classes: int) -> None:
        self._classes = classes

    def truth(self, labels: NDArray[np.int64]) -> Floats:
        """1 for the true class, 0 for the others."""
        return np.eye(self._classes, dtype=np.float32)[labels]

    def predictions(self, logits: Floats, predictions: Floats) -> list[Call]:
        """Probabilities."""
        largest, sums = np.empty_like(logits[0]), np.empty_like(logits)
        # Each sum in as many rows as there are classes: a product begins sooner than np.add.reduce.
        ones = np.ones((self._classes, self._classes), np.float32)
        return [
            partial(np.maximum.reduce, logits, 0, None, largest),
            partial(np.subtract, logits, largest, logits),  # no exponential overflows
            partial(np.exp, logits, predictions),
            product(ones, predictions, sums),
            partial(np.divide, predictions, sums, predictions),
        ]

    def share(self, points: int) -> float:
        """They differ by as much as the gradient of one point."""
        return 1 / points


def quick_softmax(classes: int) -> QuickSoftmax:
    """The calls for so many classes, 2 or more."""
    return SoftmaxOfTwo() if classes == 2 else SoftmaxOfMany(classes)
