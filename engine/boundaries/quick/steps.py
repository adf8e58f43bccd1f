"""Steps: a small network trained as level 7 trains it, by NumPy calls that are made ready once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.boundaries.quick.activations import quick_activation
from engine.boundaries.quick.calls import Call, Floats
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
        self._parts = (
            _layers(network.architecture.sizes, values, gradients),
            activation,
            quick_softmax(network.architecture.sizes[-1]),
        )
        self._batch = min(settings.batch_size, len(inputs))
        self._shuffle = Shuffle(len(inputs), settings.seed)
        self._inputs = np.hstack([inputs, np.ones_like(inputs[:, :1])])
        self._truth = self._parts[2].truth(labels)
        most = min(len(inputs), _AT_ONCE * self._batch)
        self._some_inputs, self._some_truth = self._inputs[:most].copy(), self._truth[:most].copy()
        self._programs: dict[int, Program] = {}
        self._calls: dict[tuple[int, int], list[Call]] = {}

    def epoch(self) -> Iterator[None]:
        """A step for each mini-batch, when the next is asked for."""
        order = self._shuffle.order().numpy()
        most = len(self._some_inputs)
        for first in range(0, len(order), most):
            chosen = order[first : first + most]
            # NumPy would write to a copy first, to leave all as it was if an index were wrong; none is.
            np.take(self._inputs, chosen, 0, self._some_inputs[: len(chosen)], "clip")
            np.take(self._truth, chosen, 0, self._some_truth[: len(chosen)], "clip")
            for start in range(0, len(chosen), self._batch):
                for call in self._calls_at(start, min(start + self._batch, len(chosen))):
                    call()
                yield

    def _calls_at(self, start: int, stop: int) -> list[Call]:
        """A step on these of the gathered points."""
        known = self._calls.get((start, stop))
        if known is None:
            program = self._programs.get(stop - start)
            if program is None:
                program = self._programs[stop - start] = Program(*self._parts, self.optimiser, stop - start)
            known = program.calls(self._some_inputs[start:stop], self._some_truth[start:stop])
            self._calls[start, stop] = known
        return known


def _layers(sizes: tuple[int, ...], values: Floats, gradients: Floats) -> list[QuickLayer]:
    """Views of the two blocks, where each layer has its weights and then its bias."""
    found, first = [], 0
    for inputs, outputs in zip(sizes, sizes[1:], strict=False):
        last = first + (inputs + 1) * outputs
        shape = inputs + 1, outputs
        found.append(QuickLayer(values[first:last].reshape(shape), gradients[first:last].reshape(shape)))
        first = last
    return found
