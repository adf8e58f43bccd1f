"""Steps: a small network trained as level 7 trains it, by NumPy calls that are made ready once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.boundaries.quick.activations import quick_activation
from engine.boundaries.quick.calls import Floats
from engine.boundaries.quick.gathering import Gathering
from engine.boundaries.quick.optimisers import QuickOptimiser, quick_optimiser
from engine.boundaries.quick.program import Program, QuickLayer
from engine.boundaries.quick.softmax import quick_softmax
from engine.data.batches import Shuffle
from engine.nn.network import Network
from engine.nn.parameter_block import ParameterBlock
from engine.nn.registry import ACTIVATIONS
from engine.settings import TrainingSettings

# Mini-batches whose points are gathered together, each at a place of its own.
_AT_ONCE = 64
# Parameters, and numbers that the hidden layers put out for a mini-batch, together. Measured with one to
# eight layers: below, quick steps took 0.1 to 0.7 of level 7's time; from some 25,000 on those with ELU and
# Adam took 1.1 to 2.3 times as long, and those with ReLU and SGD came close.
_SMALL = 20_000


def quick_steps(
    network: Network, inputs: Floats, labels: NDArray[np.int64], settings: TrainingSettings
) -> QuickSteps | None:
    """Quick steps, where they are quicker than those of level 7; the arguments are those of `QuickSteps`."""
    units = sum(network.architecture.sizes[1:-1])
    parameters = sum(parameter.numel() for parameter in network.parameters())
    if parameters + units * min(settings.batch_size, len(inputs)) > _SMALL:
        return None
    try:
        return QuickSteps(network, inputs, labels, settings)
    except LookupError:
        return None


class QuickSteps:
    """Steps from the same start and in the same order as those of level 7.

    Attributes:
        optimiser: What moves the network.
    """

    def __init__(
        self, network: Network, inputs: Floats, labels: NDArray[np.int64], settings: TrainingSettings
    ) -> None:
        """Put the network's parameters into one block.

        Args:
            network: On the processor; its parameters will change.
            inputs: (points, features) float32.
            labels: (points,) int64.
            settings: How; a mini-batch takes all points if there are fewer.

        Raises:
            LookupError: Activation or optimiser have no quick form.
        """
        activation = quick_activation(ACTIVATIONS[settings.activation].layer_class())
        block = ParameterBlock(network)
        values, gradients = block.values.numpy(), block.gradients.numpy()
        optimiser = quick_optimiser(values, gradients, settings)
        if activation is None or optimiser is None:
            raise LookupError("no quick form of activation or optimiser")
        self.optimiser: QuickOptimiser = optimiser
        softmax = quick_softmax(network.architecture.sizes[-1])
        layers = _layers(network.architecture.sizes, values, gradients)
        self._shuffle = Shuffle(len(inputs), settings.seed)
        batch = min(settings.batch_size, len(inputs))
        told = np.hstack([inputs, np.ones_like(inputs[:, :1])])
        truth = softmax.truth(labels)
        self._rest = len(inputs) % batch
        self._gatherings = [
            Gathering(Program(layers, activation, softmax, optimiser, points), told, truth, points, batches)
            for points, batches in ((batch, min(len(inputs) // batch, _AT_ONCE)), (self._rest, 1))
            if points
        ]

    def epoch(self) -> Iterator[None]:
        """A step for each mini-batch, when the next is asked for."""
        order = self._shuffle.order().numpy()
        gathering, whole = self._gatherings[0], len(order) - self._rest
        for first in range(0, whole, gathering.most):
            yield from gathering.steps(order[first : min(first + gathering.most, whole)])
        if self._rest:
            yield from self._gatherings[1].steps(order[whole:])


def _layers(sizes: tuple[int, ...], values: Floats, gradients: Floats) -> list[QuickLayer]:
    """Views of the two blocks, where each layer has its weights and then its bias."""
    found, first = [], 0
    for inputs, outputs in pairwise(sizes):
        last = first + (inputs + 1) * outputs
        shape = inputs + 1, outputs
        found.append(QuickLayer(values[first:last].reshape(shape), gradients[first:last].reshape(shape)))
        first = last
    return found
