"""Average of many networks' weights: `engine.nn.weight_average` for all of them together."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

_DECAY = 0.999


class ManyAverage:
    """A running mean of stacked parameters.

    Attributes:
        averages: In the shapes of the parameters.
    """

    def __init__(self, parameters: Sequence[Tensor]) -> None:
        self.averages = [each.clone() for each in parameters]
        self._steps = 0

    def update(self, parameters: Sequence[Tensor]) -> None:
        """Take in the present parameters."""
        self._steps += 1
        share = max(1 - _DECAY, 1 / (self._steps + 1))
        for average, parameter in zip(self.averages, parameters, strict=True):
            average.lerp_(parameter, share)

    def keep(self, chosen: Tensor) -> None:
        """Go on with the networks at some places, (networks kept,) int64."""
        for number, average in enumerate(self.averages):
            self.averages[number] = average[chosen]
