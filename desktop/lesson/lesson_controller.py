"""Lesson controller: the lesson's pages in their view, and what runs for them in threads of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.lesson.exercises.controller import ExercisesController
from desktop.lesson.network_sources import NetworkSources
from desktop.lesson.pages import PAGES, LessonParts
from desktop.lesson.rate_runner import RateRunner
from desktop.lesson.step_runner import StepRunner
from desktop.widgets.panels.tabbed_pages import TabbedPages
from engine.errors import SettingsError

if TYPE_CHECKING:
    from desktop.networks.networks import Networks
    from desktop.reading.live_reader import LiveReader
    from desktop.settings.lesson_settings import LessonSettings
    from desktop.training.controller import TrainingController
    from desktop.training.panel import TrainingPanel
    from desktop.widgets.theme import Colours


class LessonController(QObject):
    """Made when the lesson is first opened. Each page comes with a controller of its own: see `PAGES`.

    Attributes:
        view: Where the pages are shown.
        step_runner: Takes single steps.
        rate_runner: Searches for a learning rate.
        sources: The networks that pages can look into.
        exercises: What to try on each page.
    """

    def __init__(
        self,
        panel: TrainingPanel,
        training: TrainingController,
        networks: Networks,
        reader: LiveReader,
        memory: LessonSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self.step_runner = StepRunner(training.trainer.cache, self)
        self.rate_runner = RateRunner(training.trainer.cache, self)
        self.sources = NetworkSources(networks, training, self.step_runner, self)
        parts = LessonParts(panel.fields, training, reader, self.step_runner, self.rate_runner, self.sources)
        self.view = TabbedPages({name: partial(make, parts) for name, make in PAGES.items()})
        self.exercises = ExercisesController(self.view, parts, memory, self)
        self.step_runner.failed.connect(self._on_failed)
        self.rate_runner.failed.connect(self._on_failed)
        training.running_changed.connect(self._on_running_changed)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.view.set_colours(colours)

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        self.step_runner.close()
        self.rate_runner.close()
        self.view.close_pages()

    def _on_running_changed(self, is_running: bool) -> None:
        """A training has the processor to itself."""
        if is_running:
            self.step_runner.pause()
            self.rate_runner.stop()

    def _on_failed(self, error: SettingsError | str) -> None:
        if isinstance(error, SettingsError):
            self._panel.show_fault(error)
