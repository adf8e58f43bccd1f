"""Flow excerpt: as much of a network at work as a picture has room for, the rest counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.data.classes import Classes
from engine.explain.network_flow import Connection, NetworkFlow, strongest_connections
from engine.explain.steady_units import SteadyUnits
from engine.preprocessing.normaliser import SIDE

MOST_ANSWERS = 10
"""Of more classes only the most probable ones are shown."""


@dataclass(frozen=True, slots=True)
class LayerExcerpt:
    """Some units of a layer.

    Attributes:
        units: Their numbers in the order of their places.
        outputs: What each of them puts out; of the last layer the logits.
        size: Units that the layer has.
        limit: The largest size of an output of the whole layer; 1 if all are 0.
    """

    units: tuple[int, ...]
    outputs: tuple[float, ...]
    size: int
    limit: float

    @property
    def rest_count(self) -> int:
        """Units that have no place."""
        return self.size - len(self.units)


@dataclass(frozen=True, slots=True)
class FlowExcerpt:
    """What a picture shows.

    Attributes:
        image: (28, 28) float32, the drawing, 0 background to 1 ink.
        layers: The hidden layers and the answers, in order.
        connections: Into each of these layers, the strongest first; those from the pixels in front.
        activation: A name in `engine.nn.registry.ACTIVATIONS`.
        probabilities: Of all classes.
        classes: That the network tells apart.
        unit: The unit whose connections alone are shown, as its layer, counted from the pixels, and number;
            None if the strongest of all are.
    """

    image: NDArray[np.float32]
    layers: tuple[LayerExcerpt, ...]
    connections: tuple[tuple[Connection, ...], ...]
    activation: str
    probabilities: tuple[float, ...]
    classes: Classes
    unit: tuple[int, int] | None

    @property
    def answer(self) -> int:
        """Place of the most probable class."""
        return max(range(len(self.probabilities)), key=self.probabilities.__getitem__)


class FlowExcerpts:
    """Takes one excerpt after another, in which units keep their places."""

    def __init__(self) -> None:
        self._steady: list[SteadyUnits] = []
        self._sizes: tuple[int, ...] = ()

    @torch.inference_mode()
    def take(
        self, flow: NetworkFlow, most_units: int, most_connections: int, unit: tuple[int, int] | None = None
    ) -> FlowExcerpt:
        """Choose what is shown.

        Args:
            flow: Of a drawing.
            most_units: Of each hidden layer at most so many are shown, the most active ones; of the answers
                at most `MOST_ANSWERS`.
            most_connections: Into each layer at most so many are shown, the strongest ones.
            unit: One whose connections alone are wanted, as its layer and number. It is always shown.
        """
        if self._sizes != flow.architecture.sizes:
            self._sizes = flow.architecture.sizes
            self._steady = [SteadyUnits() for _ in flow.sums]
        layers = []
        for layer, steady in enumerate(self._steady, 1):
            outputs = flow.outputs[layer]
            activity = outputs.abs()
            places = most_units
            if layer == flow.last_layer:
                places, activity = (MOST_ANSWERS, flow.probabilities)
            kept = unit[1] if unit is not None and unit[0] == layer else None
            chosen = steady.choose(activity, places, kept)
            limit = float(outputs.abs().max()) or 1.0
            layers.append(LayerExcerpt(chosen, tuple(outputs[list(chosen)].tolist()), len(outputs), limit))
        connections = []
        for layer in range(1, flow.last_layer + 1):
            sources = layers[layer - 2].units if layer > 1 else None
            targets = layers[layer - 1].units
            if unit is not None:
                if unit[0] == layer:
                    targets = (unit[1],)
                elif unit[0] == layer - 1:
                    sources = (unit[1],)
                else:
                    targets = ()
            connections.append(
                strongest_connections(flow, layer, sources, targets, most_connections) if targets else ()
            )
        return FlowExcerpt(
            flow.vector.reshape(SIDE, SIDE),
            tuple(layers),
            tuple(connections),
            flow.architecture.activation,
            tuple(flow.probabilities.tolist()),
            flow.classes,
            unit,
        )
