"""Layers: small objects that are called like functions and hold their parameters.

From PyTorch come tensors, element-wise operations, the matrix product, and automatic differentiation;
`engine.nn.backward` has the derivatives, for whoever does without the last of these. Layers without
parameters are in `engine.nn.activations`.
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

    def __repr__(self) -> str:
        """Inputs and outputs: ``Linear(784, 100)``."""
        inputs, outputs = self.weights.shape
        return f"Linear({inputs}, {outputs})"
