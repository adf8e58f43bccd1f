"""Guests: who they are, what each is made of, and what calls for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction

from desktop.actions import Actions
from desktop.desk import Desk
from desktop.guest_switch import GuestSwitch
from desktop.widgets import ActionButton

if TYPE_CHECKING:
    from desktop.drawings.drawings_session import DrawingsSession
    from desktop.help.help_controller import HelpController
    from desktop.lesson.lesson_session import LessonSession
    from desktop.results.results_session import ResultsSession
    from desktop.steps.steps_session import StepsSession
    from desktop.why.why_session import WhySession


class Guests(QObject):
    """Each guest is imported and made when it is first wanted.

    Signals:
        digit_shown: A few words on a digit that a guest put on the pad.
    """

    digit_shown = Signal(str)

    def __init__(self, switch: GuestSwitch, actions: Actions, desk: Desk) -> None:
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
    def lesson(self) -> LessonSession:
        """How training works."""
        from desktop.lesson.lesson_session import LessonSession

        desk = self._desk
        lesson = LessonSession(desk.training, desk.session, desk.networks, desk.reader, self)
        lesson.place.choose("Stair")
        return lesson

    @cached_property
    def why(self) -> WhySession:
        """What speaks for a digit."""
        from desktop.why.why_session import WhySession

        return WhySession(self._desk.reader, self._desk.prediction.bars, self)

    @cached_property
    def steps(self) -> StepsSession:
        """How what is on the pad becomes what the network sees."""
        from desktop.steps.steps_session import StepsSession

        return StepsSession(self._desk.reader, self._desk.canvas, self)

    @cached_property
    def results(self) -> ResultsSession:
        """Where the network fails."""
        from desktop.results.results_session import ResultsSession

        results = ResultsSession(self._desk, self)
        results.digit_shown.connect(lambda words: self._on_digit_shown(words, self._actions.results))
        results.place.choose("Mistakes")
        return results

    @cached_property
    def drawings(self) -> DrawingsSession:
        """What was labelled."""
        from desktop.drawings.drawings_session import DrawingsSession

        drawings = DrawingsSession(self._desk.collection, self._desk.labeller, self._desk.networks, self)
        drawings.drawing_shown.connect(lambda words: self._on_digit_shown(words, self._actions.drawings))
        for action in (self._actions.learn, self._actions.practise):
            drawings.place.add_tool(ActionButton(action))
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
        keeping = self._desk.keeping
        if keeping.store is None and not keeping.trouble:
            # Asked for at the start: they are taken in as soon as there is where to keep them.
            again = Qt.ConnectionType.SingleShotConnection
            keeping.opened.connect(lambda: self.import_drawings(paths), again)
            return
        self._actions.drawings.setChecked(True)
        self.drawings.import_files(paths)

    def _on_runs_requested(self) -> None:
        """Open the results where all trainings are, and give the keys to their table."""
        from desktop.results.results_session import RUNS

        # Chosen first: the page that was shown last is not asked for.
        self.results.place.choose(RUNS)
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
        """A digit of the guest of `action` stands on the pad: show the pad if there was no room for it."""
        self.digit_shown.emit(words)
        if self._desk.canvas.isHidden():
            action.setChecked(False)

    def _on_code_requested(self) -> None:
        """Open the lesson where the code is."""
        if self._actions.lesson.isEnabled():
            self._actions.lesson.setChecked(True)
            self.lesson.place.choose("Stair")
