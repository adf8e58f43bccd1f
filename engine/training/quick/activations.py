"""Activations in quick steps: the way forward layer by layer, the slopes of all layers at once.

All arrays are (units, points) float32: the layers' outputs lie below each other in memory. `numpy.fmax` does
for `numpy.maximum`, which takes longer since it wants its result named by keyword. What is not a number
becomes 0 there; the parameters show it all the same.
"""

from __future__ import annotations

from functools import partial
from typing import Protocol

import numpy as np

from engine.nn.activations import ELU, Activation, LeakyReLU, ReLU
from engine.training.quick.calls import Call, Floats, number


class QuickActivation(Protocol):
    """The calls of an activation."""

    def forward(self, values: Floats, scratch: Floats) -> list[Call]:
        """Replace a layer's inputs in `values` by its outputs; `scratch` has the same shape."""
        ...

    def slopes(self, outputs: Floats, slopes: Floats) -> list[Call]:
        """Write the derivatives at these outputs, of the same shape."""
        ...


class QuickReLU:
    """The larger of x and 0."""

    def forward(self, values: Floats, _scratch: Floats) -> list[Call]:
        """See `QuickActivation`."""
        # An array of zeros takes less time than a single one, which NumPy would have to spread.
        return [partial(np.fmax, values, np.zeros_like(values), values)]

    def slopes(self, outputs: Floats, slopes: Floats) -> list[Call]:
        """See `QuickActivation`."""
        return [partial(np.sign, outputs, slopes)]


class QuickLeakyReLU:
    """The larger of x and a small share of x."""

    def __init__(self, slope: float) -> None:
        self._slope = number(slope)

    def forward(self, values: Floats, scratch: Floats) -> list[Call]:
        """See `QuickActivation`."""
        return [
            partial(np.multiply, values, self._slope, scratch),
            partial(np.fmax, values, scratch, values),
        ]

    def slopes(self, outputs: Floats, slopes: Floats) -> list[Call]:
        """See `QuickActivation`."""
        return [
            partial(np.sign, outputs, slopes),
            partial(np.fmax, slopes, self._slope, slopes),
        ]


class QuickELU:
    """The larger of x and 0, plus exp(y) - 1, where y is the smaller of the two."""

    def __init__(self) -> None:
        self._zero, self._one = number(0), number(1)

    def forward(self, values: Floats, scratch: Floats) -> list[Call]:
        """See `QuickActivation`."""
        return [
            partial(np.fmin, values, self._zero, scratch),
            partial(np.expm1, scratch, scratch),
            partial(np.fmax, values, self._zero, values),
            partial(np.add, values, scratch, values),
        ]

    def slopes(self, outputs: Floats, slopes: Floats) -> list[Call]:
        """See `QuickActivation`."""
        return [
            partial(np.fmin, outputs, self._zero, slopes),
            partial(np.add, slopes, self._one, slopes),
        ]


def quick_activation(layer: Activation) -> QuickActivation | None:
    """The quick form of a layer; None if there is none."""
    # Exactly these classes: whatever is derived from one of them may compute something else.
    if type(layer) is ReLU:
        return QuickReLU()
    if type(layer) is LeakyReLU:
        return QuickLeakyReLU(layer.slope)
    if type(layer) is ELU and layer.alpha == 1:
        return QuickELU()
    return None
