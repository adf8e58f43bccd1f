"""Speed thread: measures away from the window."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QThread, Signal

_log = logging.getLogger(__name__)

_PAINTING_MS = 100

_UNEXPECTED = "Measuring failed unexpectedly; press Measure to try again."


class SpeedThread(QThread):
    """One measurement; ends soon after `requestInterruption`.

    Signals:
        ways_found: The ways that will be measured, as a tuple.
        round_done: What is known after one more round, a tuple of `Timing`.
        failed: One sentence.
    """

    ways_found = Signal(object)
    round_done = Signal(object)
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
            self._measure()
        except Exception:
            _log.exception("measuring failed")
            self.failed.emit(_UNEXPECTED)

    def _measure(self) -> None:
        from engine.lesson.speed import measure_speed
        from engine.lesson.speed_tasks import available_ways

        ways = available_ways()
        self.ways_found.emit(ways)
        for timings in measure_speed(ways=ways, is_stopped=self.isInterruptionRequested):
            self.round_done.emit(timings)
            # The window paints this before anything is timed again: it would slow down what is.
            self.msleep(_PAINTING_MS)
        self._was_stopped = self.isInterruptionRequested()
