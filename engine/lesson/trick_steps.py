"""Trick steps: a training step with the first trick, with the first two, and so on up to level 7."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import Tensor

from engine.levels import gradients, loop, optimisers
from engine.levels.levels import IN_PLACE, OWN_GRADIENTS
from engine.nn.backward import BufferedLayer, CrossEntropyBackward, buffered_layers
from engine.nn.matmul_backend import usual_backend
from engine.nn.network import Architecture, Network
from engine.nn.optimisers import SGD
from engine.nn.parameter_block import ParameterBlock
from engine.settings import TrainingSettings
from engine.training.quick.calls import Call
from engine.training.quick.steps import QuickNetwork

Step = Callable[[Tensor, Tensor], Tensor]
"""Takes a step on (batch, 784) float32 inputs and (batch,) int64 targets; gives the logits before it, or
log-probabilities, (batch, 10) float32, which are good until the next step."""


@dataclass(frozen=True, slots=True)
class Trick:
    """A row on the way from level 6 to level 7; it has the tricks of all rows above it, too.

    Attributes:
        name: Of its text.
        title: What to call it in front of a user.
        make_step: From an architecture and settings to a step.
        prepares_ahead: Whether mini-batches are prepared several at a time.
        keeps_no_record: Whether PyTorch is told that nothing will be differentiated.
    """

    name: str
    title: str
    make_step: Callable[[Architecture, TrainingSettings], Step]
    prepares_ahead: bool = False
    keeps_no_record: bool = False


def _printed(architecture: Architecture, settings: TrainingSettings) -> Step:
    stepping = OWN_GRADIENTS.make_stepping(OWN_GRADIENTS.make_network(architecture, settings.seed), settings)
    return lambda inputs, targets: stepping.step(inputs, targets).logits


class _FirstLinear(gradients.Linear):
    """A printed layer that passes nothing back."""

    def __init__(self, layer: gradients.Linear) -> None:
        self.weights, self.bias = layer.weights, layer.bias

    def backward(self, gradient: Tensor) -> Tensor:
        """Only what is needed."""
        for parameter, new in ((self.weights, self.inputs.T @ gradient), (self.bias, gradient.sum(dim=0))):
            assert parameter.grad is not None  # zeroed before
            parameter.grad += new
        return gradient


def _printed_without(has_loss: bool, architecture: Architecture, settings: TrainingSettings) -> Step:
    """Level 6 without the gradient for the pixels, and without the loss, too."""
    network = OWN_GRADIENTS.make_network(architecture, settings.seed).model
    network.layers[0] = _FirstLinear(network.layers[0])
    optimiser = optimisers.SGDWithMomentum(network.parameters(), settings.learning_rate, settings.momentum)

    def step(inputs: Tensor, targets: Tensor) -> Tensor:
        if has_loss:
            log_probabilities, _loss = gradients.step(network, optimiser, inputs, targets)
        else:
            loop.zero_gradients(network.parameters())
            log_probabilities = network(inputs)
            gradients.backward(network, log_probabilities, targets)
            optimiser.step()
        found: Tensor = log_probabilities
        return found

    return step


class _BufferedStep:
    """Layers that write into memory that is made once, with the library that PyTorch asks by itself."""

    def __init__(
        self,
        has_block: bool,
        has_momentum_inside: bool,
        architecture: Architecture,
        settings: TrainingSettings,
    ) -> None:
        self._network = Network(architecture, settings.seed)
        parameters: list[Tensor] = self._network.parameters()
        if has_block:
            block = ParameterBlock(self._network)
            block.values.grad = block.gradients
            parameters = [block.values]
        else:
            for parameter in parameters:
                parameter.grad = torch.zeros_like(parameter)
        self._inside = settings.momentum if has_momentum_inside else 0.0
        outside = 0.0 if has_momentum_inside else settings.momentum
        self._optimiser = SGD(parameters, settings.learning_rate, outside)
        self._layers: list[BufferedLayer] = []

    def __call__(self, inputs: Tensor, targets: Tensor) -> Tensor:
        if not self._layers:  # all mini-batches are of one length
            self._layers = buffered_layers(self._network.layers, len(targets), self._inside, usual_backend)
            self._cross_entropy = CrossEntropyBackward(self._layers[-1])
        layers, logits = self._layers, inputs
        for layer in layers:
            logits = layer.forward(logits)
        self._cross_entropy.backward(logits, targets)
        for layer, before in zip(reversed(layers), reversed(layers[:-1]), strict=False):
            layer.backward(before.outputs, before.gradient)
        layers[0].backward(inputs, None)
        self._optimiser.step()
        return logits


def _in_place(architecture: Architecture, settings: TrainingSettings) -> Step:
    network = IN_PLACE.make_network(architecture, settings.seed)
    stepping = IN_PLACE.make_stepping(network, settings, keeps_gradients=False)
    return lambda inputs, targets: stepping.step(inputs, targets).logits


class _QuickStep:
    """The calls that level 7 runs on a processor; inputs and targets are copied to where they look."""

    def __init__(self, quick: QuickNetwork) -> None:
        self._quick = quick
        self._calls: list[Call] = []

    def __call__(self, inputs: Tensor, targets: Tensor) -> Tensor:
        if not self._calls:  # all mini-batches are of one length
            program = self._quick.program(len(targets))
            self._room = np.ones((len(inputs), inputs.shape[1] + 1), np.float32)
            self._truth = np.ascontiguousarray(self._quick.softmax.truth(targets.numpy()).T)
            self._calls = program.calls(self._room, self._truth)
            self._logits = torch.from_numpy(program.logits).T
        self._room[:, :-1] = inputs
        self._truth[:] = self._quick.softmax.truth(targets.numpy()).T
        for call in self._calls:
            call()
        return self._logits


def _quick(architecture: Architecture, settings: TrainingSettings) -> Step:
    """The step before it, where the activation has no quick form."""
    try:
        quick = QuickNetwork(IN_PLACE.make_network(architecture, settings.seed), settings)
    except LookupError:
        return _in_place(architecture, settings)
    return _QuickStep(quick)


_BUFFERS = partial(_BufferedStep, False, False)
_BLOCK = partial(_BufferedStep, True, False)
_MOMENTUM = partial(_BufferedStep, True, True)

TRICKS = (
    Trick("printed", "Level 6, as printed", _printed),
    Trick("pixels", "No gradient for the pixels", partial(_printed_without, True)),
    Trick("loss", "No loss until somebody asks", partial(_printed_without, False)),
    Trick("buffers", "Buffers made once", _BUFFERS),
    Trick("block", "All parameters in one block", _BLOCK),
    Trick("momentum", "Momentum inside the product", _MOMENTUM),
    Trick("ahead", "Mini-batches prepared ahead", _MOMENTUM, prepares_ahead=True),
    Trick("record", "No record of operations", _MOMENTUM, prepares_ahead=True, keeps_no_record=True),
    Trick("library", "The faster of two libraries", _in_place, prepares_ahead=True, keeps_no_record=True),
    Trick("calls", "Calls made ready once", _quick, prepares_ahead=True, keeps_no_record=True),
)
"""All rows, from level 6 to level 7."""
