"""Side by side: which trials can be trained together as one batched product, and training them so.

The one place that knows `engine.training.many_networks`.
"""

from __future__ import annotations

import math
import time
import uuid
from collections.abc import Sequence
from dataclasses import replace

import torch

from engine.errors import ScratchpadError
from engine.search.trial import (
    IsStopped,
    Report,
    SearchData,
    Trial,
    TrialOutcome,
    TrialReport,
    run_trial,
    sent,
)
from engine.training.epoch_figures import EpochFigures
from engine.training.many_networks import Variant, fit_many
from engine.training.run_states import FAILED, FINISHED, STOPPED

Task = tuple[Trial, ...]
"""Trials that one worker runs together."""

_DIVERGED = (
    "The loss stopped being a finite number: the learning rate of {:g} is too high for this network. "
    "Try a third of it."
)


def tasks_of(trials: Sequence[Trial], most: int) -> list[Task]:
    """Trials put together as far as they can be trained side by side, in the order of the first of each.

    Args:
        trials: To be run.
        most: Trials of one task.
    """
    groups: dict[object, list[list[Trial]]] = {}
    order: list[list[Trial]] = []
    for trial in trials:
        key = trial.number if most == 1 or not _can_be_together(trial) else _key(trial)
        of_key = groups.setdefault(key, [])
        if not of_key or len(of_key[-1]) >= most:
            of_key.append([])
            order.append(of_key[-1])
        of_key[-1].append(trial)
    return [tuple(each) for each in order]


def run_task(
    task: Task, data: SearchData, report: Report, is_stopped: IsStopped, device: torch.device | str = "cpu"
) -> list[TrialOutcome]:
    """Run the trials of a task, one alone as `fit` does, several together; in their order."""
    if len(task) == 1:
        return [run_trial(task[0], data, report, is_stopped, device)]
    return _run_together(task, data, report, is_stopped, device)


def _can_be_together(trial: Trial) -> bool:
    settings = trial.settings
    return (
        settings.optimiser == "sgd"
        and not settings.weight_decay
        and not settings.averaging
        and settings.level == 7
    )


def _key(trial: Trial) -> object:
    """What the trials of a task have in common: all but the rate, since the seed decides the order."""
    return replace(trial.settings, learning_rate=1.0)


def _run_together(
    task: Task, data: SearchData, report: Report, is_stopped: IsStopped, device: torch.device | str
) -> list[TrialOutcome]:
    began, attempt = time.perf_counter(), uuid.uuid4().hex
    settings = task[0].settings
    steps = -(-len(data.training) // settings.batch_size)
    figures: list[list[EpochFigures]] = [[] for _ in task]
    weights: list[dict[str, torch.Tensor] | None] = [None for _ in task]
    states = [FINISHED for _ in task]
    messages = ["" for _ in task]
    try:
        variants = [Variant(each.settings.seed, each.settings.learning_rate) for each in task]
        for result in fit_many(
            data.training, data.validation, settings, data.standardisation, variants, device
        ):
            for index, trial in enumerate(task):
                if states[index] != FINISHED:
                    continue
                loss = result.validation_losses[index]
                if not math.isfinite(loss):
                    states[index] = FAILED
                    messages[index] = _DIVERGED.format(trial.settings.learning_rate)
                    continue
                epoch = EpochFigures(
                    result.epoch,
                    result.epoch * steps,
                    math.nan,
                    math.nan,
                    loss,
                    result.validation_accuracies[index],
                )
                figures[index].append(epoch)
                weights[index] = dict(result.weights[index])
                report(TrialReport(trial.number, attempt, epoch))
                if result.epoch < settings.epochs and is_stopped(trial.number):
                    states[index] = STOPPED
            if FINISHED not in states:
                break
    except ScratchpadError as error:
        states, messages = [FAILED for _ in task], [str(error) for _ in task]
    seconds = (time.perf_counter() - began) / len(task)
    return [
        TrialOutcome(
            trial.number,
            states[index],
            tuple(figures[index]),
            weights=None if (found := weights[index]) is None else sent(found),
            seconds=seconds,
            message=messages[index],
        )
        for index, trial in enumerate(task)
    ]
