"""Lesson controller: ties the lesson's pages to the training panel, the bench and the pad's reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.lesson.step_runner import StepRunner
from desktop.lesson.unit_pictures import ShownNetwork, UnitPictures
from desktop.widgets.tabbed_pages import TabbedPages
from engine.errors import SettingsError

if TYPE_CHECKING:
    from desktop.lesson.functions_page import FunctionsPage
    from desktop.lesson.levels_page import LevelsPage
    from desktop.lesson.rate_page import RatePage
    from desktop.lesson.step_page import StepPage
    from desktop.lesson.weights_page import WeightsPage
    from desktop.reading.live_reader import LiveReader
    from desktop.services.networks import Networks
    from desktop.training.controller import TrainingController
    from desktop.training.panel import TrainingPanel
    from desktop.training.training_job import TrainingJob
    from desktop.widgets.page import Page
    from desktop.widgets.theme import Colours
    from engine.data.digits import Standardisation
    from engine.models.classifier import Reading
    from engine.models.model import Model
    from engine.nn.network import Architecture, Weights
    from engine.settings import TrainingSettings
    from engine.training.rate_finder import TriedRate
    from engine.training.step_by_step import ObservedStep

_TRAINING_RUNS = "A training is running: stop it, or wait for its end."


class LessonController(QObject):
    """Made when the lesson is first opened.

    Attributes:
        view: Where the pages are shown.
        step_runner: Takes single steps.
    """

    def __init__(
        self,
        panel: TrainingPanel,
        training: TrainingController,
        networks: Networks,
        reader: LiveReader,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._training = training
        self._reader = reader
        self._pictures = UnitPictures()
        self._is_searching = False
        self.step_runner = StepRunner(training.trainer.cache, self)
        self.view = TabbedPages(
            {
                "Levels": self._make_levels,
                "Step": self._make_step,
                "Weights": self._make_weights,
                "Rate": self._make_rate,
                "Descent": self._make_descent,
                "Broadcasting": self._make_broadcasting,
                "Functions": self._make_functions,
            }
        )
        self._levels: LevelsPage | None = None
        self._step: StepPage | None = None
        self._weights: WeightsPage | None = None
        self._rate: RatePage | None = None
        self._functions: FunctionsPage | None = None
        # Of the network on the step runner, told by each reset.
        self._step_runner_architecture: Architecture | None = None
        self._step_runner_standardisation: Standardisation | None = None
        self._connect_step_runner()
        panel.fields.edited.connect(self._on_settings_edited)
        training.running_changed.connect(self._on_running_changed)
        training.weights_arrived.connect(self._on_weights_arrived)
        networks.network_changed.connect(self._on_network_changed)
        reader.reading_completed.connect(self._on_reading_completed)
        reader.reading_cleared.connect(self._on_reading_cleared)
        if networks.model is not None:
            self._on_network_changed(networks.model)

    def _connect_step_runner(self) -> None:
        step_runner = self.step_runner
        step_runner.busy_changed.connect(self._on_busy_changed)
        step_runner.ended.connect(self._on_ended)
        step_runner.data_progressed.connect(self._on_data_progressed)
        step_runner.was_reset.connect(self._on_was_reset)
        step_runner.step_observed.connect(self._on_step_observed)
        step_runner.steps_taken.connect(self._on_steps_taken)
        step_runner.rates_tried.connect(self._on_rates_tried)
        step_runner.rate_found.connect(self._on_rate_found)
        step_runner.failed.connect(self._on_failed)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.view.set_colours(colours)

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        self.step_runner.close()

    # Pages, each imported when it is first chosen.

    def _make_levels(self) -> Page:
        from desktop.lesson.levels_page import LevelsPage

        self._levels = LevelsPage()
        self._levels.level_chosen.connect(self._panel.fields.choose_level)
        self._on_settings_edited()
        return self._levels

    def _make_step(self) -> Page:
        from desktop.lesson.step_page import StepPage

        page = self._step = StepPage()
        page.step_requested.connect(self._on_step_requested)
        page.run_requested.connect(self._on_run_requested)
        page.pause_requested.connect(self.step_runner.pause)
        page.reset_requested.connect(self._on_reset_requested)
        self._on_running_changed(self._training.is_running)
        return page

    def _make_weights(self) -> Page:
        from desktop.lesson.weights_page import WeightsPage

        self._weights = WeightsPage()
        self._weights.set_source(self._on_units_wanted)
        return self._weights

    def _make_rate(self) -> Page:
        from desktop.lesson.rate_page import RatePage

        page = self._rate = RatePage()
        page.search_requested.connect(self._on_search_requested)
        page.stop_requested.connect(self.step_runner.pause)
        page.rate_chosen.connect(self._panel.fields.choose_rate)
        self._on_running_changed(self._training.is_running)
        return page

    def _make_descent(self) -> Page:
        from desktop.lesson.descent_page import DescentPage

        return DescentPage()

    def _make_broadcasting(self) -> Page:
        from desktop.lesson.broadcasting.page import BroadcastingPage

        return BroadcastingPage()

    def _make_functions(self) -> Page:
        from desktop.lesson.functions_page import FunctionsPage

        self._functions = FunctionsPage()
        reading = self._reader.last_reading
        if reading is not None:
            self._on_reading_completed(reading)
        else:
            self._on_reading_cleared()
        return self._functions

    # What the panel says.

    def _settings(self) -> TrainingSettings | None:
        """The panel's settings, or None while they make no sense."""
        try:
            return self._panel.fields.settings()
        except SettingsError:
            return None

    def _job(self) -> TrainingJob | None:
        """What the panel asks for; if it makes no sense, that is said at the field."""
        try:
            return self._training.job(self._panel.fields.settings())
        except SettingsError as error:
            self._panel.show_fault(error)
            return None

    def _on_settings_edited(self) -> None:
        settings = self._settings()
        if self._levels is not None and settings is not None:
            self._levels.show_settings(settings)

    def _on_running_changed(self, is_running: bool) -> None:
        if is_running:
            self.step_runner.pause()
        for page in (self._step, self._rate):
            if page is not None:
                page.set_available(not is_running, _TRAINING_RUNS if is_running else "")
        if not is_running and self._step is not None and self._step.state == _TRAINING_RUNS:
            self._step.show_state("Press Step to go on.")
        if not is_running and self._rate is not None and self._rate.words == _TRAINING_RUNS:
            self._rate.show_state("Press Find a rate; it takes a second or two and changes nothing.")

    # Steps.

    def _on_step_requested(self) -> None:
        if (job := self._job()) is not None and not self.step_runner.is_busy:
            self.step_runner.step(job)

    def _on_run_requested(self, pause_s: float) -> None:
        if (job := self._job()) is not None and self._step is not None:
            self._step.set_running(True)
            self.step_runner.start(job, pause_s)

    def _on_reset_requested(self) -> None:
        if (job := self._job()) is not None:
            self.step_runner.reset(job)

    def _on_busy_changed(self, is_busy: bool) -> None:
        if is_busy:
            return
        if self._step is not None:
            self._step.set_running(False)
        if self._rate is not None and self._is_searching:
            self._is_searching = False
            self._rate.set_searching(False)

    def _on_ended(self) -> None:
        if self._step is not None:
            self._step.show_state("All steps were taken: reset to begin again, with more epochs if you like.")

    def _on_data_progressed(self, share: float) -> None:
        words = f"Writing the practice digits: {100 * share:.0f} %"
        if self._is_searching and self._rate is not None:
            self._rate.show_state(words)
        elif self._step is not None:
            self._step.show_state(words)

    def _on_was_reset(
        self,
        job: TrainingJob,
        architecture: Architecture,
        weights: Weights,
        standardisation: Standardisation,
        total_steps: int,
    ) -> None:
        title = f"{architecture.describe()}, level {job.settings.level}"
        self._pictures.show(ShownNetwork(architecture, weights, standardisation, f"{title}, before any step"))
        self._pictures.forget_order()
        self._step_runner_standardisation = standardisation
        self._step_runner_architecture = architecture
        if self._step is not None:
            self._step.show_reset(title, total_steps)
        self._refresh_weights()

    def _on_step_observed(self, step: ObservedStep) -> None:
        architecture, standardisation = self._step_runner_architecture, self._step_runner_standardisation
        if architecture is None or standardisation is None:
            return
        title = f"{architecture.describe()} on the Step page, after step {step.number:,}"
        self._pictures.show(ShownNetwork(architecture, step.weights_after, standardisation, title))
        if self._step is not None:
            units = self._pictures.chosen_units(10, step.number)
            self._step.show_step(step, units, self._pictures.names(units, 0))
            if self._training.is_running:  # the step was under way when the training began
                self._step.show_state(_TRAINING_RUNS)
        self._refresh_weights()

    def _on_steps_taken(self, first_step: int, losses: list[float]) -> None:
        if self._step is not None:
            self._step.add_losses(first_step, losses)

    def _on_failed(self, error: SettingsError | str) -> None:
        if isinstance(error, SettingsError):
            self._panel.show_fault(error)
        for page in (self._rate if self._is_searching else self._step,):
            if page is not None:
                page.show_state(str(error))

    # Rates.

    def _on_search_requested(self) -> None:
        if (job := self._job()) is not None and self._rate is not None:
            self._is_searching = True
            self._rate.set_searching(True)
            self.step_runner.find_rate(job)

    def _on_rates_tried(self, tried: list[TriedRate]) -> None:
        if self._rate is not None:
            self._rate.show_tried(tried)

    def _on_rate_found(self, tried: list[TriedRate], suggested: float | None) -> None:
        if self._rate is not None:
            self._rate.show_found(tried, suggested)

    # Weights.

    def _on_network_changed(self, model: Model) -> None:
        title = f"The network in use: {model.name}"
        self._pictures.show(ShownNetwork(model.architecture, model.weights, model.standardisation, title))
        self._refresh_weights()

    def _on_weights_arrived(
        self, architecture: Architecture, weights: Weights, standardisation: Standardisation, title: str
    ) -> None:
        self._pictures.show(ShownNetwork(architecture, weights, standardisation, title))
        self._refresh_weights()

    def _refresh_weights(self) -> None:
        if self._weights is not None:
            self._weights.refresh_soon()

    def _on_units_wanted(self, layer: int) -> None:
        if self._weights is not None:
            self._pictures.fill(self._weights, layer)

    # The digit on the pad.

    def _on_reading_completed(self, reading: Reading) -> None:
        if self._functions is not None:
            self._functions.set_logits(reading.scaled_logits, reading.image)

    def _on_reading_cleared(self) -> None:
        if self._functions is not None:
            self._functions.set_logits(None)
