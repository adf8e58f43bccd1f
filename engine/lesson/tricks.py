"""Tricks: what each step gains on the way from level 6, written to be read, to level 7, written for speed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import pairwise

import torch
from torch import Tensor

from engine.data.classes import DIGITS
from engine.data.digits import Standardisation
from engine.data.mini_batches.preparation import Preparation
from engine.lesson.trick_steps import TRICKS, Trick
from engine.levels.level import Level
from engine.levels.levels import IN_PLACE, OWN_GRADIENTS
from engine.nn.network import Architecture
from engine.settings import TrainingSettings

EPOCH_DIGITS = 60_000
"""Digits in an epoch of MNIST."""
ROUNDS = 15

_PIXELS = 784
_MOST_STEPS, _LEAST_STEPS = 32, 2
# Multiplications that take a tenth of a second or so on one core.
_MULTIPLICATIONS = 2e9


@dataclass(frozen=True, slots=True)
class TrickTime:
    """How long a step takes with a trick and all before it.

    Attributes:
        trick: The last of them.
        step_s: Median seconds of a step, its mini-batch's preparation included.
        epoch_s: Seconds of an epoch of `EPOCH_DIGITS` at that pace.
        gain: How many times as fast it is as without this trick; None for the first row, which has none.
    """

    trick: Trick
    step_s: float
    epoch_s: float
    gain: float | None


def measurable(settings: TrainingSettings) -> TrainingSettings:
    """The same network and mini-batches with SGD and momentum, which the tricks are about."""
    return replace(
        settings,
        optimiser="sgd",
        learning_rate=0.001,
        momentum=settings.momentum or 0.9,
        weight_decay=0.0,
        warps=False,
    )


def measure_tricks(
    settings: TrainingSettings,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[tuple[TrickTime, ...]]:
    """Measure each trick on this machine's CPU, on made-up digits, with as many threads as are in force.

    All take turns, so that a disturbance of the machine does not fall on one of them alone.

    Args:
        settings: Of the network and its mini-batches.
        rounds: Turns of each trick; a first one is not counted.
        clock: Seconds.

    Yields:
        What is known so far, after each turn; stopping is not asking for the next.

    Raises:
        SettingsError: The settings make no sense.
    """
    settings = measurable(settings)
    settings.check()
    images, labels = _made_up_digits(settings)
    runs = {trick: _prepared(trick, images, labels, settings) for trick in TRICKS}
    seconds: dict[Trick, list[float]] = {trick: [] for trick in TRICKS}
    for turn in range(rounds + 1):
        for trick, run in runs.items():
            began = clock()
            steps = run()
            step_s = (clock() - began) / steps
            if turn:
                seconds[trick].append(step_s)
            yield _times(seconds, settings)


def _times(seconds: dict[Trick, list[float]], settings: TrainingSettings) -> tuple[TrickTime, ...]:
    steps_an_epoch = -(-EPOCH_DIGITS // settings.batch_size)
    times: list[TrickTime] = []
    for trick, measured in seconds.items():
        if not measured:
            break
        step_s = statistics.median(measured)
        gain = times[-1].step_s / step_s if times else None
        times.append(TrickTime(trick, step_s, step_s * steps_an_epoch, gain))
    return tuple(times)


def _architecture(settings: TrainingSettings) -> Architecture:
    return Architecture((_PIXELS, *settings.hidden, len(DIGITS)), settings.activation)


def _made_up_digits(settings: TrainingSettings) -> tuple[Tensor, Tensor]:
    """As many as one turn takes: fewer where steps take long, so that nobody waits for the end of a turn."""
    weights = sum(inputs * outputs for inputs, outputs in pairwise(_architecture(settings).sizes))
    steps = int(_MULTIPLICATIONS / (3 * weights * settings.batch_size))
    count = settings.batch_size * max(_LEAST_STEPS, min(_MOST_STEPS, steps))
    generator = torch.Generator().manual_seed(settings.seed)
    images = torch.randint(256, (count, _PIXELS), generator=generator, dtype=torch.uint8)
    return images, torch.randint(len(DIGITS), (count,), generator=generator)


def _prepared(trick: Trick, images: Tensor, labels: Tensor, settings: TrainingSettings) -> Callable[[], int]:
    """Make everything that is made once; what comes back takes the steps of a turn, and counts them."""
    level: Level = IN_PLACE if trick.prepares_ahead else OWN_GRADIENTS
    preparation = Preparation(Standardisation(0.5, 0.29))
    batches = level.make_batches(images, labels, settings.batch_size, settings.seed, preparation)
    step = trick.make_step(_architecture(settings), settings)

    def run() -> int:
        with torch.inference_mode() if trick.keeps_no_record else nullcontext():
            for inputs, targets in batches:
                step(inputs, targets)
        return len(batches)

    return run
