"""Rate controller: the Rate page asks for a learning rate; the training panel takes it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.lesson.network_sources import NetworkSources
from desktop.lesson.rate_page import RatePage
from desktop.lesson.rate_runner import RateRunner
from desktop.lesson.start_choice import StartChoice
from desktop.lesson.step_runner import TRAINING_RUNS
from desktop.training.controller import TrainingController
from desktop.training.fields import TrainingFields
from engine.errors import SettingsError


class RateController(QObject):
    """Made together with its page.

    Attributes:
        page: The page.
    """

    def __init__(
        self,
        rate_runner: RateRunner,
        sources: NetworkSources,
        training: TrainingController,
        fields: TrainingFields,
    ) -> None:
        page = RatePage()
        super().__init__(page)
        self.page = page
        self._rate_runner = rate_runner
        self._start = StartChoice(page.start, sources, training, self)
        page.search_requested.connect(self._on_search_requested)
        page.stop_requested.connect(rate_runner.stop)
        page.rate_chosen.connect(fields.choose_rate)
        rate_runner.busy_changed.connect(self._on_busy_changed)
        rate_runner.data_progressed.connect(self._on_data_progressed)
        rate_runner.rates_tried.connect(page.show_tried)
        rate_runner.rate_found.connect(page.show_found)
        rate_runner.failed.connect(self._on_failed)
        self._start.refused.connect(page.show_state)
        training.running_changed.connect(self._on_running_changed)
        self._on_running_changed(training.is_running)

    def _on_search_requested(self) -> None:
        if (wanted := self._start.requested()) is not None:
            job, start = wanted
            network = "-".join(map(str, (784, *job.settings.hidden, 10)))
            self.page.set_searching(True, f"{network} from {start.title if start else 'fresh weights'}")
            self._rate_runner.find(job, start)

    def _on_busy_changed(self, is_busy: bool) -> None:
        if not is_busy:
            self.page.set_searching(False)

    def _on_data_progressed(self, share: float, words: str) -> None:
        self.page.show_state(f"{words[:1].upper()}{words[1:]}: {100 * share:.0f} %")

    def _on_failed(self, error: SettingsError | str) -> None:
        self.page.show_state(str(error))

    def _on_running_changed(self, is_running: bool) -> None:
        self.page.set_blocked(TRAINING_RUNS if is_running else "")
