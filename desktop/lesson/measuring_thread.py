"""Measuring thread: what all measurements have in common that are made away from the window."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QThread, Signal

_log = logging.getLogger(__name__)

_UNEXPECTED = "Measuring failed unexpectedly; press Measure to try again."


class MeasuringThread(QThread):
    """One measurement; ends soon after `requestInterruption`.

    Signals:
        failed: One sentence.
    """

    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_stopped = False

    @property
    def was_stopped(self) -> bool:
        """Whether it ended before everything was measured, once it has ended."""
        return self._was_stopped

    def run(self) -> None:
        """Measure. Nothing escapes."""
        try:
            self._was_stopped = not self.measure()
        except Exception:
            _log.exception("measuring failed")
            self.failed.emit(_UNEXPECTED)

    def measure(self) -> bool:
        """Measure in this thread; returns whether everything was."""
        raise NotImplementedError
