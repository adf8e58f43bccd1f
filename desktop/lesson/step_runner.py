"""Step runner: the window's side of step-by-step training; its thread starts when it is first needed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.lesson.step_thread import Command, FindRate, Pause, Reset, Run, Step, StepThread
from desktop.training.thread import DataCache
from desktop.training.training_job import TrainingJob

TRAINING_RUNS = "A training is running: stop it, or wait until it is done."
"""Why no step is taken now: a training has the processor to itself."""


class StepRunner(QObject):
    """Lives in the GUI thread and hands on what `StepThread` tells.

    Signals:
        busy_changed: Whether something runs.
        ended: All steps were taken.
        data_progressed, was_reset, step_observed, steps_taken, rates_tried, rate_found, failed: As those of
            `StepThread`.
    """

    busy_changed = Signal(bool)
    ended = Signal()
    data_progressed = Signal(float)
    was_reset = Signal(object, object, object, object, int)
    step_observed = Signal(object)
    steps_taken = Signal(int, list)
    rates_tried = Signal(list)
    rate_found = Signal(list, object)
    failed = Signal(object)

    def __init__(self, cache: DataCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = cache
        self._thread: StepThread | None = None
        self._asked = 0
        self._is_searching = False

    @property
    def is_busy(self) -> bool:
        """Whether something was asked for that is not done yet."""
        return self._asked > 0

    @property
    def is_searching(self) -> bool:
        """Whether what was asked for is a learning rate rather than steps."""
        return self._is_searching

    def reset(self, job: TrainingJob) -> None:
        """Begin again before the first step."""
        self._ask(Reset(job))

    def step(self, job: TrainingJob) -> None:
        """Take one step."""
        self._ask(Step(job))

    def start(self, job: TrainingJob, pause_s: float) -> None:
        """Take step after step, with so many seconds between them; 0 for as fast as it goes."""
        self._ask(Run(job, pause_s))

    def pause(self) -> None:
        """Take no more steps for now; a search for a rate ends, too."""
        if self.is_busy:
            self._ask(Pause())

    def find_rate(self, job: TrainingJob) -> None:
        """Search for a learning rate."""
        self._is_searching = True
        self._ask(FindRate(job))

    def close(self) -> None:
        """End what runs and wait for it."""
        if self._thread is not None:
            self._thread.end()
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None

    def _ask(self, command: Command) -> None:
        if self._thread is None:
            self._thread = self._started()
        was_busy, self._asked = self.is_busy, self._asked + 1
        self._thread.ask(command)
        if not was_busy:
            self.busy_changed.emit(True)

    def _started(self) -> StepThread:
        thread = StepThread(self._cache, self)
        # Signals and bound slots of objects in the GUI thread: none of them runs in the other one.
        thread.data_progressed.connect(self.data_progressed)
        thread.was_reset.connect(self.was_reset)
        thread.step_observed.connect(self.step_observed)
        thread.steps_taken.connect(self.steps_taken)
        thread.rates_tried.connect(self.rates_tried)
        thread.rate_found.connect(self.rate_found)
        thread.failed.connect(self.failed)
        thread.became_idle.connect(self._on_idle)
        thread.start()
        return thread

    def _on_idle(self, is_over: bool) -> None:
        """One command is done; there may be others behind it."""
        self._asked -= 1
        if self._asked == 0:
            self._is_searching = False
            self.busy_changed.emit(False)
            if is_over:
                self.ended.emit()
