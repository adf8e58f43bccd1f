"""Program: one step on mini-batches of one length, as a list of calls in memory that is made once.

A layer's outputs are (units + 1, points) float32 with ones in the last row, and its parameters have the bias
for their last row: so a layer is one product on the way forward, and its gradients are one on the way back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.training.quick.activations import QuickActivation
from engine.training.quick.calls import Call, Floats, carried_product, number, product
from engine.training.quick.optimisers import QuickOptimiser
from engine.training.quick.softmax import QuickSoftmax


@dataclass(frozen=True, slots=True, eq=False)
class QuickLayer:
    """A linear layer.

    Attributes:
        parameters: (inputs + 1, outputs) float32, the bias last.
        gradients: The same shape.
    """

    parameters: Floats
    gradients: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Hidden:
    """What a hidden layer puts out, and where its rows are among those of all hidden layers."""

    rows: slice
    with_ones: Floats
    outputs: Floats


class Program:
    """All that steps on mini-batches of one length have in common.

    Attributes:
        logits: (classes, points) float32, of the last step before it moved anything, up to a number that all
            of a point have in common.
    """

    def __init__(
        self,
        layers: list[QuickLayer],
        activation: QuickActivation,
        softmax: QuickSoftmax,
        optimiser: QuickOptimiser,
        points: int,
    ) -> None:
        """Make buffers and calls.

        Args:
            layers: Of the network, first layer first.
            activation: Between them.
            softmax: After the last.
            optimiser: Of their parameters.
            points: In a mini-batch.
        """
        units = [layer.parameters.shape[1] for layer in layers]
        # Below each other, so that the slopes of all layers are found at once.
        every = np.ones((sum(units[:-1]) + len(units) - 1, points), np.float32)
        hidden = _parts(every, units[:-1])
        self.logits = np.empty((units[-1], points), np.float32)
        results = [*(each.outputs for each in hidden), self.logits]
        # Of the loss, for what each layer puts out.
        gradients = [np.empty_like(each) for each in results]
        self._first, self._first_result, self._first_gradient = layers[0], results[0], gradients[0]
        self._last_gradient = gradients[-1]
        slopes, scratch = np.empty_like(every), np.empty_like(every)

        self._forward: list[Call] = []
        for before, layer, result in zip(hidden, layers[1:], results[1:], strict=True):
            self._forward += activation.forward(before.outputs, scratch[before.rows])
            self._forward.append(product(layer.parameters.T, before.with_ones, result))
        self._forward += softmax.predictions(self.logits, self._last_gradient)

        share = softmax.share(points)
        self._carried = optimiser.carried
        self._backward: list[Call] = []
        if optimiser.wants_means:
            self._backward.append(
                partial(np.multiply, self._last_gradient, number(share), self._last_gradient)
            )
            share = 1.0
        self._backward += activation.slopes(every, slopes) if hidden else []
        for before, layer, gradient, wanted in reversed(
            list(zip(hidden, layers[1:], gradients[1:], gradients, strict=False))
        ):
            self._backward += [
                *carried_product(before.with_ones, gradient.T, layer.gradients, self._carried),
                product(layer.parameters[:-1], gradient, wanted),
                partial(np.multiply, wanted, slopes[before.rows], wanted),
            ]
        self._moves = optimiser.calls(share)

    def calls(self, inputs: Floats, truth: Floats) -> list[Call]:
        """A step on the points that are in memory there, whenever it is taken.

        Args:
            inputs: (points, features + 1), ones last.
            truth: (classes, points), as the softmax has it; contiguous, which takes half the time.
        """
        first = self._first
        return [
            product(first.parameters.T, inputs.T, self._first_result),
            *self._forward,
            partial(np.subtract, self._last_gradient, truth, self._last_gradient),
            *self._backward,
            *carried_product(inputs.T, self._first_gradient.T, first.gradients, self._carried),
            *self._moves,
        ]


def _parts(every: Floats, units: list[int]) -> list[_Hidden]:
    found, first = [], 0
    for count in units:
        rows = slice(first, first + count)
        first = rows.stop + 1
        found.append(_Hidden(rows, every[rows.start : first], every[rows]))
    return found
