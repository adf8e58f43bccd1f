"""Steps: a network trained as level 7 trains it, by calls that are made ready once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.data.mini_batches.batches import Shuffle
from engine.nn.network import Network
from engine.nn.parameter_block import ParameterBlock
from engine.nn.registry import ACTIVATIONS
from engine.settings import TrainingSettings
from engine.training.quick.activations import quick_activation
from engine.training.quick.calls import Floats
from engine.training.quick.gathering import Gathering
from engine.training.quick.optimisers import QuickOptimiser, quick_optimiser
from engine.training.quick.program import Program, QuickLayer
from engine.training.quick.softmax import quick_softmax
from engine.training.quick.sources import Source


class QuickNetwork:
    """A network whose parameters lie in one block, and what moves it.

    Attributes:
        optimiser: What moves it.
        softmax: After its last layer.
    """

    def __init__(self, network: Network, settings: TrainingSettings) -> None:
        """Put the parameters into the block.

        Args:
            network: On the processor; its parameters will change.
            settings: Of the training.

        Raises:
            LookupError: Activation or optimiser have no quick form.
        """
        activation = quick_activation(ACTIVATIONS[settings.activation].layer_class())
        block = ParameterBlock(network)
        values, gradients = block.values.numpy(), block.gradients.numpy()
        optimiser = quick_optimiser(values, gradients, settings)
        if activation is None or optimiser is None:
            raise LookupError("no quick form of activation or optimiser")
        self._activation = activation
        self._layers = _layers(network.architecture.sizes, values, gradients)
        self.optimiser: QuickOptimiser = optimiser
        self.softmax = quick_softmax(network.architecture.sizes[-1])

    def program(self, points: int) -> Program:
        """Steps on mini-batches of so many points."""
        return Program(self._layers, self._activation, self.softmax, self.optimiser, points)


class QuickSteps:
    """Steps from the same start and in the same order as those of level 7.

    Attributes:
        optimiser: What moves the network.
    """

    def __init__(
        self, network: Network, source: Source, labels: NDArray[np.int64], settings: TrainingSettings
    ) -> None:
        """Put the network's parameters into one block.

        Args:
            network: On the processor; its parameters will change.
            source: Of the inputs.
            labels: (points,) int64.
            settings: How; a mini-batch takes all points if there are fewer.

        Raises:
            LookupError: Activation or optimiser have no quick form.
        """
        quick = QuickNetwork(network, settings)
        self.optimiser = quick.optimiser
        self._shuffle = Shuffle(len(source), settings.seed)
        batch = min(settings.batch_size, len(source))
        truth = quick.softmax.truth(labels)
        self._rest = len(source) % batch
        self._gatherings = [
            Gathering(quick.program(points), source, truth, points, batches)
            for points, batches in ((batch, source.at_once(batch)), (self._rest, 1))
            if points
        ]

    def order(self) -> NDArray[np.int64]:
        """Of the points of the next epoch, (points,) places."""
        order: NDArray[np.int64] = self._shuffle.order().numpy()
        return order

    def epoch(self, order: NDArray[np.int64] | None = None) -> Iterator[Floats]:
        """A step for each mini-batch, when the next is asked for.

        Args:
            order: From `order`; by default, it is asked for.

        Yields:
            (classes, points) float32: the logits before the step, up to a number that all of a point have in
            common. The next step writes over them.
        """
        order = self.order() if order is None else order
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
