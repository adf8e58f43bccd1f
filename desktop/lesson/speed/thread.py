"""Speed thread: measures away from the window."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.lesson.measuring_thread import MeasuringThread

_PAINTING_MS = 100


class SpeedThread(MeasuringThread):
    """One measurement.

    Signals:
        ways_found: The ways that will be measured, as a tuple.
        round_done: What is known after one more round, a tuple of `Timing`.
    """

    ways_found = Signal(object)
    round_done = Signal(object)

    def measure(self) -> bool:
        """Each way in turn, round after round."""
        from engine.lesson.speed import measure_speed
        from engine.lesson.speed_tasks import available_ways

        ways = available_ways()
        self.ways_found.emit(ways)
        for timings in measure_speed(ways=ways, is_stopped=self.isInterruptionRequested):
            self.round_done.emit(timings)
            # The window paints this before anything is timed again: it would slow down what is.
            self.msleep(_PAINTING_MS)
        return not self.isInterruptionRequested()
