"""Numbers of steps: what changes from step to step and is known beforehand, so that it lies on the device."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from engine.nn.schedules import SCHEDULES
from engine.nn.weight_average import share_of
from engine.settings import TrainingSettings

RATE, MISSING_MEAN, MISSING_SQUARE, SHARE = range(4)
"""Columns: the learning rate; what Adam's running means of gradients and of their squares lack because they
began at 0; the share that the running average of the weights gives to the newest."""
COLUMNS = 4
_SQUARE_DECAY = 0.999


def numbers_of(
    settings: TrainingSettings, first: int, count: int, total: int, rates: Sequence[float] | None = None
) -> Tensor:
    """Of some steps of a run.

    Args:
        settings: Of the run.
        first: Step, counted from 0.
        count: Steps.
        total: Steps of the whole run, which the schedule is stretched over.
        rates: The learning rate of each network, if there are several that differ in nothing else.

    Returns:
        (count, networks, COLUMNS) float32 on the CPU.
    """
    schedule = SCHEDULES[settings.schedule]
    rows = [
        (
            schedule(min(1.0, step / max(1, total - 1))),
            1 - settings.momentum ** (step + 1),
            1 - _SQUARE_DECAY ** (step + 1),
            share_of(step + 1),
        )
        for step in range(first, first + count)
    ]
    rates = [settings.learning_rate] if rates is None else rates
    numbers = torch.tensor(rows, dtype=torch.float64)[:, None].repeat(1, len(rates), 1)
    numbers[:, :, RATE] *= torch.tensor(rates, dtype=torch.float64)
    return numbers.float()
