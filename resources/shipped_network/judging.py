"""Judging: how a network reads people it has not learned from, and what it takes for a digit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.data.digits import Digits, Standardisation
from engine.evaluation.predictions import predictions_of
from engine.nn.network import Network


@dataclass(frozen=True, slots=True)
class Refusals:
    """How well what is no digit is told from digits.

    Attributes:
        area: Under the curve of digits accepted against others accepted: 1 is perfect, 0.5 is chance.
        threshold: The probability of being a digit that `share` of the digits do not reach.
        accepted: Share of what is no digit that reaches it, 0 to 1.
    """

    area: float
    threshold: float
    accepted: float


def digit_probabilities(
    network: Callable[[Tensor], Tensor],
    standardise: Standardisation,
    images: Tensor,
    device: torch.device | str = "cpu",
) -> Tensor:
    """(pictures,) float64: that each is a digit at all.

    Args:
        network: Its ten logits stand beside a 0 for none of the ten.
        standardise: Of its inputs.
        images: (pictures, 784) uint8.
        device: Of the network.
    """
    with torch.no_grad():
        logits = network(standardise(images.to(device).float() / 255))
    return torch.sigmoid(logits.double().logsumexp(dim=1)).cpu()


def refusals(digits: Tensor, others: Tensor, share: float = 0.01) -> Refusals:
    """Compare the probabilities of digits with those of what is none, each (pictures,).

    Args:
        digits: Of being a digit, for digits.
        others: The same for others.
        share: Of the digits that may be refused, 0 to 1.
    """
    threshold = float(digits.quantile(share))
    # Mann and Whitney: the area is the share of pairs in the right order, equals counted as half.
    ordered = others.sort().values
    below = torch.searchsorted(ordered, digits)
    not_above = torch.searchsorted(ordered, digits, right=True)
    area = float((below + not_above).double().mean()) / (2 * len(others))
    return Refusals(area, threshold, float((others >= threshold).double().mean()))


def accuracy(network: Network, standardise: Standardisation, digits: Digits) -> float:
    """Share of digits read as what they are, 0 to 1."""
    return predictions_of(network, digits, standardise).accuracy
