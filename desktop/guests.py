"""Guests: lesson, Why and results, made when first wanted, one of them at a time beside the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from desktop.actions import Actions
from desktop.canvas import Canvas
from desktop.live_reader import LiveReader
from desktop.networks import Networks
from desktop.panels import Panels
from desktop.prediction_panel import PredictionPanel
from desktop.settings import Settings
from desktop.theme import Colours
from desktop.training_panel import TrainingPanel
from desktop.training_session import TrainingSession

if TYPE_CHECKING:
    from desktop.lesson.lesson_session import LessonSession
    from desktop.results.results_session import ResultsSession
    from desktop.why.why_session import WhySession


class Guests(QObject):
    """Shows the guest whose action is checked, and lets the others go.

    Attributes:
        lesson: How training works; None before it was first wanted, as are the others.
        why: What speaks for a digit.
        results: Where the network fails.

    Signals:
        digit_shown: A few words on a digit of the results that was put on the pad.
        left: The last guest has gone.
    """

    digit_shown = Signal(str)
    left = Signal()

    def __init__(
        self,
        panels: Panels,
        actions: Actions,
        canvas: Canvas,
        prediction: PredictionPanel,
        training: TrainingPanel,
        reader: LiveReader,
        networks: Networks,
        session: TrainingSession,
        settings: Settings,
        colours: Colours,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panels, self._actions, self._canvas = panels, actions, canvas
        self._prediction, self._training, self._reader = prediction, training, reader
        self._networks, self._session, self._settings = networks, session, settings
        self._colours = colours
        self.lesson: LessonSession | None = None
        self.why: WhySession | None = None
        self.results: ResultsSession | None = None
        self._shown: QAction | None = None
        for action, show in (
            (actions.lesson, self._show_lesson),
            (actions.why, self._show_why),
            (actions.results, self._show_results),
        ):
            action.toggled.connect(self._switch(action, show))
        prediction.why_requested.connect(actions.why.toggle)
        prediction.bars.digit_clicked.connect(self._on_digit_clicked)
        training.fields.code_requested.connect(self._on_code_requested)

    def set_available(self) -> None:
        """There is an engine to show things with."""
        for action in (self._actions.lesson, self._actions.why, self._actions.results):
            action.setEnabled(True)
        self._prediction.set_why_available(True)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        for guest in (self.lesson, self.why, self.results):
            if guest is not None:
                guest.set_colours(colours)

    def close(self) -> None:
        """End what they compute, and wait for it."""
        for guest in (self.lesson, self.results):
            if guest is not None:
                guest.close()

    def _switch(self, action: QAction, show: Callable[[], None]) -> Callable[[bool], None]:
        """A slot for an action, which shows its guest instead of the one shown now."""

        def on_toggled(is_wanted: bool) -> None:
            if is_wanted:
                former, self._shown = self._shown, action
                if former is not None:
                    former.setChecked(False)
                show()
                return
            if action is self._actions.why and self.why is not None:
                self.why.ask(None)
            if self._shown is action:
                self._shown = None
                self._panels.show_guest(None)
                self.left.emit()

        return on_toggled

    def _show_lesson(self) -> None:
        if self.lesson is None:
            from desktop.lesson.lesson_session import LessonSession

            lesson = self.lesson = LessonSession(
                self._training, self._session, self._networks, self._reader, self
            )
            lesson.set_colours(self._colours)
            lesson.place.closed.connect(self._actions.lesson.toggle)
            lesson.place.choose("Stair")
        self._panels.show_guest(self.lesson.place)
        self.lesson.place.setFocus()

    def _show_why(self) -> None:
        if self.why is None:
            from desktop.why.why_session import WhySession

            why = self.why = WhySession(self._reader, self._prediction.bars, self)
            why.set_colours(self._colours)
            why.view.closed.connect(self._actions.why.toggle)
        self._panels.show_guest(self.why.view, is_about_pad=True)

    def _show_results(self) -> None:
        if self.results is None:
            from desktop.results.results_session import ResultsSession

            results = self.results = ResultsSession(
                self._networks, self._session, self._canvas, self._settings, self
            )
            results.set_colours(self._colours)
            results.place.closed.connect(self._actions.results.toggle)
            results.digit_shown.connect(self._on_digit_shown)
            results.place.choose("Mistakes")
        self._panels.show_guest(self.results.place)
        self.results.place.setFocus()

    def _on_digit_clicked(self, digit: int) -> None:
        """Say what speaks for that digit."""
        if self._actions.why.isEnabled():
            self._actions.why.setChecked(True)
        if self.why is not None:
            self.why.ask(digit)

    def _on_digit_shown(self, words: str) -> None:
        """A digit of the results stands on the pad: show the pad if there was no room for it."""
        self.digit_shown.emit(words)
        if self._canvas.isHidden():
            self._actions.results.setChecked(False)

    def _on_code_requested(self) -> None:
        """Open the lesson where the code is."""
        if not self._actions.lesson.isEnabled():
            return
        self._actions.lesson.setChecked(True)
        if self.lesson is not None:
            self.lesson.place.choose("Stair")
