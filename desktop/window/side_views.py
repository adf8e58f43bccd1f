"""Side views: who they are, what each is made of, and what calls for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction

from desktop.desk import Desk
from desktop.widgets.actions import Actions
from desktop.widgets.small_widgets import ActionButton
from desktop.window.view_switch import ViewSwitch

if TYPE_CHECKING:
    from desktop.drawings.drawings_controller import DrawingsController
    from desktop.explain.controller import ExplainController
    from desktop.help.help_controller import HelpController
    from desktop.lesson.lesson_controller import LessonController
    from desktop.results.results_controller import ResultsController
    from desktop.trace.controller import TraceController


class SideViews(QObject):
    """Each side view is imported and made when it is first wanted.

    Signals:
        digit_shown: A few words on a digit that a side view put on the pad.
    """

    digit_shown = Signal(str)

    def __init__(self, switch: ViewSwitch, actions: Actions, desk: Desk) -> None:
        super().__init__(switch)
        self._actions = actions
        self._desk = desk
        self._switch = switch
        switch.add(actions.help, self._help_about_what_is_shown)
        switch.add(actions.lesson, lambda: self.lesson)
        switch.add(actions.why, lambda: self.why, is_about_pad=True)
        switch.add(actions.steps, lambda: self.steps, is_about_pad=True)
        switch.add(actions.results, lambda: self.results)
        switch.add(actions.drawings, lambda: self.drawings)
        actions.why.toggled.connect(self._on_why_toggled)
        actions.runs.triggered.connect(self._on_runs_requested)
        desk.training.runs_requested.connect(actions.runs.trigger)
        desk.prediction.why_requested.connect(actions.why.toggle)
        desk.prediction.steps_requested.connect(actions.steps.trigger)
        desk.prediction.bars.digit_clicked.connect(self._on_digit_clicked)
        desk.training.fields.code_requested.connect(self._on_code_requested)

    @cached_property
    def lesson(self) -> LessonController:
        """How training works."""
        from desktop.lesson.lesson_controller import LessonController

        desk = self._desk
        lesson = LessonController(desk.training, desk.training_controller, desk.networks, desk.reader, self)
        lesson.view.choose("Levels")
        return lesson

    @cached_property
    def why(self) -> ExplainController:
        """What speaks for a digit."""
        from desktop.explain.controller import ExplainController

        return ExplainController(self._desk.reader, self._desk.prediction.bars, self)

    @cached_property
    def steps(self) -> TraceController:
        """How what is on the pad becomes what the network sees."""
        from desktop.trace.controller import TraceController

        return TraceController(self._desk.reader, self._desk.canvas, self)

    @cached_property
    def results(self) -> ResultsController:
        """Where the network fails."""
        from desktop.results.results_controller import ResultsController

        results = ResultsController(self._desk, self)
        results.digit_shown.connect(lambda words: self._on_digit_shown(words, self._actions.results))
        results.view.choose("Mistakes")
        return results

    @cached_property
    def drawings(self) -> DrawingsController:
        """What was labelled."""
        from desktop.drawings.drawings_controller import DrawingsController

        drawings = DrawingsController(self._desk.collection, self._desk.labeller, self._desk.networks, self)
        drawings.drawing_shown.connect(lambda words: self._on_digit_shown(words, self._actions.drawings))
        for action in (self._actions.learn, self._actions.practise):
            drawings.view.add_tool(ActionButton(action))
        return drawings

    @cached_property
    def help(self) -> HelpController:
        """How to use the program."""
        from desktop.help.help_controller import HelpController

        return HelpController(self._actions, self)

    def _help_about_what_is_shown(self) -> HelpController:
        self.help.choose_for(self._switch.shown)
        return self.help

    def import_drawings(self, paths: Sequence[Path]) -> None:
        """Take files of labelled drawings into the gallery, and show it."""
        store_service = self._desk.store_service
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

    def _on_digit_clicked(self, digit: int) -> None:
        """Say what speaks for that digit."""
        if self._actions.why.isEnabled():
            self._actions.why.setChecked(True)
            self.why.ask(digit)

    def _on_digit_shown(self, words: str, action: QAction) -> None:
        """A digit of the side view of `action` stands on the pad: show the pad if it was hidden."""
        self.digit_shown.emit(words)
        if self._desk.canvas.isHidden():
            action.setChecked(False)

    def _on_code_requested(self) -> None:
        """Open the lesson where the code is."""
        if self._actions.lesson.isEnabled():
            self._actions.lesson.setChecked(True)
            self.lesson.view.choose("Levels")
