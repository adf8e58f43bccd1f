"""Interpolation: weights on the straight line between two networks, as far along as old knowledge allows.

A fine-tuned network lies so near to the one it started from that every network between them reads well, and
much of what was learned is there before what was known is lost (M. Wortsman and others, "Robust fine-tuning
of zero-shot models", 2022).
"""

from __future__ import annotations

from torch import Tensor

from engine.evaluation.evaluate import evaluate
from engine.nn.matmul import fast_product
from engine.nn.network import Architecture, Network, Weights

# Tenths of the way, whole way first.
_SHARES = tuple(tenths / 10 for tenths in range(10, 0, -1))


def interpolate(old: Weights, new: Weights, share: float) -> Weights:
    """A share of the way from old weights, 0, to new ones, 1."""
    return {name: weights.lerp(new[name], share) for name, weights in old.items()}


def farthest_that_keeps(
    architecture: Architecture, old: Weights, new: Weights, inputs: Tensor, targets: Tensor, most_lost: float
) -> Weights:
    """The weights farthest on the way to `new` that still read a known set.

    Args:
        architecture: Of both.
        old: Where the way begins.
        new: Where it ends.
        inputs: (digits, 784) float32, standardised; a set that neither was trained on.
        targets: (digits,) int64.
        most_lost: Accuracy on that set that may be lost, 0 to 1.

    Returns:
        A tenth of the way where even that loses more.
    """
    network = Network(architecture, product=fast_product)

    def accuracy(weights: Weights) -> float:
        network.load(weights)
        return evaluate(network, inputs, targets).accuracy

    least = accuracy(old) - most_lost
    for share in _SHARES:
        weights = interpolate(old, new, share)
        if accuracy(weights) >= least:
            break
    return weights
