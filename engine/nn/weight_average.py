"""Weight average: a running mean of a network's weights, which reads better than any single step's."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.nn.network import Weights
from engine.nn.protocols import TrainableNetwork

_DECAY = 0.999


def share_of(step: int, decay: float = _DECAY) -> float:
    """The share that the average gives to the parameters after a step, counted from 1."""
    return max(1 - decay, 1 / (step + 1))


class WeightAverage:
    """An exponential moving average of parameters, equal to a plain mean at its beginning.

    B. Polyak and A. Juditsky, "Acceleration of stochastic approximation by averaging", 1992.
    """

    def __init__(self, network: TrainableNetwork, decay: float = _DECAY) -> None:
        self._network = network
        self._decay = decay
        self._steps = 0
        self._averages = {name: p.detach().clone() for name, p in network.named_parameters().items()}

    @property
    def averages(self) -> list[Tensor]:
        """As they live, in the order of the parameters."""
        return list(self._averages.values())

    @torch.no_grad()
    def update(self, share: Tensor | None = None) -> None:
        """Take in the present parameters.

        Args:
            share: What they count for, () float32 on their device, for steps that are not counted here.
        """
        self._steps += 1
        share_now = share_of(self._steps, self._decay) if share is None else share
        for name, parameter in self._network.named_parameters().items():
            self._averages[name].lerp_(parameter, share_now)

    def snapshot(self) -> Weights:
        """A copy of the averages on the CPU."""
        return {name: average.contiguous().to("cpu", copy=True) for name, average in self._averages.items()}
