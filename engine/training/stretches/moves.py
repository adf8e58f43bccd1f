"""Moves: the optimisers of `engine.nn.optimisers` with all that changes from step to step on the device."""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor

from engine.nn.optimisers import SGD, Adam
from engine.nn.registry import OPTIMISERS
from engine.settings import TrainingSettings
from engine.training.stretches.numbers import MISSING_MEAN, MISSING_SQUARE, RATE


class Move(Protocol):
    """Moves parameters."""

    @property
    def state(self) -> tuple[Tensor, ...]:
        """What it remembers."""
        ...

    def __call__(self, numbers: Tensor) -> None:
        """One step; `numbers` are those of the step, (COLUMNS,) float32 on the device."""
        ...


def move_of(values: Tensor, gradients: Tensor, settings: TrainingSettings, carried: float) -> Move | None:
    """The move that the settings ask for; None for an optimiser that is not known here.

    Args:
        values: All parameters, (parameters,) float32.
        gradients: The same shape.
        settings: Of the optimiser.
        carried: The momentum, if `gradients` hold the velocity already, else 0.
    """
    kind = OPTIMISERS[settings.optimiser].optimiser_class
    if kind is SGD:
        return _SGDMove(values, gradients, 0.0 if carried else settings.momentum, settings.weight_decay)
    if kind is Adam:
        return _AdamMove(values, gradients, settings.momentum, settings.weight_decay)
    return None


class _SGDMove:
    def __init__(self, values: Tensor, gradients: Tensor, momentum: float, weight_decay: float) -> None:
        self._values, self._gradients = values, gradients
        self._momentum, self._weight_decay = momentum, weight_decay
        self._velocity = torch.zeros_like(values)
        self.state = (self._velocity,)

    def __call__(self, numbers: Tensor) -> None:
        gradients = self._gradients
        if self._weight_decay:
            gradients = gradients.add(self._values, alpha=self._weight_decay)
        if self._momentum:
            gradients = torch.add(gradients, self._velocity, alpha=self._momentum, out=self._velocity)
        self._values.addcmul_(gradients, numbers[RATE], value=-1)


class _AdamMove:
    def __init__(self, values: Tensor, gradients: Tensor, momentum: float, weight_decay: float) -> None:
        usual = Adam([values], 0.0)
        self._decay, self._epsilon = usual.decay, usual.epsilon
        self._values, self._gradients = values, gradients
        self._momentum, self._weight_decay = momentum, weight_decay
        self._mean, self._square = torch.zeros_like(values), torch.zeros_like(values)
        self.state = (self._mean, self._square)

    def __call__(self, numbers: Tensor) -> None:
        gradients = self._gradients
        if self._weight_decay:
            gradients = gradients.add(self._values, alpha=self._weight_decay)
        self._mean.lerp_(gradients, 1 - self._momentum)
        self._square.mul_(self._decay).addcmul_(gradients, gradients, value=1 - self._decay)
        size = (self._square / numbers[MISSING_SQUARE]).sqrt_().add_(self._epsilon)
        rate = numbers[RATE] / numbers[MISSING_MEAN]
        self._values.addcmul_(self._mean / size, rate, value=-1)
