"""Step thread: takes training steps one by one, or searches for a learning rate, away from the window."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.services.command_thread import CommandThread
from desktop.training.thread import DataCache
from desktop.training.training_job import TrainingJob
from engine.errors import ScratchpadError, SettingsError

if TYPE_CHECKING:
    from engine.training.step_by_step import StepByStep

# Steps that are shown while training runs at full speed: more would be work that nobody sees.
_SHOWN_EACH_S = 0.08


@dataclass(frozen=True, slots=True)
class Reset:
    """Begin a new training before its first step."""

    job: TrainingJob


@dataclass(frozen=True, slots=True)
class Step:
    """Take one step and show it; begin first if nothing was begun with these settings."""

    job: TrainingJob


@dataclass(frozen=True, slots=True)
class Run:
    """Take step after step until `Pause`.

    Attributes:
        job: Begun first if nothing was.
        pause_s: Seconds between two steps; 0 for as fast as it goes.
    """

    job: TrainingJob
    pause_s: float


@dataclass(frozen=True, slots=True)
class Pause:
    """Take no more steps for now."""


@dataclass(frozen=True, slots=True)
class FindRate:
    """Search for a learning rate from the present weights, which stay as they are."""

    job: TrainingJob


Command = Reset | Step | Run | Pause | FindRate


class StepThread(CommandThread[Command]):
    """A new command ends what runs after the step under way.

    Signals:
        data_progressed: Share of the data made or read, 0 to 1.
        was_reset: A training stands before its first step: its `TrainingJob`, `Architecture`, starting
            `Weights`, `Standardisation` and number of steps.
        step_observed: An `ObservedStep`.
        steps_taken: Number of the first, counted from 0, and the losses of steps that were not shown.
        rates_tried: A list of `TriedRate`, the newest last.
        rate_found: A `TriedRate` list, and the suggested rate or None.
        became_idle: Nothing runs any more; whether all steps were taken.
        failed: A `SettingsError`, or one sentence as text.
    """

    data_progressed = Signal(float)
    was_reset = Signal(object, object, object, object, int)
    step_observed = Signal(object)
    steps_taken = Signal(int, list)
    rates_tried = Signal(list)
    rate_found = Signal(list, object)
    became_idle = Signal(bool)
    failed = Signal(object)

    def __init__(self, cache: DataCache, parent: QObject | None = None) -> None:
        super().__init__("This step failed unexpectedly; reset to begin again.", parent)
        self._cache = cache
        self._training: StepByStep | None = None
        self._job: TrainingJob | None = None

    def tell_failure(self, _command: Command, error: ScratchpadError) -> None:
        """Tell, and which setting is at fault if one is."""
        self.failed.emit(error if isinstance(error, SettingsError) else str(error))

    def tell_idle(self) -> None:
        """Tell."""
        self.became_idle.emit(self._training is not None and self._training.is_over)

    def do(self, command: Command) -> None:
        """Take steps, or search."""
        if isinstance(command, Pause):
            return
        if isinstance(command, FindRate):
            self._find_rate(command.job)
            return
        if isinstance(command, Reset) or self._training is None or self._job != command.job:
            self._begin(command.job)
        training = self._training
        if training is None or training.is_over:
            return
        if isinstance(command, Step):
            self.step_observed.emit(training.step())
        elif isinstance(command, Run):
            self._run(training, command.pause_s)

    def _begin(self, job: TrainingJob) -> None:
        import torch

        from engine.training.device import choose_device
        from engine.training.step_by_step import StepByStep

        self._training = None
        torch.set_num_threads(1)  # nobody waits for single steps
        job.settings.check()
        data = self._cache.load(job, self.data_progressed.emit, self.isInterruptionRequested)
        if self.isInterruptionRequested():
            return
        device = choose_device(job.device).device
        training = StepByStep(data.training, job.settings, data.standardisation, device)
        self._training, self._job = training, job
        self.was_reset.emit(
            job, training.architecture, training.weights, training.standardisation, training.total_steps
        )

    def _run(self, training: StepByStep, pause_s: float) -> None:
        """Until the next command comes or all steps were taken."""
        while self._commands.empty() and not training.is_over:
            if not pause_s:
                self._hurry(training)
            if training.is_over:
                return
            self.step_observed.emit(training.step())
            end = time.monotonic() + pause_s
            while self._commands.empty() and (left := end - time.monotonic()) > 0:
                time.sleep(min(left, 0.02))

    def _hurry(self, training: StepByStep) -> None:
        """Steps that are not shown, so that those shown come at a pace that eyes can follow."""
        first = training.steps
        losses: list[float] = []
        end = time.monotonic() + _SHOWN_EACH_S
        # The last step of all is shown.
        while time.monotonic() < end and training.steps < training.total_steps - 1 and self._commands.empty():
            losses += training.run(1)
        if losses:
            self.steps_taken.emit(first, losses)

    def _find_rate(self, job: TrainingJob) -> None:
        from engine.training.device import choose_device
        from engine.training.rate_finder import suggested_rate, try_rates

        if self._training is None or self._job is None or _network_of(self._job) != _network_of(job):
            self._begin(job)
        training = self._training
        if training is None:
            return
        data = self._cache.load(job, self.data_progressed.emit, self.isInterruptionRequested)
        tried = []
        told = time.monotonic()
        device = choose_device(job.device).device
        for each in try_rates(data.training, job.settings, data.standardisation, device, training.weights):
            tried.append(each)
            if not self._commands.empty():
                return
            if time.monotonic() - told > _SHOWN_EACH_S:
                told = time.monotonic()
                self.rates_tried.emit(list(tried))
        self.rate_found.emit(tried, suggested_rate(tried))


def _network_of(job: TrainingJob) -> tuple[object, ...]:
    """What weights must have in common to stand in for each other."""
    return job.data, job.settings.hidden, job.settings.activation
