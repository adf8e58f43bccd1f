"""Drawing settings: what the settings remember of the user's own drawings as data to train on."""

from __future__ import annotations

from collections.abc import Callable

from engine.data.drawing_names import MOST_PERCENT


class DrawingSettings:
    """A part of `desktop.settings.settings.Settings`, which reads and writes for it."""

    def __init__(self, read: Callable[[str, str], str], write: Callable[[str, str], None]) -> None:
        """Take what reads the text of a key, or a default, and what writes one."""
        self._read, self._write = read, write

    @property
    def percent(self) -> int:
        """Of what is learned from that are drawings, 0 to `MOST_PERCENT`; 0 at first."""
        text = self._read("data/drawings_percent", "0")
        return int(text) if text in map(str, range(MOST_PERCENT + 1)) else 0

    @percent.setter
    def percent(self, value: int) -> None:
        self._write("data/drawings_percent", str(value))

    @property
    def are_enough(self) -> bool:
        """Whether there were enough to train on when they were last counted."""
        return self._read("data/drawings_are_enough", "false") == "true"

    @are_enough.setter
    def are_enough(self, value: bool) -> None:
        self._write("data/drawings_are_enough", str(value).lower())
