"""A screen of its own, a hand that draws on it, and pictures of it."""

from __future__ import annotations

import itertools
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

_POLL_S = 0.1


class Screen:
    """An X server without a monitor; a context that ends it."""

    def __init__(self, width: int = 1280, height: int = 860) -> None:
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(writing),
                "-screen",
                "0",
                f"{width}x{height}x24",
                "-ac",
                "-nolisten",
                "tcp",
            ],
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait()

    def hand(self, *words: str) -> str:
        """Let xdotool do something; returns what it says."""
        return subprocess.run(
            ["xdotool", *words], env=self._environment(), capture_output=True, text=True, check=True
        ).stdout

    def draw(self, points: Sequence[tuple[int, int]]) -> None:
        """One stroke through these points of the screen, with the left button."""
        self.hand("mousemove", *map(str, points[0]), "mousedown", "1")
        for (left, top), (right, bottom) in itertools.pairwise(points):
            steps = 12
            for step in range(1, steps + 1):
                x = left + (right - left) * step // steps
                y = top + (bottom - top) * step // steps
                self.hand("mousemove", str(x), str(y))
        self.hand("mouseup", "1")

    def picture(self, path: Path) -> None:
        """Write what is on the screen as a PNG file."""
        subprocess.run(["import", "-window", "root", str(path)], env=self._environment(), check=True)

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display}


def wait_until(is_so: Callable[[], object], what: str | Callable[[], str], at_most_s: float = 60) -> None:
    """Wait for something, which is told, or told by calling it, if it does not come.

    Raises:
        AssertionError: It did not come to be.
    """
    end = time.monotonic() + at_most_s
    while not is_so():
        assert time.monotonic() < end, f"waited in vain: {what() if callable(what) else what}"
        time.sleep(_POLL_S)
