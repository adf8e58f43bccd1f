"""The program of level 7 in fused steps: the same numbers up to rounding, in a few kernels a step."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.nn.network import Architecture, Weights
from engine.nn.registry import ACTIVATIONS
from engine.settings import TrainingSettings
from engine.training.stretches.fused import layers as fused
from engine.training.stretches.fused.moving import FusedMove
from engine.training.stretches.numbers import COLUMNS
from engine.training.stretches.program import Room


class FusedProgram:
    """Steps of networks that see the same digits. See `engine.training.stretches.program.Program`.

    Attributes:
        state: See there.
        average: See there; that of the first network.
        averages: (networks, parameters) float32, where averages are asked for.
    """

    def __init__(
        self, architecture: Architecture, parameters: Tensor, settings: TrainingSettings, precision: str
    ) -> None:
        """Before the first step.

        Args:
            architecture: Of each network.
            parameters: (networks, parameters) float32 in one piece; of each network, each layer's weights
                and then its bias.
            settings: Of the optimisers, which differ in their rates alone.
            precision: One of `engine.training.stretches.fused.PRECISIONS`.
        """
        self._architecture, self._precision = architecture, precision
        self._parameters = parameters
        self._known = fused.KnownActivation.of(ACTIVATIONS[architecture.activation].layer_class())
        self._move = FusedMove(parameters, settings)
        self._layers: dict[int, list[fused.FusedLayer]] = {}
        self.state = self._move.state
        self.averages = self._move.averages
        self.average = None if self.averages is None else BlockAverage(architecture, self.averages[0])

    def build(self, rows: int) -> None:
        """Take a step on empty digits and forget it, so that all kernels are built that a step needs."""
        before = [tensor.clone() for tensor in self.state]
        inputs = self._parameters.new_zeros(rows, self._architecture.sizes[0])
        targets = torch.zeros(rows, dtype=torch.int64, device=inputs.device)
        numbers = inputs.new_ones(len(self._parameters), COLUMNS)
        self.step(inputs, targets, numbers, self.room(rows, inputs))
        for tensor, value in zip(self.state, before, strict=True):
            tensor.copy_(value)

    def room(self, digits: int, like: Tensor) -> Room:
        """(digits, networks) losses, and (digits, networks) int32 1 for what was read correctly."""
        losses = like.new_zeros(len(self._parameters), digits)
        return losses.T, torch.zeros_like(losses, dtype=torch.int32).T

    @torch.no_grad()
    def step(self, inputs: Tensor, targets: Tensor, numbers: Tensor, room: Room) -> None:
        """Forward, backward, and against the gradient."""
        rows = len(targets)
        layers = self._layers.get(rows)
        if layers is None:
            sizes, device = self._architecture.sizes, inputs.device
            layers = self._layers[rows] = fused.layers_of(sizes, rows, len(self._parameters), device)
        parameters, known, precision = self._parameters, self._known, self._precision
        values, stride = inputs, 0  # all networks see the same
        for layer in layers[:-1]:
            fused.forward(layer, values, stride, parameters, known, precision)
            values, stride = layer.outputs, layer.stride
        before = layers[-2] if len(layers) > 1 else None
        losses, are_right = room
        tally = (losses, are_right, losses.stride(1) if len(parameters) > 1 else 0)
        fused.head(layers[-1], before, values, stride, parameters, targets, tally, known, precision)
        for layer, its_before in zip(layers[-2:0:-1], layers[-3::-1], strict=True):
            fused.backward(layer, its_before, parameters, known, precision)
        self._move(layers, inputs, 0, numbers, precision)

    def tally(self, room: Room, _targets: Tensor) -> tuple[Tensor, Tensor]:
        """See `engine.training.stretches.program.Program`."""
        losses, are_right = room
        return losses.T, are_right.T


class BlockAverage:
    """Averages of a network's parameters beside each other in memory."""

    def __init__(self, architecture: Architecture, values: Tensor) -> None:
        self._architecture, self._values = architecture, values

    def snapshot(self) -> Weights:
        """A copy on the CPU, each parameter in memory of its own."""
        values = self._values.cpu()
        copies: dict[str, Tensor] = {}
        first = 0
        for name, shape in self._architecture.shapes().items():
            last = first + torch.Size(shape).numel()
            copies[name] = values[first:last].view(shape).clone()
            first = last
        return copies
