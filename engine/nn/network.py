"""The network: linear layers with an activation between, and copies of its weights that may leave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.errors import SettingsError
from engine.nn.layers import Layer, Linear
from engine.nn.losses import log_softmax
from engine.nn.matmul import Product, tensor_product
from engine.nn.registry import ACTIVATIONS

Weights = Mapping[str, Tensor]
"""Copies of a network's parameters by name (``0.weights``, ``0.bias``, ``1.weights``, ...): float32, on
the CPU."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """What a network is, without its weights.

    Attributes:
        sizes: Inputs, hidden sizes (none for logistic regression), outputs: ``(784, 100, 10)``.
        activation: A name in `engine.nn.registry.ACTIVATIONS`.
    """

    sizes: tuple[int, ...]
    activation: str = "relu"

    def __post_init__(self) -> None:
        if len(self.sizes) < 2 or any(size < 1 for size in self.sizes):
            raise SettingsError("hidden", "A network needs at least one unit in every layer.")
        if self.activation not in ACTIVATIONS:
            raise SettingsError(
                "activation",
                f"Unknown activation “{self.activation}”: choose one of {', '.join(ACTIVATIONS)}.",
            )

    def describe(self) -> str:
        """The sizes joined by dashes: ``784-100-10``."""
        return "-".join(map(str, self.sizes))

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of every parameter by name."""
        shapes: dict[str, tuple[int, ...]] = {}
        for index, (inputs, outputs) in enumerate(zip(self.sizes, self.sizes[1:], strict=False)):
            shapes[f"{index}.weights"] = (inputs, outputs)
            shapes[f"{index}.bias"] = (outputs,)
        return shapes

    def check_fit(self, weights: Weights) -> None:
        """Do nothing if `weights` are those of such a network.

        Raises:
            ValueError: Names or shapes do not fit.
        """
        if {name: tuple(tensor.shape) for name, tensor in weights.items()} != self.shapes():
            raise ValueError(f"these weights are not those of a {self.describe()} network")


class Network:
    """A stack of layers, called like a function.

    Attributes:
        architecture: What was built.
        layers: Linear, activation, linear, ..., linear.
        device: Where the parameters live.
    """

    def __init__(
        self,
        architecture: Architecture,
        seed: int = 0,
        device: torch.device | str = "cpu",
        product: Product = tensor_product,
        start: Weights | None = None,
    ) -> None:
        """Build the layers.

        Args:
            architecture: What to build.
            seed: Of the random start.
            device: Where the parameters live.
            product: That linear layers multiply with.
            start: Weights to start from, which are copied, instead of random ones.

        Raises:
            ValueError: Names or shapes of `start` do not fit.
        """
        if start is not None:
            architecture.check_fit(start)
        generator = torch.Generator().manual_seed(seed)
        activation = ACTIVATIONS[architecture.activation].layer_class
        self.architecture = architecture
        self.device = torch.device(device)
        self.layers: list[Layer] = []
        last = len(architecture.sizes) - 2
        for index, (inputs, outputs) in enumerate(
            zip(architecture.sizes, architecture.sizes[1:], strict=False)
        ):
            if start is None:
                # The last layer feeds a softmax and no ReLU: half the variance.
                gain = 1.0 if index == last else 2.0
                self.layers.append(Linear(inputs, outputs, generator, device, gain, product))
            else:
                weights, bias = start[f"{index}.weights"], start[f"{index}.bias"]
                self.layers.append(Linear.of(weights, bias, device, product))
            if index != last:
                self.layers.append(activation())

    def __call__(self, inputs: Tensor) -> Tensor:
        """(batch, sizes[0]) float32 to logits, (batch, sizes[-1]) float32."""
        for layer in self.layers:
            inputs = layer(inputs)
        return inputs

    def log_probabilities(self, inputs: Tensor) -> Tensor:
        """(batch, sizes[0]) float32 to logarithms of probabilities, (batch, sizes[-1]) float32."""
        return log_softmax(self(inputs))

    def named_parameters(self) -> dict[str, Tensor]:
        """The live parameters by the names of `Weights`."""
        with_parameters = [layer for layer in self.layers if layer.parameters()]
        return {
            f"{index}.{name}": parameter
            for index, layer in enumerate(with_parameters)
            for name, parameter in layer.parameters().items()
        }

    def parameters(self) -> list[Tensor]:
        """The live parameters, first layer first."""
        return list(self.named_parameters().values())

    def gradients(self) -> Weights:
        """Copies of the gradients on the CPU by the names of the parameters; those that have one."""
        return {
            name: parameter.grad.to("cpu", copy=True)
            for name, parameter in self.named_parameters().items()
            if parameter.grad is not None
        }

    def snapshot(self) -> Weights:
        """A copy of all parameters on the CPU that later training does not touch."""
        return {
            name: parameter.detach().to("cpu", copy=True)
            for name, parameter in self.named_parameters().items()
        }

    def load(self, weights: Weights) -> None:
        """Put copies of `weights` in place of the present ones.

        Raises:
            ValueError: Names or shapes do not fit; nothing is changed then.
        """
        self.architecture.check_fit(weights)
        with torch.no_grad():
            for name, parameter in self.named_parameters().items():
                parameter.copy_(weights[name])

    @classmethod
    def from_weights(
        cls, architecture: Architecture, weights: Weights, device: torch.device | str = "cpu"
    ) -> Network:
        """A network with given weights."""
        return cls(architecture, device=device, start=weights)
