"""Top-activating units: the hidden units that a drawing excites most, and what each of them looks for.

Behind the first layer a unit sees the pixels through others. Its image then takes each of those by its slope
at the drawing: silent units are left out, as they are in the network. That is exact for small changes of the
drawing, where `engine.explain.weight_images` shows what holds for no drawing in particular.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.digits import Standardisation
from engine.explain.explanation import gradient_at_drawing
from engine.nn.network import Network
from engine.preprocessing.normaliser import SIDE


@dataclass(frozen=True, slots=True)
class TopUnit:
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
def top_units(
    network: Network, standardise: Standardisation, vector: NDArray[np.float32], count: int
) -> list[TopUnit]:
    """The units of the last hidden layer, the one with the largest activation first.

    Args:
        network: On the CPU.
        standardise: Of its inputs.
        vector: (784,) float32, 0 background to 1 ink.
        count: At most so many.

    Returns:
        At most `count` units; none for a network without hidden layers.

    Raises:
        TypeError: There is a layer whose derivative is not known.
    """
    path = _path(network, standardise, vector)
    if len(path) == 1:
        return []
    return _look(network, path, path[-1][0].topk(min(count, path[-1].shape[1])).indices)


@torch.inference_mode()
def unit_at(
    network: Network, standardise: Standardisation, vector: NDArray[np.float32], unit: int
) -> TopUnit:
    """One unit of the last hidden layer, active or not; arguments and errors as `top_units`.

    Raises:
        IndexError: There is no such unit.
    """
    path = _path(network, standardise, vector)
    if len(path) == 1 or not 0 <= unit < path[-1].shape[1]:
        raise IndexError(f"there is no unit {unit}")
    return _look(network, path, torch.tensor([unit]))[0]


def _path(network: Network, standardise: Standardisation, vector: NDArray[np.float32]) -> list[Tensor]:
    """What goes into the network and comes out of each layer but the last, (1, units) each."""
    path = [standardise(torch.from_numpy(vector))[None]]
    for layer in network.layers[:-1]:
        path.append(layer(path[-1]))
    return path


def _look(network: Network, path: list[Tensor], chosen: Tensor) -> list[TopUnit]:
    # The unit's own bend is not part of what it looks for: from what goes into its activation, backwards.
    layers = network.layers[: len(path) - 2]
    back = torch.zeros(len(chosen), path[-1].shape[1])
    back[torch.arange(len(chosen)), chosen] = 1.0
    images = gradient_at_drawing(layers, path[:-1], back).reshape(-1, SIDE, SIDE).numpy()
    activations = path[-1][0, chosen].tolist()
    return [TopUnit(*each) for each in zip(chosen.tolist(), activations, images, strict=True)]
