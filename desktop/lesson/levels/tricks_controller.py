"""Tricks controller: the Levels page asks how much each trick gains, and a thread measures it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.lesson.levels.page import LevelsPage
from desktop.lesson.levels.tricks_thread import TricksThread
from desktop.lesson.step_runner import TRAINING_RUNS, StepRunner
from desktop.training.controller import TrainingController
from desktop.training.fields import TrainingFields
from engine.errors import SettingsError
from engine.lesson.trick_steps import TRICKS
from engine.lesson.tricks import TrickTime
from engine.settings import TrainingSettings

_STEPS_RUN = "Steps are being taken on another page: pause them, or wait until they are done."
_LEARNING = "The network is learning from your drawings. Measure again when it is done."
_STOPPED = "Stopped before everything was measured."


class TricksController(QObject):
    """Made together with the page. Whatever else computes has the processor to itself."""

    def __init__(
        self, page: LevelsPage, fields: TrainingFields, step_runner: StepRunner, training: TrainingController
    ) -> None:
        super().__init__(page)
        self._panel = page.tricks
        self._fields = fields
        self._training = training
        self._thread: TricksThread | None = None
        self._measured: TrainingSettings | None = None
        self._times: tuple[TrickTime, ...] = ()
        self._failure = ""
        self._panel.set_tricks(TRICKS)
        self._panel.measure_requested.connect(self._on_measure_requested)
        self._panel.stop_requested.connect(self.stop)
        page.closing.connect(self.close)
        page.hidden.connect(self.stop)
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
        """The window closes: end the measurement and wait for it."""
        self.stop()
        if self._thread is not None:
            self._thread.wait()

    def _on_measure_requested(self) -> None:
        if self._thread is not None:
            return
        if self._training.training_lock.is_taken:
            self._panel.show_state(_LEARNING)
            return
        try:
            settings = self._fields.settings()
        except SettingsError as error:
            self._fields.show_fault(error)
            return
        self._thread = thread = TricksThread(settings, self)
        # Bound slots of this object: they run in the GUI thread, whichever thread emits.
        thread.measured.connect(self._on_measured)
        thread.failed.connect(self._on_failed)
        thread.finished.connect(self._on_finished)
        self._measured, self._times, self._failure = settings, (), ""
        self._panel.set_measuring(True)
        self._panel.show_state("Measuring…")
        thread.start()

    def _on_measured(self, times: tuple[TrickTime, ...]) -> None:
        self._times = times
        self._panel.show_times(times)
        if self._training.training_lock.is_taken:
            self.stop()

    def _on_failed(self, sentence: str) -> None:
        self._failure = sentence

    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        thread.wait()
        self._panel.set_measuring(False)
        self._panel.show_state(self._failure or (_STOPPED if thread.was_stopped else self._summary()))
        thread.deleteLater()
        self._make_way()

    def _summary(self) -> str:
        """What it comes to, and what the figures are true of."""
        settings = self._measured
        if settings is None or not self._times:
            return ""
        sizes = "-".join(map(str, (784, *settings.hidden, 10)))
        whole = self._times[0].step_s / self._times[-1].step_s
        return (
            f"Altogether {whole:.1f} times as fast as level 6. Medians, measured here with {sizes}, "
            f"mini-batches of {settings.batch_size}, SGD with momentum and one CPU thread; an epoch is "
            "60,000 digits."
        )

    def _on_running_changed(self, is_running: bool) -> None:
        self._trains = is_running
        self._make_way()

    def _on_busy_changed(self, is_busy: bool) -> None:
        self._steps = is_busy
        self._make_way()

    def _make_way(self) -> None:
        """Whatever else computes goes first."""
        self._panel.set_blocked(TRAINING_RUNS if self._trains else _STEPS_RUN if self._steps else "")
        if self._trains or self._steps:
            self.stop()
