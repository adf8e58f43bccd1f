"""The program of level 7 in fused steps: the same numbers up to rounding, in a few kernels a step."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.nn.network import Architecture, Weights
from engine.nn.registry import ACTIVATIONS
from engine.settings import TrainingSettings
from engine.training.stretches.fused import layers as fused
from engine.training.stretches.fused.moving import FusedMove
from engine.training.stretches.program import Room


class FusedProgram:
    """Steps of one network. See `engine.training.stretches.program.Program`.

    Attributes:
        state: See there.
        average: See there.
    """

    def __init__(
        self, architecture: Architecture, values: Tensor, settings: TrainingSettings, precision: str
    ) -> None:
        """Before the first step.

        Args:
            architecture: Of the network.
            values: Its parameters, (parameters,) float32, each layer's weights and then its bias.
            settings: Of its optimiser.
            precision: One of `engine.training.stretches.fused.PRECISIONS`.
        """
        self._architecture, self._precision = architecture, precision
        self._parameters = values[None]
        self._known = fused.KnownActivation.of(ACTIVATIONS[architecture.activation].layer_class())
        self._move = FusedMove(self._parameters, settings)
        self._layers: dict[int, list[fused.FusedLayer]] = {}
        self.state = self._move.state
        averages = self._move.averages
        self.average = None if averages is None else BlockAverage(architecture, averages[0])

    def room(self, digits: int, like: Tensor) -> Room:
        """(digits,) losses, and (digits,) int32 1 for what was read correctly."""
        return like.new_zeros(digits), torch.zeros(digits, dtype=torch.int32, device=like.device)

    @torch.no_grad()
    def step(self, inputs: Tensor, targets: Tensor, numbers: Tensor, room: Room) -> None:
        """Forward, backward, and against the gradient."""
        rows = len(targets)
        layers = self._layers.get(rows)
        if layers is None:
            sizes, device = self._architecture.sizes, inputs.device
            layers = self._layers[rows] = fused.layers_of(sizes, rows, 1, device)
        parameters, known, precision = self._parameters, self._known, self._precision
        values = inputs
        for layer in layers[:-1]:
            fused.forward(layer, values, 0, parameters, known, precision)
            values = layer.outputs
        before = layers[-2] if len(layers) > 1 else None
        losses, are_right = room
        fused.head(layers[-1], before, values, 0, parameters, targets, losses, are_right, 0, known, precision)
        for layer, its_before in zip(layers[-2:0:-1], layers[-3::-1], strict=True):
            fused.backward(layer, its_before, parameters, known, precision)
        self._move(layers, inputs, 0, numbers, precision)

    def tally(self, room: Room, _targets: Tensor) -> tuple[Tensor, Tensor]:
        """See `engine.training.stretches.program.Program`."""
        losses, are_right = room
        return losses, are_right


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
