"""Weight images: what each unit looks for, as a picture of its weights, and which units are used most."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.nn.network import Architecture, Network, Weights
from engine.preprocessing.normaliser import SIDE


def layer_count(weights: Weights) -> int:
    """Linear layers of a network with these weights."""
    return sum(name.endswith(".weights") for name in weights)


def unit_images(weights: Weights, layer: int = 0, units: Tensor | None = None) -> Tensor:
    """The weights with which each unit of a layer looks at the pixels.

    Exact for the first layer; for later ones the layers before it are multiplied together as if no activation
    stood between them, which shows the direction but not the bends.

    Args:
        weights: Of a network of 784 inputs.
        layer: Counted from 0.
        units: Which ones, in which order, (units,) int64; all if None.

    Returns:
        (units, 28, 28) float32.

    Raises:
        KeyError: There is no such layer.
    """
    *before, last = (weights[f"{index}.weights"] for index in range(layer + 1))
    product = last if units is None else last[:, units]
    for earlier in reversed(before):  # from the few units asked for back to the pixels
        product = earlier @ product
    return product.T.reshape(-1, SIDE, SIDE)


@torch.no_grad()
def most_used(architecture: Architecture, weights: Weights, inputs: Tensor, layer: int = 0) -> Tensor:
    """The units of a layer, the one that the next layer hears most of first.

    A unit's use is its mean size over `inputs` times the length of its weights into the next layer. Units of
    the last layer stand for the digits and keep their order.

    Args:
        architecture: Of the network.
        weights: Of the network.
        inputs: (digits, 784) float32, standardised.
        layer: Counted from 0.

    Returns:
        (units,) int64.
    """
    if layer == layer_count(weights) - 1:
        return torch.arange(architecture.sizes[-1])
    network = Network.from_weights(architecture, weights)
    for part in network.layers[: 2 * layer + 2]:  # a linear layer and its activation each
        inputs = part(inputs)
    use = inputs.abs().mean(dim=0) * weights[f"{layer + 1}.weights"].norm(dim=1)
    return torch.argsort(use, descending=True, stable=True)
