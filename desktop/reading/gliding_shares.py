"""Gliding shares: numbers that go to their goals in small steps, as bars do that somebody watches."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

GLIDE_MS = 110
"""How long they glide at the most."""

_FRAME_MS = 16
# Two thirds of the way are done in this time.
_PACE_S = 0.03


class GlidingShares(QObject):
    """Goes a part of the way that is left, the longer since the last time the larger.

    Unlike an animation that starts anew with every goal, this also moves while goals come faster than frames
    do, as they do under a quick pen.

    Attributes:
        shown: The shares as they are now.

    Signals:
        moved: `shown` is other numbers now.
    """

    moved = Signal()

    def __init__(self, count: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = [0.0] * count
        self._goal: Sequence[float] = self.shown
        self._goal_at_s = self._moved_at_s = 0.0
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self._on_frame_due)

    def reset(self, count: int) -> None:
        """Other shares, all 0."""
        self._frames.stop()
        self.shown = [0.0] * count
        self._goal = self.shown

    @property
    def are_moving(self) -> bool:
        """Whether they are on their way."""
        return self._frames.isActive()

    def go_to(self, goal: Sequence[float]) -> None:
        """Begin to move; as many shares as before."""
        self._goal = goal
        now = time.perf_counter()
        if not self._frames.isActive():
            self._moved_at_s = now
        # Anew: while goals come quicker than frames, they move the shares.
        self._frames.start()
        self._goal_at_s = now
        self._move(now)

    def _on_frame_due(self) -> None:
        now = time.perf_counter()
        if now - self._goal_at_s >= GLIDE_MS / 1000:
            self._frames.stop()
            self._show(list(self._goal))
        else:
            self._move(now)

    def _move(self, now: float) -> None:
        share = 1 - math.exp(-(now - self._moved_at_s) / _PACE_S)
        self._moved_at_s = now
        self._show([old + share * (new - old) for old, new in zip(self.shown, self._goal, strict=True)])

    def _show(self, shares: list[float]) -> None:
        self.shown = shares
        self.moved.emit()
