"""Tricks controller: the Levels page asks how much each trick gains, and a thread measures it."""

from __future__ import annotations

from desktop.lesson.levels.page import LevelsPage
from desktop.lesson.levels.tricks_thread import TricksThread
from desktop.lesson.measuring_controller import LEARNING, MeasuringController
from desktop.lesson.step_runner import StepRunner
from desktop.training.controller import TrainingController
from desktop.training.fields import TrainingFields
from engine.errors import SettingsError
from engine.lesson.trick_steps import TRICKS
from engine.lesson.tricks import TrickTime
from engine.settings import TrainingSettings

_STOPPED = "Stopped before everything was measured."


class TricksController(MeasuringController):
    """Made together with the page. Whatever else computes has the processor to itself."""

    def __init__(
        self, page: LevelsPage, fields: TrainingFields, step_runner: StepRunner, training: TrainingController
    ) -> None:
        super().__init__(page, step_runner, training)
        self._panel = page.tricks
        self._fields = fields
        self._measured: TrainingSettings | None = None
        self._times: tuple[TrickTime, ...] = ()
        self._panel.set_tricks(TRICKS)
        self._panel.measure_requested.connect(self._on_measure_requested)
        self._panel.stop_requested.connect(self.stop)
        page.hidden.connect(self.stop)
        self.make_way()

    def show_blocked(self, sentence: str) -> None:
        """At the button."""
        self._panel.set_blocked(sentence)

    def show_end(self, was_stopped: bool, failure: str) -> None:
        """At the button."""
        self._panel.set_measuring(False)
        self._panel.show_state(failure or (_STOPPED if was_stopped else self._summary()))
        self.make_way()

    def _on_measure_requested(self) -> None:
        if self.is_measuring:
            return
        if self._training.training_lock.is_taken:
            self._panel.show_state(LEARNING)
            return
        try:
            settings = self._fields.settings()
        except SettingsError as error:
            self._fields.show_fault(error)
            return
        thread = TricksThread(settings, self)
        thread.measured.connect(self._on_measured)
        self._measured, self._times = settings, ()
        self._panel.set_measuring(True)
        self._panel.show_state("Measuring…")
        self.begin(thread)

    def _on_measured(self, times: tuple[TrickTime, ...]) -> None:
        self._times = times
        self._panel.show_times(times)
        self.stop_for_learning()

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
