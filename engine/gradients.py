"""Gradients: of the loss for every parameter, by automatic differentiation or by the chain rule."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from engine.losses import cross_entropy_derivative, log_softmax
from engine.network import Network
from engine.parts import Loss, TrainableNetwork


def zero_gradients(parameters: Sequence[Tensor]) -> None:
    """Forget the gradients; the next backward pass starts from nothing instead of adding to the last."""
    for parameter in parameters:
        parameter.grad = None


class AutomaticGradients:
    """PyTorch remembers every operation of the forward pass and differentiates it backwards."""

    def __init__(self, network: TrainableNetwork, loss: Loss) -> None:
        self._network = network
        self._loss = loss

    def __call__(self, inputs: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """Forward, loss, backward: loss () and log-probabilities (batch, classes), detached."""
        log_probabilities = self._network.log_probabilities(inputs)
        loss = self._loss(log_probabilities, targets)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.detach(), log_probabilities.detach()


class ChainRule:
    """The derivatives by hand: from the loss back through one layer after another."""

    def __init__(self, network: TrainableNetwork, loss: Loss) -> None:
        if not isinstance(network, Network):
            raise TypeError("the chain rule needs layers that know their derivatives")
        self._network = network
        self._loss = loss

    @torch.no_grad()
    def __call__(self, inputs: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """Forward, loss, backward: loss () and log-probabilities (batch, classes)."""
        entered = []
        for layer in self._network.layers:
            entered.append(inputs)
            inputs = layer(inputs)
        log_probabilities = log_softmax(inputs)
        loss = self._loss(log_probabilities, targets)
        gradient = cross_entropy_derivative(log_probabilities, targets)
        for index in reversed(range(len(entered))):
            layer = self._network.layers[index]
            layer.keep_gradients(entered[index], gradient)
            if index:  # what the images themselves would have to change is not asked for
                gradient = layer.backward(entered[index], gradient)
        return loss, log_probabilities
