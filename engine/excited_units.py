"""Excited units: the hidden units that a drawing excites most, and what each of them looks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.digits import Standardisation
from engine.explanation import gradient_at_drawing
from engine.layers import Linear
from engine.network import Network
from engine.normaliser import SIDE


@dataclass(frozen=True, slots=True)
class ExcitedUnit:
    """A unit of the last hidden layer.

    Attributes:
        unit: Its number, counted from 0.
        activation: What it put out for the drawing.
        image: (28, 28) float32, the weights with which it looks at the pixels of this drawing.
    """

    unit: int
    activation: float
    image: NDArray[np.float32]


@torch.inference_mode()
def excited_units(
    network: Network, standardise: Standardisation, vector: NDArray[np.float32], count: int
) -> list[ExcitedUnit]:
    """The units of the last hidden layer, the one with the largest activation first.

    Behind the first layer a unit sees the pixels through others. Its image then takes each of those by its
    slope at this drawing: silent units are left out, as they are in the network. That is exact for small
    changes of the drawing, where `engine.unit_images` shows what holds for no drawing in particular.

    Args:
        network: On the CPU.
        standardise: Of its inputs.
        vector: (784,) float32, 0 paper to 1 ink.
        count: At most so many.

    Returns:
        At most `count` units; none for a network without hidden layers.

    Raises:
        TypeError: There is a layer whose derivative is not known.
    """
    *layers, _output = network.layers
    if not layers:
        return []
    path = [standardise(torch.from_numpy(vector))[None]]
    for layer in layers:
        path.append(layer(path[-1]))
    activations = path[-1][0]
    chosen = activations.topk(min(count, len(activations))).indices
    *layers, _activation = layers  # the unit's own bend is not part of what it looks for
    last = layers[-1]
    if not isinstance(last, Linear):
        raise TypeError("an activation stands behind a linear layer")
    images = gradient_at_drawing(layers[:-1], path[: len(layers)], last.weights.T[chosen])
    return [
        ExcitedUnit(unit, activation, image)
        for unit, activation, image in zip(
            chosen.tolist(), activations[chosen].tolist(), images.reshape(-1, SIDE, SIDE).numpy(), strict=True
        )
    ]
