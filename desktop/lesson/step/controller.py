"""Step controller: the Step page asks the step runner for steps, and shows them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.lesson.levels.formulas import formula_for
from desktop.lesson.network_sources import NetworkSources
from desktop.lesson.shown_network import STEPPED
from desktop.lesson.shown_weights import ShownWeights
from desktop.lesson.start_choice import StartChoice
from desktop.lesson.start_weights import StartWeights
from desktop.lesson.step.page import SHOWN_UNITS, StepPage
from desktop.lesson.step_runner import TRAINING_RUNS, StepRunner
from desktop.training.controller import TrainingController
from desktop.training.training_job import TrainingJob
from engine.errors import SettingsError
from engine.training.step_by_step import ObservedStep


class StepController(QObject):
    """Made together with its page.

    Attributes:
        page: The page.
    """

    def __init__(
        self, step_runner: StepRunner, sources: NetworkSources, training: TrainingController
    ) -> None:
        page = StepPage()
        super().__init__(page)
        self.page = page
        self._step_runner = step_runner
        shown = ShownWeights(sources, STEPPED, self)
        self._pictures = shown.pictures
        self._start = StartChoice(page.start, sources, training, self)
        self._start.refused.connect(page.show_state)
        page.step_requested.connect(self._on_step_requested)
        page.run_requested.connect(self._on_run_requested)
        page.pause_requested.connect(step_runner.pause)
        page.reset_requested.connect(self._on_reset_requested)
        step_runner.busy_changed.connect(self._on_busy_changed)
        step_runner.ended.connect(self._on_ended)
        step_runner.data_progressed.connect(self._on_data_progressed)
        step_runner.steps_taken.connect(page.add_losses)
        step_runner.failed.connect(self._on_failed)
        shown.step_reset.connect(page.show_reset)
        shown.step_observed.connect(self._on_step_observed)
        training.running_changed.connect(self._on_running_changed)
        self._on_running_changed(training.is_running)

    def _requested(self) -> tuple[TrainingJob, StartWeights | None] | None:
        """What is to be trained, and from where; the page shows the rules of its optimiser and schedule."""
        wanted = self._start.requested()
        if wanted is not None:
            settings = wanted[0].settings
            self.page.show_rule(formula_for("Optimiser", settings), formula_for("Schedule", settings))
        return wanted

    def _on_step_requested(self) -> None:
        if not self._step_runner.is_busy and (wanted := self._requested()) is not None:
            job, start = wanted
            self._step_runner.step(job, start)

    def _on_run_requested(self, pause_s: float) -> None:
        if (wanted := self._requested()) is not None:
            job, start = wanted
            self.page.set_running(True)
            self._step_runner.start(job, pause_s, start)

    def _on_reset_requested(self) -> None:
        if (wanted := self._requested()) is not None:
            job, start = wanted
            self._step_runner.reset(job, start)

    def _on_busy_changed(self, is_busy: bool) -> None:
        if not is_busy:
            self.page.set_running(False)
        elif not self.page.has_step:
            self.page.show_state("Getting the data ready…")

    def _on_ended(self) -> None:
        self.page.show_state("All steps are done. Press Reset to start over, with more epochs if you like.")

    def _on_data_progressed(self, share: float, words: str) -> None:
        self.page.show_state(f"{words[:1].upper()}{words[1:]}: {100 * share:.0f} %")

    def _on_step_observed(self, step: ObservedStep) -> None:
        units = self._pictures.chosen_units(SHOWN_UNITS, step.number)
        self.page.show_step(step, units, self._pictures.names(units, 0))

    def _on_failed(self, error: SettingsError | str) -> None:
        self.page.show_state(str(error))

    def _on_running_changed(self, is_running: bool) -> None:
        self.page.set_blocked(TRAINING_RUNS if is_running else "")
