"""Announcer: tells whoever started the program when its window is visible and when it first read a digit."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, QTimer

from desktop.main_window import MainWindow

VISIBLE = "scratchpad: window visible"
READY = "scratchpad: ready"
READING = "scratchpad: first reading"


class Announcer(QObject):
    """Writes one line to standard output for each; used by tests, benchmarks and packaging."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._has_read = False
        window.canvas.installEventFilter(self)
        window.became_ready.connect(self._on_ready)
        window.reader.reading_completed.connect(self._on_reading_completed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first paint shows the window."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # Told after the event that is being handled now has been handled.
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        _tell(VISIBLE)

    def _on_ready(self) -> None:
        _tell(READY)

    def _on_reading_completed(self, reading: object) -> None:
        if not self._has_read:
            self._has_read = True
            _tell(f"{READING} {getattr(reading, 'digit', '')}")


def _tell(line: str) -> None:
    # A frozen windowed program has no standard output.
    if sys.stdout is not None:
        print(line, flush=True)
