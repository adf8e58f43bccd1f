"""Side by side: which trials can be trained together as one batched product, and training them so.

The one place that knows `engine.training.many`.
"""

from __future__ import annotations

import time
import uuid
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import torch

from engine.errors import ScratchpadError
from engine.nn.network import Weights
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
from engine.training.many.fit import fit_many
from engine.training.many.results import ManyCompleted
from engine.training.many.variants import Variant, groups_of
from engine.training.run_states import FAILED, FINISHED, STOPPED

Task = tuple[Trial, ...]
"""Trials that one worker runs together."""

MOST_BYTES = 600_000_000
"""Memory that the networks of one task may take, the digits apart."""

# Networks side by side are written as level 7 is.
_LEVEL = 7
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
    alone = [(trial,) for trial in trials if most == 1 or trial.settings.level != _LEVEL]
    others = [trial for trial in trials if most > 1 and trial.settings.level == _LEVEL]
    together = [
        tuple(others[place] for place in part)
        for group in groups_of([each.settings for each in others], MOST_BYTES)
        for part in _parts(group, most)
    ]
    return sorted([*alone, *together], key=lambda task: min(trial.number for trial in task))


def run_task(
    task: Task, data: SearchData, report: Report, is_stopped: IsStopped, device: torch.device | str = "cpu"
) -> list[TrialOutcome]:
    """Run the trials of a task, one alone as `fit` does, several together.

    Returns:
        What came of each, in their order.
    """
    if len(task) == 1:
        return [run_trial(task[0], data, report, is_stopped, device)]
    return _Together(task, report, is_stopped).run(data, device)


def _parts(group: tuple[int, ...], most: int) -> list[tuple[int, ...]]:
    """A group in parts of about one size."""
    count = -(-len(group) // most)
    bounds = [len(group) * part // count for part in range(count + 1)]
    return [group[first:last] for first, last in pairwise(bounds)]


@dataclass(slots=True)
class _Progress:
    """What one of the networks has come to."""

    state: str = FINISHED
    figures: list[EpochFigures] = field(default_factory=list)
    losses: array[float] = field(default_factory=lambda: array("f"))
    weights: Weights | None = None
    message: str = ""


class _Together:
    """Trials that train side by side."""

    def __init__(self, task: Task, report: Report, is_stopped: IsStopped) -> None:
        self._task = task
        self._report = report
        self._is_stopped = is_stopped
        self._attempt = uuid.uuid4().hex
        self._all = [_Progress() for _ in task]

    def run(self, data: SearchData, device: torch.device | str) -> list[TrialOutcome]:
        began = time.perf_counter()
        settings = [trial.settings for trial in self._task]
        steps = -(-len(data.training) // settings[0].batch_size)
        try:
            fit = fit_many(
                data.training,
                data.validation,
                settings[0],
                data.standardisation,
                [Variant.of(each) for each in settings],
                device,
                is_stopped=self._are_all_stopped,
            )
            for result in fit:
                stopped = self._take(result, fit.steps < result.epoch * steps)
                fit.keep([place for place in fit.networks if place not in stopped])
        except ScratchpadError as error:
            for each in self._all:
                each.state, each.message = FAILED, str(error)
        seconds = (time.perf_counter() - began) / len(self._task)
        return [
            TrialOutcome(
                trial.number,
                each.state,
                tuple(each.figures),
                each.losses,
                None if each.weights is None else sent(each.weights),
                seconds,
                each.message,
            )
            for trial, each in zip(self._task, self._all, strict=True)
        ]

    def _take(self, result: ManyCompleted, is_partial: bool) -> set[int]:
        """Take in an epoch, or leave out one that was broken off; the places of those that stop with it."""
        stopped = set()
        for network in result.networks:
            trial, progress = self._task[network.network], self._all[network.network]
            if network.has_diverged:
                progress.state = FAILED
                progress.message = _DIVERGED.format(trial.settings.learning_rate)
                continue
            if is_partial:
                stopped.add(network.network)
                continue
            progress.figures.append(network.figures)
            progress.losses.extend(network.losses)
            progress.weights = network.weights
            self._report(TrialReport(trial.number, self._attempt, network.figures))
            if result.epoch < result.epochs and self._is_stopped(trial.number):
                stopped.add(network.network)
        for place in stopped:
            self._all[place].state = STOPPED
        return stopped

    def _are_all_stopped(self) -> bool:
        """Whether there is nobody left to train for."""
        return all(
            self._is_stopped(trial.number)
            for trial, each in zip(self._task, self._all, strict=True)
            if each.state == FINISHED
        )
