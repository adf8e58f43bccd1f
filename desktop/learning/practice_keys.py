"""Practice keys: what keys on the pad do while digits are asked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.learning.practice_controller import PracticeController
from desktop.widgets.fields.digit_keys import typed_digit

_KEEP_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PracticeKeys(QObject):
    """Watches the pad as long as a round is under way, and gives it the keyboard when one begins.

    Space and Return keep the drawing, Escape ends the round; the keys of digits would label what has a label
    already, and do nothing.
    """

    def __init__(self, practice: PracticeController, pad: QWidget) -> None:
        super().__init__(practice)
        self._practice, self._pad = practice, pad
        practice.running_changed.connect(self._on_running_changed)

    def _on_running_changed(self, is_running: bool) -> None:
        if is_running:
            self._pad.installEventFilter(self)
            self._pad.setFocus()
        else:
            self._pad.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is for the practice."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in _KEEP_KEYS:
            self._practice.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self._practice.leave()
        elif typed_digit(event) is None:
            return super().eventFilter(watched, event)
        return True
