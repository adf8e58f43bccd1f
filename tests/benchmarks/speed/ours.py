"""Ours: `engine.training.fit.fit` as the program calls it, but for its validation."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import torch

from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, Result, fit
from engine.training.thread_tuning import ThreadChooser
from tests.benchmarks.speed.contestants import AUTOMATIC
from tests.benchmarks.speed.task import EPOCH_DIGITS, LEARNING_RATE, MOMENTUM, Task

PROGRAM_THREADS = AUTOMATIC
"""For figures without a number of threads of their own."""
_VALIDATED = 10


def thread_arguments(threads: int) -> dict[str, Any]:
    """The one place that tells `fit` how many threads to use: arguments for it, if it is to choose itself."""
    if threads == AUTOMATIC:
        return {"threads": ThreadChooser()}
    torch.set_num_threads(threads)
    return {}


def train(task: Task, settings: TrainingSettings) -> Iterator[Result]:
    """All digits of a task, and hardly any to validate on."""
    few = task.digits.take(torch.arange(_VALIDATED))
    return fit(task.digits, few, settings, task.standardisation, **thread_arguments(task.threads))


def seconds_per_epoch(task: Task) -> list[float]:
    """On the level that the program takes."""
    return _seconds(task, TrainingSettings())


def seconds_per_epoch_automatic(task: Task) -> list[float]:
    """With automatic differentiation in place of our own gradients."""
    return _seconds(task, TrainingSettings(level=5))


def _seconds(task: Task, settings: TrainingSettings) -> list[float]:
    settings = replace(
        settings,
        batch_size=task.batch_size,
        epochs=task.epochs + 1,
        learning_rate=LEARNING_RATE,
        momentum=MOMENTUM,
    )
    ends = []
    for result in train(task, settings):
        if isinstance(result, EpochCompleted):
            ends.append(time.perf_counter())
    scale = EPOCH_DIGITS / len(task.digits)
    return [scale * (after - before) for before, after in pairwise(ends)]
