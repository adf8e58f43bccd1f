"""Waiting: lets the program run until something has happened, and not for ever."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

_BEAT_MS = 20
# For a window that hangs, and so never comes to look at the clock.
_GRACE_S = 30.0


class TookTooLongError(Exception):
    """What was waited for did not happen; it is said in the argument."""


class Waiting:
    """One limit for each thing that is waited for, so that a machine may be as slow as it likes."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        # An event every now and then, so that waiting for the next one always ends.
        self._beat = QTimer()
        self._beat.start(_BEAT_MS)
        self._last_resort = self._new_last_resort()

    def wait_until(self, has_happened: Callable[[], object], what: str) -> None:
        """Handle events until `has_happened`.

        Raises:
            TookTooLongError: It did not happen within the limit.
        """
        end = time.monotonic() + self._limit_s
        self._last_resort.cancel()
        self._last_resort = self._new_last_resort()
        while not has_happened():
            if time.monotonic() > end:
                raise TookTooLongError(f"this did not happen within {self._limit_s:.0f} s: {what}")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def end(self) -> None:
        """Nothing more is waited for."""
        self._last_resort.cancel()
        self._beat.stop()

    def _new_last_resort(self) -> threading.Timer:
        timer = threading.Timer(self._limit_s + _GRACE_S, self._give_up)
        timer.daemon = True
        timer.start()
        return timer

    def _give_up(self) -> None:
        if sys.stderr is not None:
            print("scratchpad: the smoke test failed: the window hangs.", file=sys.stderr, flush=True)
        os._exit(1)
