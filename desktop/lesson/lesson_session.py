"""Lesson session: ties the lesson's pages to the training panel, the bench and the pad's reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.lesson.bench import Bench
from desktop.lesson.lesson_place import LessonPlace
from desktop.lesson.unit_pictures import ShownNetwork, UnitPictures
from engine.errors import SettingsError

if TYPE_CHECKING:
    from desktop.lesson.functions_page import FunctionsPage
    from desktop.lesson.lesson_page import LessonPage
    from desktop.lesson.rate_page import RatePage
    from desktop.lesson.stair_page import StairPage
    from desktop.lesson.step_page import StepPage
    from desktop.lesson.weights_page import WeightsPage
    from desktop.live_reader import LiveReader
    from desktop.networks import Networks
    from desktop.theme import Colours
    from desktop.training_job import TrainingJob
    from desktop.training_panel import TrainingPanel
    from desktop.training_session import TrainingSession
    from engine.classifier import Reading
    from engine.digits import Standardisation
    from engine.model import Model
    from engine.network import Architecture, Weights
    from engine.rate_finder import TriedRate
    from engine.settings import TrainingSettings
    from engine.step_by_step import ObservedStep

_TRAINING_RUNS = "A training is running: stop it, or wait for its end."


class LessonSession(QObject):
    """Made when the lesson is first opened.

    Attributes:
        place: Where the pages are shown.
        bench: Takes single steps.
    """

    def __init__(
        self,
        panel: TrainingPanel,
        training: TrainingSession,
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
        self.bench = Bench(training.trainer.shelf, self)
        self.place = LessonPlace(
            {
                "Stair": self._make_stair,
                "Step": self._make_step,
                "Weights": self._make_weights,
                "Rate": self._make_rate,
                "Descent": self._make_descent,
                "Broadcasting": self._make_broadcasting,
                "Functions": self._make_functions,
            }
        )
        self._stair: StairPage | None = None
        self._step: StepPage | None = None
        self._weights: WeightsPage | None = None
        self._rate: RatePage | None = None
        self._functions: FunctionsPage | None = None
        # Of the network on the bench, told by each reset.
        self._bench_architecture: Architecture | None = None
        self._bench_standardisation: Standardisation | None = None
        self._connect_bench()
        panel.fields.edited.connect(self._on_settings_edited)
        training.running_changed.connect(self._on_running_changed)
        training.weights_arrived.connect(self._on_weights_arrived)
        networks.network_changed.connect(self._on_network_changed)
        reader.reading_completed.connect(self._on_reading_completed)
        reader.reading_cleared.connect(self._on_reading_cleared)
        if networks.model is not None:
            self._on_network_changed(networks.model)

    def _connect_bench(self) -> None:
        bench = self.bench
        bench.busy_changed.connect(self._on_busy_changed)
        bench.ended.connect(self._on_ended)
        bench.data_progressed.connect(self._on_data_progressed)
        bench.was_reset.connect(self._on_was_reset)
        bench.step_observed.connect(self._on_step_observed)
        bench.steps_taken.connect(self._on_steps_taken)
        bench.rates_tried.connect(self._on_rates_tried)
        bench.rate_found.connect(self._on_rate_found)
        bench.failed.connect(self._on_failed)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.place.set_colours(colours)

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        self.bench.close()

    # Pages, each imported when it is first chosen.

    def _make_stair(self) -> LessonPage:
        from desktop.lesson.stair_page import StairPage

        self._stair = StairPage()
        self._stair.rung_chosen.connect(self._panel.fields.choose_rung)
        self._on_settings_edited()
        return self._stair

    def _make_step(self) -> LessonPage:
        from desktop.lesson.step_page import StepPage

        page = self._step = StepPage()
        page.step_requested.connect(self._on_step_requested)
        page.run_requested.connect(self._on_run_requested)
        page.pause_requested.connect(self.bench.pause)
        page.reset_requested.connect(self._on_reset_requested)
        self._on_running_changed(self._training.is_running)
        return page

    def _make_weights(self) -> LessonPage:
        from desktop.lesson.weights_page import WeightsPage

        self._weights = WeightsPage()
        self._weights.set_source(self._on_units_wanted)
        return self._weights

    def _make_rate(self) -> LessonPage:
        from desktop.lesson.rate_page import RatePage

        page = self._rate = RatePage()
        page.search_requested.connect(self._on_search_requested)
        page.stop_requested.connect(self.bench.pause)
        page.rate_chosen.connect(self._panel.fields.choose_rate)
        self._on_running_changed(self._training.is_running)
        return page

    def _make_descent(self) -> LessonPage:
        from desktop.lesson.descent_page import DescentPage

        return DescentPage()

    def _make_broadcasting(self) -> LessonPage:
        from desktop.lesson.broadcasting_page import BroadcastingPage

        return BroadcastingPage()

    def _make_functions(self) -> LessonPage:
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
        if self._stair is not None and settings is not None:
            self._stair.show_settings(settings)

    def _on_running_changed(self, is_running: bool) -> None:
        if is_running:
            self.bench.pause()
        for page in (self._step, self._rate):
            if page is not None:
                page.set_available(not is_running, _TRAINING_RUNS if is_running else "")
        if not is_running and self._step is not None and self._step.state == _TRAINING_RUNS:
            self._step.show_state("Press Step to go on.")
        if not is_running and self._rate is not None and self._rate.words == _TRAINING_RUNS:
            self._rate.show_state("Press Find a rate; it takes a second or two and changes nothing.")

    # Steps.

    def _on_step_requested(self) -> None:
        if (job := self._job()) is not None and not self.bench.is_busy:
            self.bench.step(job)

    def _on_run_requested(self, pause_s: float) -> None:
        if (job := self._job()) is not None and self._step is not None:
            self._step.set_running(True)
            self.bench.start(job, pause_s)

    def _on_reset_requested(self) -> None:
        if (job := self._job()) is not None:
            self.bench.reset(job)

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
        title = f"{architecture.describe()}, rung {job.settings.rung}"
        self._pictures.show(ShownNetwork(architecture, weights, standardisation, f"{title}, before any step"))
        self._pictures.forget_order()
        self._bench_standardisation = standardisation
        self._bench_architecture = architecture
        if self._step is not None:
            self._step.show_reset(title, total_steps)
        self._refresh_weights()

    def _on_step_observed(self, step: ObservedStep) -> None:
        architecture, standardisation = self._bench_architecture, self._bench_standardisation
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
            self.bench.find_rate(job)

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
