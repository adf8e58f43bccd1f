"""Paces: how `engine.training.fit` goes through an epoch, step by step, quickly, or in recorded stretches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from engine.data.digits import Standardisation
from engine.data.mini_batches.augmentation import Warps
from engine.data.mini_batches.preparation import Preparation
from engine.levels.in_place import InPlaceStepping
from engine.nn.network import Network
from engine.nn.step_output import StepOutput
from engine.nn.weight_average import WeightAverage
from engine.training.learner import Learner
from engine.training.quick.calls import Floats
from engine.training.quick.choice import CHOICES
from engine.training.quick.metrics import QuickMetrics
from engine.training.quick.sources import Pictures
from engine.training.quick.steps import QuickSteps
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
        self._metrics = RunningMetrics(learner.settings.batch_size, device, len(learner.digits.classes))
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


class QuickPace:
    """One quick step after another, on the processor.

    Attributes:
        average: See `Pace`.
    """

    def __init__(
        self, learner: Learner, standardisation: Standardisation, threads: ThreadChooser | None = None
    ) -> None:
        """Before the first step; `threads` is told of each step.

        Raises:
            LookupError: There are no quick steps of this network.
        """
        network, settings = learner.network, learner.settings
        if not isinstance(network, Network):
            raise LookupError("no quick steps of this network")
        labels = learner.digits.labels.numpy()
        preparation = Preparation(standardisation, Warps() if settings.warps else None, settings.seed)
        self._learner, self._threads = learner, threads
        self._steps = QuickSteps(network, Pictures(learner.digits.images, preparation), labels, settings)
        self._metrics = QuickMetrics(labels, network.architecture.sizes[-1], settings.batch_size)
        self._batches: Iterator[tuple[Floats, NDArray[np.int64]]] = iter(())
        self._left = 0
        self.average = WeightAverage(network) if settings.averaging else None

    def begin_epoch(self) -> None:
        """See `Pace`."""
        order, batch = self._steps.order(), self._learner.settings.batch_size
        places = [order[first : first + batch] for first in range(0, len(order), batch)]
        self._batches = zip(self._steps.epoch(order), places, strict=True)
        self._left = len(places)

    def take(self, longest_s: float) -> RunningMeans:
        """See `Pace`."""
        due = time.perf_counter() + longest_s
        # A loss that stops being a number is told of in a sentence; NumPy need not warn.
        with self._learner.mode(), np.errstate(all="ignore"):
            for _ in range(self._left):
                self._left -= 1
                self._steps.optimiser.learning_rate = self._learner.scheduled_rate()
                logits, places = next(self._batches)
                self._learner.steps += 1
                self._metrics.add(logits, places)
                if self.average:
                    self.average.update()
                if self._threads:
                    self._threads.step_done()
                if self._metrics.is_full or time.perf_counter() >= due:
                    break
        return self._metrics.read()


def pace_of(
    learner: Learner,
    standardisation: Standardisation,
    device: torch.device | str,
    threads: ThreadChooser | None,
    way: StretchWay | None,
) -> Pace:
    """Stretches where the device has a recorder and the level's steps can be recorded, else steps.

    On the processor, level 7 takes quick steps where they are quicker than its own.

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
        is_in_place = isinstance(learner.stepping, InPlaceStepping) and torch.device(device).type == "cpu"
        if is_in_place and CHOICES.is_quicker(learner.network.architecture, learner.settings):
            return QuickPace(learner, standardisation, threads)
        return StepPace(learner, device, threads)
    stretches = Stretches(
        program, way.recorder, learner.digits, learner.settings, standardisation, learner.total_steps, device
    )
    return StretchPace(learner, stretches, program.average)
