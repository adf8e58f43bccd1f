"""Step thread: takes training steps one by one, away from the window."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.lesson.start_weights import StartWeights
from desktop.services.command_thread import CommandThread
from desktop.training.data.data_cache import DataCache
from desktop.training.training_job import TrainingJob
from engine.errors import ScratchpadError, SettingsError

if TYPE_CHECKING:
    from engine.training.step_by_step import StepByStep

# Steps that are shown while training runs at full speed: more would be work that nobody sees.
_SHOWN_EACH_S = 0.08


@dataclass(frozen=True, slots=True)
class Reset:
    """Begin a new training before its first step, with these weights or fresh ones."""

    job: TrainingJob
    start: StartWeights | None


@dataclass(frozen=True, slots=True)
class Step:
    """Take one step and show it; begin first if nothing was begun with these settings and weights."""

    job: TrainingJob
    start: StartWeights | None


@dataclass(frozen=True, slots=True)
class Run:
    """Take step after step until `Pause`.

    Attributes:
        job: Begun first if nothing was.
        pause_s: Seconds between two steps; 0 for as fast as it goes.
        start: Weights to begin with, or None for fresh ones.
    """

    job: TrainingJob
    pause_s: float
    start: StartWeights | None


@dataclass(frozen=True, slots=True)
class Pause:
    """Take no more steps for now."""


Command = Reset | Step | Run | Pause


class StepThread(CommandThread[Command]):
    """A new command ends what runs after the step under way.

    Signals:
        data_progressed: Share of the data made or read, 0 to 1, and what is done with them.
        was_reset: A training stands before its first step: what its weights are, its `Architecture`, starting
            `Weights`, `Standardisation` and number of steps.
        step_observed: An `ObservedStep`.
        steps_taken: Number of the first, counted from 0, and the losses of steps that were not shown.
        became_idle: Nothing runs any more; whether all steps were taken.
        failed: A `SettingsError`, or one sentence as text.
    """

    data_progressed = Signal(float, str)
    was_reset = Signal(str, object, object, object, int)
    step_observed = Signal(object)
    steps_taken = Signal(int, list)
    became_idle = Signal(bool)
    failed = Signal(object)

    def __init__(self, cache: DataCache, parent: QObject | None = None) -> None:
        super().__init__("This step failed unexpectedly; reset to begin again.", parent)
        self._cache = cache
        self._training: StepByStep | None = None
        self._begun_with: tuple[TrainingJob, StartWeights | None] | None = None

    def tell_failure(self, _command: Command, error: ScratchpadError) -> None:
        """Tell, and which setting is at fault if one is."""
        self.failed.emit(error if isinstance(error, SettingsError) else str(error))

    def tell_idle(self) -> None:
        """Tell."""
        self.became_idle.emit(self._training is not None and self._training.is_over)

    def do(self, command: Command) -> None:
        """Take steps."""
        if isinstance(command, Pause):
            return
        wanted = command.job, command.start
        if isinstance(command, Reset) or self._training is None or self._begun_with != wanted:
            self._begin(*wanted)
        training = self._training
        if training is None or training.is_over:
            return
        if isinstance(command, Step):
            self.step_observed.emit(training.step())
        elif isinstance(command, Run):
            self._run(training, command.pause_s)

    def _begin(self, job: TrainingJob, start: StartWeights | None) -> None:
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
        standardisation = data.standardisation if start is None else start.standardisation
        weights = None if start is None else start.weights
        training = StepByStep(data.training, job.settings, standardisation, device, weights)
        self._training, self._begun_with = training, (job, start)
        origin = "fresh weights" if start is None else start.title
        title = f"{training.architecture.describe()}, level {job.settings.level}, from {origin}"
        self.was_reset.emit(
            title, training.architecture, training.weights, training.standardisation, training.total_steps
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
