"""Rate controller: the Rate page asks the step runner for a learning rate; the training panel takes it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.lesson.rate_page import RatePage
from desktop.lesson.step_runner import TRAINING_RUNS, StepRunner
from desktop.training.controller import TrainingController
from desktop.training.fields import TrainingFields
from engine.errors import SettingsError


class RateController(QObject):
    """Made together with its page.

    Attributes:
        page: The page.
    """

    def __init__(self, step_runner: StepRunner, training: TrainingController, fields: TrainingFields) -> None:
        page = RatePage()
        super().__init__(page)
        self.page = page
        self._step_runner = step_runner
        self._training = training
        page.search_requested.connect(self._on_search_requested)
        page.stop_requested.connect(step_runner.pause)
        page.rate_chosen.connect(fields.choose_rate)
        step_runner.busy_changed.connect(self._on_busy_changed)
        step_runner.data_progressed.connect(self._on_data_progressed)
        step_runner.rates_tried.connect(page.show_tried)
        step_runner.rate_found.connect(page.show_found)
        step_runner.failed.connect(self._on_failed)
        training.running_changed.connect(self._on_running_changed)
        self._on_running_changed(training.is_running)

    def _on_search_requested(self) -> None:
        if (job := self._training.requested_job()) is not None:
            self.page.set_searching(True)
            self._step_runner.find_rate(job)

    def _on_busy_changed(self, is_busy: bool) -> None:
        if not is_busy:
            self.page.set_searching(False)

    def _on_data_progressed(self, share: float) -> None:
        if self._step_runner.is_searching:
            self.page.show_state(f"Generating training digits: {100 * share:.0f} %")

    def _on_failed(self, error: SettingsError | str) -> None:
        if self._step_runner.is_searching:
            self.page.show_state(str(error))

    def _on_running_changed(self, is_running: bool) -> None:
        self.page.set_blocked(TRAINING_RUNS if is_running else "")
