"""Step runner: the window's side of step-by-step training."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.lesson.start_weights import StartWeights
from desktop.lesson.step_thread import Command, Pause, Reset, Run, Step, StepThread
from desktop.services.command_runner import CommandRunner
from desktop.training.data.data_cache import DataCache
from desktop.training.training_job import TrainingJob

TRAINING_RUNS = "A training is running: stop it, or wait until it is done."
"""Why no step is taken now: a training has the processor to itself."""


class StepRunner(CommandRunner[Command]):
    """Hands on what `StepThread` tells.

    Signals:
        ended: All steps were taken.
        data_progressed, was_reset, step_observed, steps_taken, failed: As those of `StepThread`.
    """

    ended = Signal()
    data_progressed = Signal(float, str)
    was_reset = Signal(str, object, object, object, int)
    step_observed = Signal(object)
    steps_taken = Signal(int, list)
    failed = Signal(object)

    def __init__(self, cache: DataCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = cache

    def reset(self, job: TrainingJob, start: StartWeights | None = None) -> None:
        """Begin again before the first step, with these weights or fresh ones."""
        self.ask(Reset(job, start))

    def step(self, job: TrainingJob, start: StartWeights | None = None) -> None:
        """Take one step."""
        self.ask(Step(job, start))

    def start(self, job: TrainingJob, pause_s: float, start: StartWeights | None = None) -> None:
        """Take step after step, with so many seconds between them; 0 for as fast as it goes."""
        self.ask(Run(job, pause_s, start))

    def pause(self) -> None:
        """Take no more steps for now."""
        if self.is_busy:
            self.ask(Pause())

    def make_thread(self) -> StepThread:
        """Connected."""
        thread = StepThread(self._cache, self)
        thread.data_progressed.connect(self.data_progressed)
        thread.was_reset.connect(self.was_reset)
        thread.step_observed.connect(self.step_observed)
        thread.steps_taken.connect(self.steps_taken)
        thread.failed.connect(self.failed)
        thread.became_idle.connect(self._on_idle)
        return thread

    def _on_idle(self, is_over: bool) -> None:
        if self.tell_done() and is_over:
            self.ended.emit()
