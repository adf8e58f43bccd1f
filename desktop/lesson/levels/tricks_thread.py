"""Tricks thread: measures what makes the last level fast, away from the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.lesson.measuring_thread import MeasuringThread
from engine.settings import TrainingSettings


class TricksThread(MeasuringThread):
    """One measurement.

    Signals:
        measured: What is known so far, a tuple of `TrickTime`.
    """

    measured = Signal(object)

    def __init__(self, settings: TrainingSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    def measure(self) -> bool:
        """Each trick in turn, round after round."""
        import torch

        from engine.lesson import tricks

        torch.set_num_threads(1)  # of this thread; two would mostly measure whether the other core is free
        for times in tricks.measure_tricks(self._settings, tricks.ROUNDS):
            if self.isInterruptionRequested():
                return False
            if times:
                self.measured.emit(times)
        return True
