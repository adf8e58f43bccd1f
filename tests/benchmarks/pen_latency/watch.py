"""Watch: how long each pen move waited until a window had painted it, and how long its events stood still."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer

from tests.benchmarks.pen_latency.parts import PARTS

_BEAT_MS = 5


class Watch:
    """Moves of one window on their way from the hand to the screen.

    A move is taken when the pad has it, read when a reading has it, and shown when the window has then
    painted everything that it was asked to.

    Attributes:
        shown_ms: Of each move that was shown.
        cpu_s: Of the window's thread while a hand drew, its pauses included.
        cpu_of_moves_s: The same for each move that was made when the one before was painted.
        moves: How many there were.
    """

    def __init__(self) -> None:
        self.shown_ms: list[float] = []
        self.cpu_s = 0.0
        self.cpu_of_moves_s: list[float] = []
        self.moves = 0
        self._taken: list[float] = []
        self._read: list[float] = []
        self._gaps_ms: list[float] = []
        self._beats: list[float] = []
        self._began_s = 0.0
        self._heart = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_BEAT_MS)
        self._heart.timeout.connect(lambda: self._beats.append(time.perf_counter()))

    @property
    def longest_stall_ms(self) -> float:
        """The longest time in which the event loop did not come to its timer."""
        return max(self._gaps_ms, default=0.0)

    def begin(self) -> None:
        """A hand begins to draw."""
        self._taken, self._read, self._beats = [], [], []
        self._began_s = time.thread_time()
        self._heart.start()

    def end(self) -> None:
        """It has drawn."""
        self._heart.stop()
        self.cpu_s += time.thread_time() - self._began_s
        self._gaps_ms += [1000 * (after - before) for before, after in pairwise(self._beats)]

    @contextmanager
    def of_a_move(self) -> Iterator[None]:
        """One move is made, and nothing else until it is painted."""
        began_s = time.thread_time()
        PARTS.is_on = True
        yield
        PARTS.is_on = False
        self.cpu_of_moves_s.append(time.thread_time() - began_s)

    @property
    def is_waiting(self) -> bool:
        """Whether there is a move that is not shown."""
        return bool(self._taken or self._read)

    def on_taken(self, made_s: float) -> None:
        """The pad has a move, made at that time of `time.perf_counter`."""
        self.moves += 1
        self._taken.append(made_s)

    def on_read(self) -> None:
        """There is a reading of all that the pad has."""
        self._read += self._taken
        self._taken = []

    def on_painted(self) -> None:
        """The window has painted all that it was asked to, and has handed it to the screen."""
        now = time.perf_counter()
        self.shown_ms += [1000 * (now - made) for made in self._read]
        self._read = []
