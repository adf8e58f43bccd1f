"""Measuring controller: a measurement at a click, which makes way for whatever else computes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.lesson.measuring_thread import MeasuringThread
from desktop.lesson.step_runner import TRAINING_RUNS, StepRunner
from desktop.training.controller import TrainingController
from desktop.widgets.panels.page import Page

_STEPS_RUN = "Steps are being taken on another page: pause them, or wait until they are done."

LEARNING = "The network is learning from your drawings. Press Measure again when it is done."
"""Why nothing is measured while the training lock is taken."""


class MeasuringController(QObject):
    """Base of those that measure, which each call `make_way` once their page is connected."""

    def __init__(self, page: Page, step_runner: StepRunner, training: TrainingController) -> None:
        super().__init__(page)
        self._training = training
        self._thread: MeasuringThread | None = None
        self._failure = ""
        page.closing.connect(self.close)
        self._trains, self._steps = training.is_running, step_runner.is_busy
        training.running_changed.connect(self._on_running_changed)
        step_runner.busy_changed.connect(self._on_busy_changed)

    def show_blocked(self, sentence: str) -> None:
        """Say why nothing can be measured now; empty if it can."""
        raise NotImplementedError

    def show_end(self, was_stopped: bool, failure: str) -> None:
        """The measurement has ended; `failure` is one sentence or empty."""
        raise NotImplementedError

    @property
    def is_measuring(self) -> bool:
        """Whether a measurement is under way."""
        return self._thread is not None

    def begin(self, thread: MeasuringThread) -> None:
        """Start a measurement whose results are connected."""
        # Bound slots of this object: they run in the GUI thread, whichever thread emits.
        thread.failed.connect(self._on_failed)
        thread.finished.connect(self._on_finished)
        self._thread, self._failure = thread, ""
        thread.start()

    def stop(self) -> None:
        """End the measurement soon."""
        if self._thread is not None:
            self._thread.requestInterruption()

    def stop_for_learning(self) -> None:
        """End it if the network is learning from drawings meanwhile."""
        if self._training.training_lock.is_taken:
            self.stop()

    def close(self) -> None:
        """The window closes: end the measurement and wait for it, a few hundredths of a second."""
        self.stop()
        if self._thread is not None:
            self._thread.wait()

    def make_way(self) -> None:
        """Whatever else computes goes first."""
        self.show_blocked(TRAINING_RUNS if self._trains else _STEPS_RUN if self._steps else "")
        if self._trains or self._steps:
            self.stop()

    def _on_failed(self, sentence: str) -> None:
        self._failure = sentence

    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        thread.wait()
        self.show_end(thread.was_stopped, self._failure)
        thread.deleteLater()

    def _on_running_changed(self, is_running: bool) -> None:
        self._trains = is_running
        self.make_way()

    def _on_busy_changed(self, is_busy: bool) -> None:
        self._steps = is_busy
        self.make_way()
