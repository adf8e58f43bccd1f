"""Optimisers: they see parameters and their gradients, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


class SGD:
    """Stochastic gradient descent with momentum and weight decay, equal to torch.optim.SGD.

    For each parameter ``p`` with gradient ``g``: ``g = g + weight_decay * p``, ``v = momentum * v + g``
    (``v = g`` at the first step), ``p = p - learning_rate * v``.

    Attributes:
        learning_rate: May be changed between steps, as a schedule does.
    """

    def __init__(
        self,
        parameters: Sequence[Tensor],
        learning_rate: float,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
    ) -> None:
        self.parameters = list(parameters)
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.weight_decay = weight_decay
        self._velocities: list[Tensor | None] = [None] * len(self.parameters)

    def zero_gradients(self) -> None:
        """Forget the gradients; the next backward pass starts from nothing."""
        for parameter in self.parameters:
            parameter.grad = None

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
                velocity = (
                    gradient.clone() if velocity is None else velocity.mul_(self.momentum).add_(gradient)
                )
                self._velocities[index] = velocity
                gradient = velocity
            parameter.add_(gradient, alpha=-self.learning_rate)
