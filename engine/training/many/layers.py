"""Layers of many networks: forward and backward for mini-batches of one length, in memory made once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from engine.nn.activations import Activation
from engine.nn.backward import BufferedActivation
from engine.nn.matmul_backend import backend_for


@dataclass(slots=True)
class LayerStack:
    """The parameters of one layer of all networks, stacked, so that a whole layer of all is one matrix.

    Attributes:
        weights: (networks, outputs, inputs) float32.
        bias: (networks, outputs, 1) float32.
        weights_gradient: As the weights; what the way back leaves for the optimiser, which may keep a
            velocity there.
        bias_gradient: As the bias.
    """

    weights: Tensor
    bias: Tensor
    weights_gradient: Tensor
    bias_gradient: Tensor

    @classmethod
    def zeros(cls, networks: int, inputs: int, outputs: int, device: torch.device | str) -> LayerStack:
        """All parameters and gradients 0."""
        weights = (torch.zeros(networks, outputs, inputs, device=device) for _ in range(2))
        bias = (torch.zeros(networks, outputs, 1, device=device) for _ in range(2))
        return cls(next(weights), next(bias), next(weights), next(bias))

    @property
    def pairs(self) -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]:
        """Weights and bias, each with its gradient."""
        return (self.weights, self.weights_gradient), (self.bias, self.bias_gradient)

    def keep(self, chosen: Tensor) -> None:
        """Go on with the networks at some places, (networks kept,) int64; free the memory of the others."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name)[chosen])


class _Layer:
    """One layer of all networks with its buffers.

    Attributes:
        outputs: (networks, outputs, batch) float32, written on the way forward.
        gradient: Of each network's loss for `outputs`; the next layer writes it on the way back.
    """

    def __init__(self, stack: LayerStack, batch: int, activation: Activation | None) -> None:
        networks, units = stack.weights.shape[:2]
        self._stack = stack
        # (networks, units, batch), in one piece for each network.
        self.outputs = stack.weights.new_empty(networks, units, batch)
        self.gradient = torch.empty_like(self.outputs)
        self._ones = stack.weights.new_ones(batch)
        self._activation = None if activation is None else BufferedActivation(activation, self)

    def _activate(self) -> Tensor:
        return self.outputs if self._activation is None else self._activation.forward(self.outputs)

    def _begin_backward(self, carried: float) -> None:
        """Through the activation, and to the bias."""
        if self._activation is not None:
            self._activation.backward(self.outputs, None)
        flat = self.gradient.flatten(0, 1)
        self._stack.bias_gradient.view(-1).addmv_(flat, self._ones, beta=carried)


class FirstLayer(_Layer):
    """The layer that sees the digits. Networks of one band see the same, and share one product."""

    def __init__(
        self, stack: LayerStack, batch: int, activation: Activation | None, bands: Sequence[slice]
    ) -> None:
        """Allocate.

        Args:
            stack: The parameters.
            batch: Digits in a mini-batch.
            activation: After the layer; None for none.
            bands: Places of the networks that see the same digits.
        """
        super().__init__(stack, batch, activation)
        flat = [
            each.flatten(0, 1)
            for each in (stack.weights, stack.bias, stack.weights_gradient, self.outputs, self.gradient)
        ]
        units, inputs = stack.weights.shape[1:]
        self._bands = []
        for band in bands:
            rows = slice(band.start * units, band.stop * units)
            backend = backend_for(rows.stop - rows.start, inputs, batch, stack.weights.device)
            self._bands.append(_Band(backend, *(each[rows] for each in flat)))

    def forward(self, digits: Sequence[Tensor]) -> Tensor:
        """A mini-batch for each band, (batch, inputs) float32, to `outputs`."""
        for band, inputs in zip(self._bands, digits, strict=True):
            with band.backend:
                torch.addmm(band.bias, band.weights, inputs.T, out=band.outputs)
        return self._activate()

    def backward(self, digits: Sequence[Tensor], carried: float) -> None:
        """Write the gradients of the parameters.

        Args:
            digits: As `forward` had them.
            carried: Share of what is there already that the gradients are added to.
        """
        self._begin_backward(carried)
        for band, inputs in zip(self._bands, digits, strict=True):
            with band.backend:
                band.weights_gradient.addmm_(band.gradient, inputs, beta=carried)


@dataclass(frozen=True, slots=True)
class _Band:
    """The rows of networks that see the same digits: as many as their units, views of all networks'."""

    backend: AbstractContextManager[None]
    weights: Tensor
    bias: Tensor
    weights_gradient: Tensor
    outputs: Tensor
    gradient: Tensor


class InnerLayer(_Layer):
    """A layer whose inputs are the outputs of the one before."""

    def __init__(self, stack: LayerStack, batch: int, activation: Activation | None) -> None:
        """Allocate; the arguments are those of `FirstLayer`."""
        super().__init__(stack, batch, activation)
        networks, units, inputs = stack.weights.shape
        # The products of all networks together, which is what one operation computes.
        self._backend = backend_for(networks * units, inputs, batch, stack.weights.device)

    def forward(self, values: Tensor) -> Tensor:
        """(networks, inputs, batch) to `outputs`."""
        with self._backend:
            torch.baddbmm(self._stack.bias, self._stack.weights, values, out=self.outputs)
        return self._activate()

    def backward(self, values: Tensor, values_gradient: Tensor, carried: float) -> None:
        """Write the gradients of the parameters, and that of `values` to `values_gradient`."""
        self._begin_backward(carried)
        with self._backend:
            self._stack.weights_gradient.baddbmm_(self.gradient, values.mT, beta=carried)
            torch.bmm(self._stack.weights.mT, self.gradient, out=values_gradient)
