"""Tricks thread: measures what makes the last level fast, away from the window."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QThread, Signal

from engine.settings import TrainingSettings

_log = logging.getLogger(__name__)

_UNEXPECTED = "Measuring failed unexpectedly; press Measure to try again."


class TricksThread(QThread):
    """One measurement; ends soon after `requestInterruption`.

    Signals:
        measured: What is known so far, a tuple of `TrickTime`.
        failed: One sentence.
    """

    measured = Signal(object)
    failed = Signal(str)

    def __init__(self, settings: TrainingSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._was_stopped = False

    @property
    def was_stopped(self) -> bool:
        """Whether it ended before everything was measured, once it has ended."""
        return self._was_stopped

    def run(self) -> None:
        """Measure. Nothing escapes."""
        try:
            self._measure()
        except Exception:
            _log.exception("measuring failed")
            self.failed.emit(_UNEXPECTED)

    def _measure(self) -> None:
        import torch

        from engine.lesson import tricks

        torch.set_num_threads(1)  # of this thread; two would mostly measure whether the other core is free
        for times in tricks.measure_tricks(self._settings, tricks.ROUNDS):
            if self.isInterruptionRequested():
                self._was_stopped = True
                return
            if times:
                self.measured.emit(times)
