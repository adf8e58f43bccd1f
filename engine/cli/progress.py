"""Progress: one line that is rewritten on a terminal, plain lines anywhere else."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_BAR_WIDTH = 24
_REWRITE_S = 0.1


class Progress:
    """Shows how far something has come, on the standard error unless told otherwise."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._is_terminal = self._stream.isatty()
        self._written = 0  # characters of the line that stands on the terminal
        self._shown_at = -_REWRITE_S

    def show(self, share: float, text: str) -> None:
        """Rewrite the bar of a terminal, not more often than an eye can follow; else nothing.

        Args:
            share: Done, 0 to 1.
            text: What to say beside the bar.
        """
        now = time.monotonic()
        if not self._is_terminal or now - self._shown_at < _REWRITE_S:
            return
        self._shown_at = now
        filled = round(min(max(share, 0.0), 1.0) * _BAR_WIDTH)
        self._rewrite(f"[{'#' * filled}{'.' * (_BAR_WIDTH - filled)}] {100 * share:3.0f} %  {text}")

    def say(self, line: str) -> None:
        """Write a line that stays."""
        self.clear()
        print(line, file=self._stream, flush=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self._written:
            self._rewrite("")
            self._stream.write("\r")
            self._stream.flush()

    def _rewrite(self, line: str) -> None:
        self._stream.write("\r" + line.ljust(self._written))
        self._stream.flush()
        self._written = len(line)


def duration(seconds: float) -> str:
    """A length of time in words: ``12 s``, ``3 min 05 s``."""
    whole = max(0, round(seconds))
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"
