"""Calibration: whether 90 % is right nine times in ten, and a temperature that makes it so.

C. Guo, G. Pleiss, Y. Sun, K. Weinberger, "On calibration of modern neural networks", 2017: dividing all
logits by one number, fitted on digits that were not learned from, mends most of it in large networks, and
changes no answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from torch import Tensor

from engine.evaluation.predictions import Predictions
from engine.nn.losses import softmax

BINS = 10
"""Of equal width, from 0 to 1."""

LOWEST_TEMPERATURE, HIGHEST_TEMPERATURE = 0.1, 10.0
# Keeps the temperature near 1 where a few digits, all read correctly, say no more than that any confidence
# would have done: what the square of its logarithm costs, shared among all digits. 5,000 outweigh it.
_CAUTION = 2.0
# The search ends when it knows the logarithm of the temperature so well; answers do not change with more.
_TOLERANCE = 1e-5
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The digits that were read with a confidence in one range.

    Attributes:
        count: How many, 1 or more.
        confidence: Mean of their confidences, 0 to 1.
        accuracy: Share of them that was read correctly, 0 to 1.
    """

    count: int
    confidence: float
    accuracy: float

    @property
    def standard_error(self) -> float:
        """Of the accuracy, had the confidence been right: what chance alone makes of so few digits."""
        return math.sqrt(self.confidence * (1 - self.confidence) / self.count)


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well confidence foretells accuracy.

    Attributes:
        bins: Those that have digits in them, the lowest confidence first.
    """

    bins: tuple[ReliabilityBin, ...]

    @property
    def expected_calibration_error(self) -> float:
        """Mean distance of confidence and accuracy, each bin counted by its digits, 0 to 1."""
        digits = sum(each.count for each in self.bins)
        distance = sum(each.count * abs(each.accuracy - each.confidence) for each in self.bins)
        return distance / max(1, digits)


def reliability(predictions: Predictions, bins: int = BINS) -> Reliability:
    """Sort digits into bins by the confidence they were read with.

    Args:
        predictions: Of a network with its temperature.
        bins: Of equal width from 0 to 1, 1 or more; each has its lower end.
    """
    edges = [place / bins for place in range(bins)] + [math.inf]  # the last one has 1, too
    filled = (read_with(predictions, low, high) for low, high in pairwise(edges))
    return Reliability(tuple(each for each in filled if each is not None))


def read_with(predictions: Predictions, low: float, high: float) -> ReliabilityBin | None:
    """The digits that were read with a confidence from `low` to below `high`; None if there are none."""
    confidences = predictions.confidences.double()
    chosen = (confidences >= low) & (confidences < high)
    count = int(chosen.sum())
    if not count:
        return None
    accuracy = float(predictions.is_right[chosen].double().mean())
    return ReliabilityBin(count, float(confidences[chosen].mean()), accuracy)


def brier_score(probabilities: Tensor, labels: Tensor) -> float:
    """Mean squared distance of probabilities from 1 for the true class and 0 for the others, 0 to 2.

    G. Brier, "Verification of forecasts expressed in terms of probability", 1950.

    Args:
        probabilities: (digits, 10) float, rows of sum 1.
        labels: (digits,) int64.
    """
    true = probabilities.gather(1, labels[:, None])[:, 0]
    # (1 - p)² for the true class in place of its own p².
    return float((probabilities.square().sum(dim=1) - 2 * true + 1).mean())


def fit_temperature(predictions: Predictions) -> float:
    """The temperature with the lowest Brier score, by golden-section search over its logarithm.

    The score is a proper one, as the likelihood is, that listens less to a few digits read wrongly and
    surely: on MNIST it leaves logistic regression a third of the error that the likelihood leaves.

    Args:
        predictions: Of digits that the network has not learned from; their own temperature is not looked at.

    Returns:
        `LOWEST_TEMPERATURE` to `HIGHEST_TEMPERATURE`; above 1 where the network was too sure of itself. An
        empty set gives 1.
    """
    if not len(predictions):
        return 1.0
    logits = predictions.logits.double()

    def cost(logarithm: float) -> float:
        score = brier_score(softmax(logits / math.exp(logarithm)), predictions.labels)
        return score + _CAUTION * logarithm**2 / len(predictions)

    return math.exp(_minimum(cost, math.log(LOWEST_TEMPERATURE), math.log(HIGHEST_TEMPERATURE)))


def _minimum(cost: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one valley is lowest, by golden-section search."""
    inner_low, inner_high = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    cost_low, cost_high = cost(inner_low), cost(inner_high)
    while high - low > _TOLERANCE:
        if cost_low < cost_high:
            high, inner_high, cost_high = inner_high, inner_low, cost_low
            inner_low = high - _GOLDEN * (high - low)
            cost_low = cost(inner_low)
        else:
            low, inner_low, cost_low = inner_low, inner_high, cost_high
            inner_high = low + _GOLDEN * (high - low)
            cost_high = cost(inner_high)
    return (low + high) / 2
