"""Folding: a network that takes pixels of 0 to 1 as they are, its standardisation moved into its first layer.

``((x - mean) / deviation) @ W + b`` is ``x @ (W / deviation) + (b - mean / deviation * W.sum(0))``.
"""

from __future__ import annotations

import torch
from torch import Tensor

from engine.models.model import Model


def folded_layers(model: Model) -> list[tuple[Tensor, Tensor]]:
    """Weights, (inputs, outputs) float32, and bias, (outputs,) float32, of each linear layer; copies."""
    standardise = model.standardisation
    layers = [
        (model.weights[f"{index}.weights"].double(), model.weights[f"{index}.bias"].double())
        for index in range(len(model.architecture.sizes) - 1)
    ]
    weights, bias = layers[0]
    weights = weights / standardise.standard_deviation
    layers[0] = (weights, bias - standardise.mean * weights.sum(dim=0))
    return [(weights.to(torch.float32), bias.to(torch.float32)) for weights, bias in layers]
