"""Announcer: tells whoever started the program when its window is visible, and what it reads with and as."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from desktop.window.main_window import MainWindow

if TYPE_CHECKING:
    from engine.models.classifier import Reading
    from engine.models.model import Model

VISIBLE = "scratchpad: window visible"
READY = "scratchpad: ready"
READING = "scratchpad: first reading"
READS = "scratchpad: reads"
NETWORK = "scratchpad: network"


class Announcer(QObject):
    """Writes a line to standard output for each; used by tests, benchmarks and packaging."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._digit: int | None = None
        window.canvas.installEventFilter(self)
        window.became_ready.connect(self._on_ready)
        window.networks.network_changed.connect(self._on_network_changed)
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

    def _on_network_changed(self, model: Model) -> None:
        _tell(f"{NETWORK} {model.name}")

    def _on_reading_completed(self, reading: Reading) -> None:
        """The first reading, and each that is another digit than the one before."""
        if reading.digit != self._digit:
            _tell(f"{READING if self._digit is None else READS} {reading.digit}")
            self._digit = reading.digit


def _tell(line: str) -> None:
    # A frozen windowed program has no standard output.
    if sys.stdout is not None:
        print(line, flush=True)
