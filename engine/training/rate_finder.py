"""Rate finder: raises the learning rate mini-batch by mini-batch and watches the loss.

L. Smith, "Cyclical learning rates for training neural networks", 2015. It works on a network of its own, so
whatever weights it starts from stay as they were.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch

from engine.data.digits import Digits, Standardisation
from engine.nn.network import Weights
from engine.settings import TrainingSettings
from engine.training.learner import Learner

LOWEST_RATE = 1e-5
HIGHEST_RATE = 10.0
STEPS = 120

_MEMORY = 0.9
# The loss has left the ground when it is so many times as high as at its lowest.
_TOO_HIGH = 3.0
# A tenth of the steps at least are made, however the loss jumps at first.
_LEAST_SHARE = 0.1
_SHARE_OF_LOWEST = 1 / 3
_FALL_WORTH_THE_NAME = 0.9


@dataclass(frozen=True, slots=True)
class TriedRate:
    """One mini-batch with one learning rate.

    Attributes:
        rate: The learning rate of the step.
        loss: Of the mini-batch before the step.
        smoothed: A running mean of the losses so far, freed of its start at zero.
    """

    rate: float
    loss: float
    smoothed: float


def try_rates(
    training: Digits,
    settings: TrainingSettings,
    standardisation: Standardisation,
    device: torch.device | str = "cpu",
    start: Weights | None = None,
    steps: int = STEPS,
) -> Iterator[TriedRate]:
    """Train on mini-batch after mini-batch, each with a higher rate, until the loss takes off.

    Args:
        training: Digits to learn from.
        settings: Of the network and its optimiser; the learning rate in it is not used.
        standardisation: Of the inputs.
        device: Where to train.
        start: Weights to start from instead of random ones; they are copied, never changed.
        steps: Rates to try, evenly spread over the logarithms from `LOWEST_RATE` to `HIGHEST_RATE`.

    Yields:
        One `TriedRate` for each mini-batch, at most `steps`.

    Raises:
        SettingsError: The settings, digits or weights make no sense.
    """
    learner = Learner(training, replace(settings, epochs=1000), standardisation, device, start)
    average = 0.0
    lowest = math.inf
    number = 0
    while True:
        for inputs, targets in learner.batches:
            rate = LOWEST_RATE * (HIGHEST_RATE / LOWEST_RATE) ** (number / max(1, steps - 1))
            loss = float(learner.take_step(inputs, targets, rate).loss)
            number += 1
            if not math.isfinite(loss):
                return
            average = _MEMORY * average + (1 - _MEMORY) * loss
            smoothed = average / (1 - _MEMORY**number)
            lowest = min(lowest, smoothed)
            yield TriedRate(rate, loss, smoothed)
            has_taken_off = number > _LEAST_SHARE * steps and smoothed > _TOO_HIGH * lowest
            if number == steps or has_taken_off:
                return


def suggested_rate(tried: Sequence[TriedRate]) -> float | None:
    """A third of the rate at which the smoothed loss was lowest; None if it never fell to speak of.

    At the lowest place itself the rise begins, and the mean lags behind. Rounded to two figures, as nobody
    should believe a third.
    """
    lowest = min(tried, key=lambda each: each.smoothed, default=None)
    if lowest is None or lowest.smoothed > _FALL_WORTH_THE_NAME * tried[0].smoothed:
        return None
    return float(f"{lowest.rate * _SHARE_OF_LOWEST:.1e}")
