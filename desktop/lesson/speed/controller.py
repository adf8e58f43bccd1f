"""Speed controller: the Speed page asks for a measurement, and a thread makes it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.lesson.speed.page import SpeedPage
from desktop.lesson.speed.thread import SpeedThread
from desktop.lesson.step_runner import TRAINING_RUNS, StepRunner
from desktop.training.controller import TrainingController
from engine.lesson.speed import Timing
from engine.lesson.speed_tasks import Way

_STEPS_RUN = "Steps are being taken on another page: pause them, or wait until they are done."
_LEARNING = "The network is learning from your drawings. Press Measure again when it is done."


class SpeedController(QObject):
    """Made together with its page. Whatever else computes has the processor to itself.

    Attributes:
        page: The page.
    """

    def __init__(self, step_runner: StepRunner, training: TrainingController) -> None:
        page = SpeedPage()
        super().__init__(page)
        self.page = page
        self._training = training
        self._thread: SpeedThread | None = None
        self._failure = ""
        page.measure_requested.connect(self._on_measure_requested)
        page.stop_requested.connect(self.stop)
        page.closing.connect(self.close)
        self._trains, self._steps = training.is_running, step_runner.is_busy
        training.running_changed.connect(self._on_running_changed)
        step_runner.busy_changed.connect(self._on_busy_changed)
        self._make_way()

    @property
    def is_measuring(self) -> bool:
        """Whether a measurement is under way."""
        return self._thread is not None

    def stop(self) -> None:
        """End the measurement soon."""
        if self._thread is not None:
            self._thread.requestInterruption()

    def close(self) -> None:
        """The window closes: end the measurement and wait for it, a few hundredths of a second."""
        self.stop()
        if self._thread is not None:
            self._thread.wait()

    def _on_measure_requested(self) -> None:
        if self._thread is not None:
            return
        if self._training.training_lock.is_taken:
            self.page.show_state(_LEARNING)
            return
        thread = SpeedThread(self)
        # Bound slots of this object: they run in the GUI thread, whichever thread emits.
        thread.ways_found.connect(self._on_ways_found)
        thread.round_done.connect(self._on_round_done)
        thread.failed.connect(self._on_failed)
        thread.finished.connect(self._on_finished)
        self._failure = ""
        self._thread = thread
        self.page.set_measuring(True)
        thread.start()

    def _on_ways_found(self, ways: tuple[Way, ...]) -> None:
        self.page.set_ways(ways)

    def _on_round_done(self, timings: tuple[Timing, ...]) -> None:
        self.page.show_timings(timings)
        if self._training.training_lock.is_taken:
            self.stop()

    def _on_failed(self, sentence: str) -> None:
        self._failure = sentence

    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        thread.wait()
        self.page.set_measuring(False)
        self.page.show_end(thread.was_stopped, self._failure)
        thread.deleteLater()

    def _on_running_changed(self, is_running: bool) -> None:
        self._trains = is_running
        self._make_way()

    def _on_busy_changed(self, is_busy: bool) -> None:
        self._steps = is_busy
        self._make_way()

    def _make_way(self) -> None:
        """Whatever else computes goes first."""
        self.page.set_blocked(TRAINING_RUNS if self._trains else _STEPS_RUN if self._steps else "")
        if self._trains or self._steps:
            self.stop()
