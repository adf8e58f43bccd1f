"""What tests of explanations share: networks with a bias, and a drawing."""

import numpy as np
import torch

from engine.data.digits import Standardisation
from engine.data.handwriting.synthetic_digits import random_ink
from engine.nn.network import Architecture, Network
from engine.preprocessing.normaliser import normalise_ink

STANDARDISE = Standardisation(0.13, 0.31)


def random_network(sizes=(784, 30, 20, 10), activation="relu", seed=0):
    """With biases, which a new network has none of, so that units bend between blank paper and drawing."""
    network = Network(Architecture(sizes, activation), seed)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in network.named_parameters().items():
            if name.endswith("bias"):
                parameter.copy_(torch.randn(parameter.shape, generator=generator))
    return network


def drawing(digit=7, seed=0) -> np.ndarray:
    return normalise_ink(random_ink(digit, seed))


def weighting(explanation) -> torch.Tensor:
    """How much each logit counts in an explanation's score, told anew."""
    counts = torch.zeros(10)
    if explanation.against == "others":
        counts -= 1 / 9
    if explanation.rival is not None:
        counts[explanation.rival] = -1
    counts[explanation.digit] = 1
    return counts


def gradients(network, explanation, intensities: torch.Tensor) -> np.ndarray:
    """Of the score for (points, 784) intensities, by automatic differentiation."""
    watched = intensities.clone().requires_grad_()
    (network(STANDARDISE(watched)) @ weighting(explanation)).sum().backward()
    return watched.grad.numpy()
