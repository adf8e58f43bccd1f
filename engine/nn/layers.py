"""Layers: small objects that are called like functions and hold their parameters.

From PyTorch come tensors, element-wise operations, the matrix product, and automatic differentiation;
`engine.nn.backward` has the derivatives, for whoever does without the last of these.
"""

from __future__ import annotations

import math
from typing import Protocol

import torch
from torch import Tensor

from engine.nn.matmul import Product, tensor_product


class Layer(Protocol):
    """What a network is stacked from."""

    def __call__(self, inputs: Tensor) -> Tensor:
        """(batch, inputs) float32 to (batch, outputs) float32."""
        ...

    def parameters(self) -> dict[str, Tensor]:
        """The tensors that training changes, by name; empty for a layer that has none."""
        ...


class Linear:
    """``inputs @ weights + bias``.

    Weights start normal with variance ``gain / inputs`` (K. He et al., 2015: gain 2 before a ReLU keeps the
    size of the signal from layer to layer), the bias starts at zero.

    Attributes:
        weights: (inputs, outputs) float32.
        bias: (outputs,) float32.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        generator: torch.Generator,
        device: torch.device | str = "cpu",
        gain: float = 2.0,
        product: Product = tensor_product,
    ) -> None:
        # Drawn on the generator's device (the CPU) and then moved: every device starts from the same numbers.
        start = torch.randn(inputs, outputs, generator=generator) * math.sqrt(gain / inputs)
        self.weights = start.to(device).requires_grad_()
        self.bias = torch.zeros(outputs, device=device, requires_grad=True)
        self._product = product

    @classmethod
    def of(
        cls,
        weights: Tensor,
        bias: Tensor,
        device: torch.device | str = "cpu",
        product: Product = tensor_product,
    ) -> Linear:
        """A layer that starts from copies of these parameters instead of random ones."""
        layer = cls.__new__(cls)
        layer.weights = weights.to(device, copy=True).requires_grad_()
        layer.bias = bias.to(device, copy=True).requires_grad_()
        layer._product = product
        return layer

    def __call__(self, inputs: Tensor) -> Tensor:
        """(batch, inputs) to (batch, outputs)."""
        return self._product(inputs, self.weights) + self.bias

    def parameters(self) -> dict[str, Tensor]:
        """Weights and bias."""
        return {"weights": self.weights, "bias": self.bias}


class _Activation:
    """A layer without parameters."""

    def parameters(self) -> dict[str, Tensor]:
        """None."""
        return {}

    def __repr__(self) -> str:
        """Such as ``ELU(alpha=0.5)``."""
        numbers = ", ".join(f"{name}={number:g}" for name, number in vars(self).items())
        return f"{type(self).__name__}({numbers})"


class ReLU(_Activation):
    """``max(x, 0)``: passes what is positive."""

    def __call__(self, inputs: Tensor) -> Tensor:
        """Element by element, shape kept."""
        # At exactly 0 nothing passes back, where clamp would pass all; large layers take 0.6 of clamp's time.
        return inputs * (inputs > 0)


class LeakyReLU(_Activation):
    """``x`` where positive, else ``slope * x``: a unit never falls quite silent."""

    def __init__(self, slope: float = 0.01) -> None:
        self.slope = slope

    def __call__(self, inputs: Tensor) -> Tensor:
        """Element by element, shape kept."""
        return torch.where(inputs > 0, inputs, self.slope * inputs)


class ELU(_Activation):
    """``x`` where positive, else ``alpha * (exp(x) - 1)``: smooth, with a floor at ``-alpha``."""

    def __init__(self, alpha: float = 1.0) -> None:
        self.alpha = alpha

    def __call__(self, inputs: Tensor) -> Tensor:
        """Element by element, shape kept."""
        # exp must not overflow where its value is not used; else its gradient would be NaN. At exactly 0 the
        # gradient passes, where clamp's depends on the version of PyTorch.
        is_positive = inputs > 0
        below = torch.where(is_positive, 0.0, inputs)
        return torch.where(is_positive, inputs, self.alpha * torch.expm1(below))


class Tanh(_Activation):
    """``tanh(x)``: between -1 and 1, flat far from 0."""

    def __call__(self, inputs: Tensor) -> Tensor:
        """Element by element, shape kept."""
        return torch.tanh(inputs)


class Sigmoid(_Activation):
    """``1 / (1 + exp(-x))``: between 0 and 1, flat far from 0."""

    def __call__(self, inputs: Tensor) -> Tensor:
        """Element by element, shape kept."""
        return torch.sigmoid(inputs)


ACTIVATIONS: dict[str, type[ReLU | LeakyReLU | ELU | Tanh | Sigmoid]] = {
    "relu": ReLU,
    "leaky-relu": LeakyReLU,
    "elu": ELU,
    "tanh": Tanh,
    "sigmoid": Sigmoid,
}
"""The activations by the names that model files use; the last two only networks from elsewhere have."""
