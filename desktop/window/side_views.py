"""Side views: which there are, and what calls for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication

from desktop.pad.canvas import Canvas
from desktop.reading.panel import PredictionPanel
from desktop.services.store_service import StoreService
from desktop.training.panel import TrainingPanel
from desktop.widgets.actions import Actions
from desktop.window.beside import Beside
from desktop.window.side_view_factories import SideViewFactories
from desktop.window.view_switch import ViewSwitch

if TYPE_CHECKING:
    from desktop.boundaries.boundaries_controller import BoundariesController
    from desktop.drawings.drawings_controller import DrawingsController
    from desktop.explain.controller import ExplainController
    from desktop.help.help_controller import HelpController
    from desktop.lesson.lesson_controller import LessonController
    from desktop.results.results_controller import ResultsController
    from desktop.search.search_controller import SearchController
    from desktop.trace.controller import TraceController


class SideViews(QObject):
    """Each side view is imported and made when it is first wanted.

    Signals:
        digit_shown: A few words on a digit that a side view put on the pad.
        files_dropped: Paths, of whatever was dropped on a side view.
    """

    digit_shown = Signal(str)
    files_dropped = Signal(object)

    def __init__(
        self,
        *,
        switch: ViewSwitch,
        actions: Actions,
        factories: SideViewFactories,
        canvas: Canvas,
        prediction: PredictionPanel,
        training: TrainingPanel,
        store_service: StoreService,
    ) -> None:
        super().__init__(switch)
        self._switch, self._actions, self._factories = switch, actions, factories
        self._canvas, self._prediction, self._store_service = canvas, prediction, store_service
        switch.add(actions.help, self._help_about_what_is_shown)
        switch.add(actions.lesson, lambda: self.lesson)
        switch.add(actions.why, lambda: self.why, Beside.PAD)
        switch.add(actions.steps, lambda: self.steps, Beside.PAD)
        switch.add(actions.results, lambda: self.results)
        switch.add(actions.drawings, lambda: self.drawings)
        switch.add(actions.search, lambda: self.search)
        switch.add(actions.boundaries, lambda: self.boundaries, Beside.NOTHING)
        actions.why.toggled.connect(self._on_why_toggled)
        actions.runs.triggered.connect(self._on_runs_requested)
        training.runs_requested.connect(actions.runs.trigger)
        training.search_requested.connect(lambda: actions.search.setChecked(True))
        prediction.why_requested.connect(actions.why.toggle)
        prediction.steps_requested.connect(actions.steps.trigger)
        prediction.bars.class_clicked.connect(self._on_class_clicked)
        training.fields.code_requested.connect(self._on_code_requested)

    def set_available(self) -> None:
        """There is an engine to show things with."""
        self._switch.set_available()
        self._actions.runs.setEnabled(True)
        self._prediction.set_side_views_available()

    def show_settings(self) -> None:
        """Settings are others now: those that a side view which was made already has in fields."""
        if "search" in self.__dict__:
            self.search.show_settings()

    @cached_property
    def lesson(self) -> LessonController:
        """How training works."""
        lesson = self._factories.lesson(self)
        self._switch.take_in(lesson.view)
        lesson.view.choose("Levels")
        return lesson

    @cached_property
    def why(self) -> ExplainController:
        """What speaks for a digit."""
        return self._factories.why(self)

    @cached_property
    def steps(self) -> TraceController:
        """How what is on the pad becomes what the network sees."""
        return self._factories.steps(self)

    @cached_property
    def results(self) -> ResultsController:
        """Where the network fails."""
        results = self._factories.results(self)
        results.digit_shown.connect(lambda words: self._on_digit_shown(words, self._actions.results))
        self._switch.take_in(results.view)
        results.view.choose("Mistakes")
        return results

    @cached_property
    def drawings(self) -> DrawingsController:
        """What was labelled."""
        drawings = self._factories.drawings(self)
        drawings.drawing_shown.connect(lambda words: self._on_digit_shown(words, self._actions.drawings))
        drawings.view.files_dropped.connect(self.files_dropped)
        return drawings

    @cached_property
    def search(self) -> SearchController:
        """Which settings are best."""
        search = self._factories.search(self)
        self._switch.take_in(search.view)
        search.view.choose("Settings")
        return search

    @cached_property
    def boundaries(self) -> BoundariesController:
        """How models part the plane."""
        return self._factories.boundaries(self)

    @cached_property
    def help(self) -> HelpController:
        """How to use the program."""
        return self._factories.help(self)

    def _help_about_what_is_shown(self) -> HelpController:
        self.help.choose_for(self._switch.shown)
        return self.help

    def open_points(self, path: Path) -> None:
        """Show points, or an experiment, where models part them."""
        self._actions.boundaries.setChecked(True)
        self.boundaries.open_file(path)

    def take_paste(self) -> bool:
        """Give text that was copied to the side view that is shown, if that takes text; whether it does."""
        text = QGuiApplication.clipboard().text()
        is_taken = self._switch.shown is self._actions.boundaries and bool(text)
        if is_taken:
            self.boundaries.paste(text)
        return is_taken

    def import_drawings(self, paths: Sequence[Path]) -> None:
        """Take files of labelled drawings into the gallery, and show it."""
        store_service = self._store_service
        if store_service.store is None and not store_service.trouble:
            # Asked for at the start: they are taken in as soon as there is where to keep them.
            again = Qt.ConnectionType.SingleShotConnection
            store_service.opened.connect(lambda: self.import_drawings(paths), again)
            return
        self._actions.drawings.setChecked(True)
        self.drawings.import_files(paths)

    def _on_runs_requested(self) -> None:
        """Open the results where all trainings are, and give the keys to their table."""
        from desktop.results.results_controller import RUNS

        # Chosen first: the page that was shown last is not asked for.
        self.results.view.choose(RUNS)
        self._actions.results.setChecked(True)
        if self.results.runs is not None:
            self.results.runs.page.table.setFocus()

    def _on_why_toggled(self, is_wanted: bool) -> None:
        """Asked anew, it begins with the digit that is read."""
        if not is_wanted:
            self.why.ask(None)

    def _on_class_clicked(self, place: int) -> None:
        """Say what speaks for that class."""
        if self._actions.why.isEnabled():
            self._actions.why.setChecked(True)
            self.why.ask(place)

    def _on_digit_shown(self, words: str, action: QAction) -> None:
        """A digit of the side view of `action` stands on the pad: show the pad if it was hidden."""
        self.digit_shown.emit(words)
        if not self._canvas.isVisible():
            action.setChecked(False)

    def _on_code_requested(self) -> None:
        """Open the lesson where the code is."""
        if self._actions.lesson.isEnabled():
            self._actions.lesson.setChecked(True)
            self.lesson.view.choose("Levels")
