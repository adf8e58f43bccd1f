"""Discriminant: a last layer calculated at once from the units below it, where a training may start.

Linear discriminant analysis: R. Fisher, "The use of multiple measurements in taxonomic problems", 1936; with
a covariance shrunk towards a multiple of the identity, as there are more units than drawings.
"""

from __future__ import annotations

import torch
from torch import Tensor

# Added to the covariance, in means of its diagonal.
_SHRINKAGE = 0.5
# Standard deviation of the logits: sure of what is told apart already, not too sure to learn the rest.
_SPREAD = 4.0
_LEAST = 1e-6


def discriminant(units: Tensor, labels: Tensor, classes: int) -> tuple[Tensor, Tensor]:
    """The layer that tells classes apart which all spread alike around a mean of their own.

    Args:
        units: (pictures, units) float32, the outputs of the layer below.
        labels: (pictures,) int64; each class has a picture or more.
        classes: How many there are.

    Returns:
        Weights, (units, classes), and bias, (classes,), float32.
    """
    centred = units.double() - units.double().mean(dim=0)
    means = torch.stack([centred[labels == place].mean(dim=0) for place in range(classes)])
    around = centred - means[labels]
    covariance = around.T @ around / len(units)
    shrinkage = max(_LEAST, _SHRINKAGE * float(covariance.diagonal().mean()))
    covariance.diagonal().add_(shrinkage)
    weights = torch.linalg.solve(covariance, means.T)
    bias = -(weights * means.T).sum(dim=0) / 2
    scale = _SPREAD / max(_LEAST, float((centred @ weights + bias).std()))
    # The units are not centred where the layer is used.
    bias = bias - units.double().mean(dim=0) @ weights
    return (weights * scale).float().contiguous(), (bias * scale).float()
