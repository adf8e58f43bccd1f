"""Weight average: a running mean of a network's weights, which reads better than any single step's."""

from __future__ import annotations

import torch

from engine.nn.network import Weights
from engine.nn.protocols import TrainableNetwork


class WeightAverage:
    """An exponential moving average of parameters, equal to a plain mean at its beginning.

    B. Polyak and A. Juditsky, "Acceleration of stochastic approximation by averaging", 1992.
    """

    def __init__(self, network: TrainableNetwork, decay: float = 0.999) -> None:
        self._network = network
        self._decay = decay
        self._steps = 0
        self._averages = {name: p.detach().clone() for name, p in network.named_parameters().items()}

    @torch.no_grad()
    def update(self) -> None:
        """Take in the present parameters."""
        self._steps += 1
        share = max(1 - self._decay, 1 / (self._steps + 1))
        for name, parameter in self._network.named_parameters().items():
            self._averages[name].lerp_(parameter, share)

    def snapshot(self) -> Weights:
        """A copy of the averages on the CPU."""
        return {name: average.contiguous().to("cpu", copy=True) for name, average in self._averages.items()}
