"""Optimisers: they see parameters and their gradients, nothing else. `engine.nn.registry` lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Tensor


class OwnOptimiser(Protocol):
    """How every optimiser here is made, besides what `engine.nn.protocols.Optimiser` asks of it."""

    parameters: list[Tensor]
    learning_rate: float

    def __init__(
        self, parameters: Sequence[Tensor], learning_rate: float, momentum: float, weight_decay: float
    ) -> None: ...

    def step(self) -> None:
        """Move each parameter against its gradient; one without a gradient stays."""
        ...


class SGD:
    """Stochastic gradient descent with momentum and weight decay, equal to torch.optim.SGD.

    For each parameter ``p`` with gradient ``g``: ``g = g + weight_decay * p``, ``v = momentum * v + g``
    (``v = g`` at the first step), ``p = p - learning_rate * v``.
    """

    def __init__(
        self,
        parameters: Sequence[Tensor],
        learning_rate: float,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
    ) -> None:
        self.parameters = list(parameters)
        self.momentum = momentum
        self.weight_decay = weight_decay
        self._velocities: list[Tensor | None] = [None] * len(self.parameters)
        # Beside the parameters: a step captured in a CUDA graph finds each new rate where the last one was.
        self._learning_rate = learning_rate
        self._rate = torch.tensor(learning_rate, device=self.parameters[0].device)

    @property
    def learning_rate(self) -> float:
        """May be changed between steps, as a schedule does."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        if rate != self._learning_rate:
            self._learning_rate = rate
            self._rate.fill_(rate)

    @torch.no_grad()
    def step(self) -> None:
        """Move each parameter against its gradient; one without a gradient stays."""
        for index, parameter in enumerate(self.parameters):
            gradient = parameter.grad
            if gradient is None:
                continue
            if self.weight_decay:
                gradient = gradient.add(parameter, alpha=self.weight_decay)
            if self.momentum:
                velocity = self._velocities[index]
                if velocity is None:
                    velocity = self._velocities[index] = gradient.clone()
                else:
                    torch.add(gradient, velocity, alpha=self.momentum, out=velocity)
                gradient = velocity
            parameter.addcmul_(gradient, self._rate, value=-1)


class Adam:
    """Steps of about one learning rate for every parameter, whatever the size of its gradients.

    D. Kingma and J. Ba, "Adam: a method for stochastic optimization", 2014; equal to torch.optim.Adam. For
    each parameter ``p`` with gradient ``g``: ``g = g + weight_decay * p``, the running means
    ``m = momentum * m + (1 - momentum) * g`` and ``s = decay * s + (1 - decay) * g²``, each divided by what
    is missing because it began at 0, and ``p = p - learning_rate * m / (sqrt(s) + epsilon)``.

    Attributes:
        learning_rate: May be changed between steps, as a schedule does.
    """

    def __init__(
        self,
        parameters: Sequence[Tensor],
        learning_rate: float,
        momentum: float = 0.9,
        weight_decay: float = 0.0,
        decay: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        self.parameters = list(parameters)
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.decay = decay
        self.epsilon = epsilon
        self._steps = 0
        self._means = [torch.zeros_like(parameter) for parameter in self.parameters]
        self._squares = [torch.zeros_like(parameter) for parameter in self.parameters]

    @torch.no_grad()
    def step(self) -> None:
        """Move each parameter against its gradient; one without a gradient stays."""
        self._steps += 1
        missing_mean = 1 - self.momentum**self._steps
        missing_square = 1 - self.decay**self._steps
        for parameter, mean, square in zip(self.parameters, self._means, self._squares, strict=True):
            gradient = parameter.grad
            if gradient is None:
                continue
            if self.weight_decay:
                gradient = gradient.add(parameter, alpha=self.weight_decay)
            mean.lerp_(gradient, 1 - self.momentum)
            square.mul_(self.decay).addcmul_(gradient, gradient, value=1 - self.decay)
            size = (square / missing_square).sqrt_().add_(self.epsilon)
            parameter.addcdiv_(mean, size, value=-self.learning_rate / missing_mean)
