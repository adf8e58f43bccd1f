"""Paces: how `engine.training.fit` goes through an epoch, step by step or in recorded stretches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Protocol

import torch

from engine.data.digits import Standardisation
from engine.nn.step_output import StepOutput
from engine.nn.weight_average import WeightAverage
from engine.training.learner import Learner
from engine.training.running_metrics import RunningMeans, RunningMetrics
from engine.training.stretches.program import Average
from engine.training.stretches.stretches import Stretches
from engine.training.stretches.way import StretchWay, program_of, way_of
from engine.training.thread_tuning import ThreadChooser


class Pace(Protocol):
    """Takes the steps of a learner."""

    @property
    def average(self) -> Average | None:
        """Of the weights, if the settings ask for it."""
        ...

    def begin_epoch(self) -> None:
        """Go on with an epoch of its own order."""
        ...

    def take(self, longest_s: float) -> RunningMeans:
        """A step or stretch at least, and as many as the time, the memory or the epoch allow."""
        ...


class StepPace:
    """One step after another.

    Attributes:
        average: See `Pace`.
    """

    def __init__(
        self, learner: Learner, device: torch.device | str, threads: ThreadChooser | None = None
    ) -> None:
        """Before the first step; `threads` is told of each step."""
        self._learner, self._threads = learner, threads
        self.average = WeightAverage(learner.network) if learner.settings.averaging else None
        self._metrics = RunningMetrics(learner.settings.batch_size, device)
        self._steps: Iterator[StepOutput] = iter(())

    def begin_epoch(self) -> None:
        """See `Pace`."""
        self._steps = self._learner.take_epoch()

    def take(self, longest_s: float) -> RunningMeans:
        """See `Pace`."""
        due = time.perf_counter() + longest_s
        with self._learner.mode():
            for output in self._steps:
                self._metrics.add(output)
                if self.average:
                    self.average.update()
                if self._threads:
                    self._threads.step_done()
                if self._metrics.is_full or time.perf_counter() >= due:
                    break
        return self._metrics.read()


class StretchPace:
    """One recorded stretch after another.

    Attributes:
        average: See `Pace`.
    """

    def __init__(self, learner: Learner, stretches: Stretches, average: Average | None) -> None:
        self._learner, self._stretches = learner, stretches
        self.average = average

    def begin_epoch(self) -> None:
        """See `Pace`."""
        self._stretches.begin_epoch(self._learner.steps)

    def take(self, longest_s: float) -> RunningMeans:
        """See `Pace`."""
        reading = self._stretches.take(longest_s)
        self._learner.steps += len(reading.lengths)
        return RunningMeans(tuple(reading.losses[0]), reading.lengths, reading.correct[0])


def pace_of(
    learner: Learner,
    standardisation: Standardisation,
    device: torch.device | str,
    threads: ThreadChooser | None,
    way: StretchWay | None,
) -> Pace:
    """Stretches where the device has a recorder and the level's steps can be recorded, else steps.

    Args:
        learner: What learns.
        standardisation: Of the inputs.
        device: Where it learns.
        threads: Is told of each step; where stretches are recorded, the CPU calculates nothing.
        way: How to record; None for the device's own way.
    """
    way = way_of(device) if way is None else way
    program = None if way is None else program_of(learner.stepping, learner.network, learner.settings, way)
    if way is None or program is None:
        return StepPace(learner, device, threads)
    stretches = Stretches(
        program, way.recorder, learner.digits, learner.settings, standardisation, learner.total_steps, device
    )
    return StretchPace(learner, stretches, program.average)
