"""Networks of levels 1 to 6: what the lesson does not print, such as names of weights, copies and devices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

from engine.levels.network import Network, log_softmax
from engine.levels.shown import Shown, Source
from engine.nn import network as start
from engine.nn.activations import Activation
from engine.nn.network import Architecture, Weights
from engine.nn.registry import ACTIVATIONS
from engine.settings import TrainingSettings


class LevelNetwork:
    """A network as the lesson prints it, with what training asks of every network.

    Attributes:
        architecture: What was built.
        model: What is printed: called with (batch, sizes[0]) float32, it gives log-probabilities.
    """

    def __init__(
        self, architecture: Architecture, model: Any, linear: Sequence[tuple[Tensor, Tensor, bool]], seed: int
    ) -> None:
        """Start from the random weights that all levels start from.

        Args:
            architecture: What was built.
            model: See above.
            linear: Weights and bias of each linear layer, and whether the weights are (outputs, inputs).
            seed: Of the weights.
        """
        self.architecture = architecture
        self.model = model
        self._parameters: dict[str, tuple[Tensor, bool]] = {}
        for index, (weights, bias, is_transposed) in enumerate(linear):
            self._parameters[f"{index}.weights"] = (weights, is_transposed)
            self._parameters[f"{index}.bias"] = (bias, False)
        self.load(start.Network(architecture, seed).snapshot())

    def log_probabilities(self, inputs: Tensor) -> Tensor:
        """(batch, sizes[0]) float32 to logarithms of probabilities, (batch, sizes[-1]) float32."""
        outputs: Tensor = self.model(inputs)
        return outputs

    def named_parameters(self) -> dict[str, Tensor]:
        """The live parameters; where weights are (outputs, inputs), views of them."""
        return {name: _turned(*parameter) for name, parameter in self._parameters.items()}

    def parameters(self) -> Sequence[Tensor]:
        """As the network itself has them."""
        return list(self.model.parameters())

    def gradients(self) -> Weights:
        """Copies of the gradients on the CPU."""
        return {
            name: _turned(parameter.grad, is_transposed).contiguous().to("cpu", copy=True)
            for name, (parameter, is_transposed) in self._parameters.items()
            if parameter.grad is not None
        }

    def snapshot(self) -> Weights:
        """Copies of the parameters on the CPU."""
        return {
            name: parameter.detach().contiguous().to("cpu", copy=True)
            for name, parameter in self.named_parameters().items()
        }

    @torch.no_grad()
    def load(self, weights: Weights) -> None:
        """Put copies of `weights` in place of the present ones.

        Raises:
            ValueError: Names or shapes do not fit; nothing is changed then.
        """
        self.architecture.check_fit(weights)
        for name, parameter in self.named_parameters().items():
            parameter.copy_(weights[name])


def _turned(tensor: Tensor, is_transposed: bool) -> Tensor:
    return tensor.T if is_transposed else tensor


@dataclass(frozen=True, slots=True)
class OwnNetworkPart:
    """Layers of our own.

    Attributes:
        linear: Class of the linear layers, made of the numbers of inputs and outputs.
        activations: Those that are printed: classes by their names in the registry. Another one is used as
            it is in `engine.nn.activations`, or wherever else it was registered from.
        has_backward: Whether layers have a way back.
    """

    linear: Source
    activations: Mapping[str, Source]
    has_backward: bool = False

    def __call__(
        self, architecture: Architecture, seed: int = 0, device: torch.device | str = "cpu"
    ) -> LevelNetwork:
        """The network."""
        make = self.activations.get(architecture.activation)
        activation = ACTIVATIONS[architecture.activation].layer_class
        layers: list[Any] = []
        with torch.random.fork_rng(devices=[]):
            for inputs, outputs in pairwise(architecture.sizes):
                layers += [self.linear(inputs, outputs), make() if make else _Unprinted(activation())]
        linear = layers[::2]
        for layer in linear:
            layer.weights, layer.bias = _moved(layer.weights, device), _moved(layer.bias, device)
        parameters = [(layer.weights, layer.bias, False) for layer in linear]
        return LevelNetwork(architecture, Network(layers[:-1]), parameters, seed)

    def shown(self, settings: TrainingSettings) -> tuple[Shown, ...]:
        """Layers, and what puts them together."""
        return (self.linear, *(self._activation(settings) if settings.hidden else ()), log_softmax, Network)

    def _activation(self, settings: TrainingSettings) -> tuple[Shown, ...]:
        printed = self.activations.get(settings.activation)
        if printed is not None:
            return (printed,)
        activation = ACTIVATIONS[settings.activation].layer_class
        return (activation.__call__, *((activation.derivative,) if self.has_backward else ()))


def _moved(parameter: Tensor, device: torch.device | str) -> Tensor:
    return parameter.detach().to(device).requires_grad_(parameter.requires_grad)


class _Unprinted:
    """An activation that has no printed form, in the place of one that has."""

    def __init__(self, activation: Activation) -> None:
        self._activation = activation

    def forward(self, inputs: Tensor) -> Tensor:
        self._outputs = self._activation(inputs)
        return self._outputs

    def backward(self, gradient: Tensor) -> Tensor:
        return gradient * self._activation.derivative(self._outputs)
