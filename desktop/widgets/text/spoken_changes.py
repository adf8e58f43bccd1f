"""Spoken changes: tells screen readers what has changed, at most once a second."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

PAUSE_S = 1.0
"""Between two announcements: who listens to every reading under a moving pen hears nothing else."""


def announce(widget: QWidget, text: str) -> None:
    """Have a text spoken, when there is time for it."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class SpokenChanges(QObject):
    """Of what comes quickly the newest is spoken; nothing is spoken twice in a row."""

    def __init__(
        self,
        widget: QWidget,
        speak: Callable[[QWidget, str], None] = announce,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Speak for a widget.

        Args:
            widget: What has changed.
            speak: Called with the widget and the text.
            clock: Answers seconds.
        """
        super().__init__(widget)
        self._widget, self._speak, self._clock = widget, speak, clock
        self._spoken, self._waiting = "", ""
        self._spoken_s = -PAUSE_S
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.speak_now)

    def announce(self, text: str) -> None:
        """This is so now; spoken at once if nothing was for a second, else when the second is over."""
        self._waiting = text
        if text == self._spoken or self._soon.isActive():
            return
        left_s = self._spoken_s + PAUSE_S - self._clock()
        if left_s > 0:
            self._soon.start(round(1000 * left_s))
        else:
            self.speak_now()

    def speak_now(self) -> None:
        """Speak what is so now, unless it was spoken already or cannot be seen."""
        text = self._waiting
        if text and text != self._spoken and self._widget.isVisible():
            self._spoken, self._spoken_s = text, self._clock()
            self._speak(self._widget, text)
