"""Search settings: what the settings remember of the form of a search."""

from __future__ import annotations

from collections.abc import Callable

_LONGEST = 500
"""Characters of a text that is remembered."""
_FOLLOWS_BEST = "follows_best"


class SearchSettings:
    """A part of `desktop.settings.settings.Settings`, which reads and writes for it."""

    def __init__(self, read: Callable[[str, str], str], write: Callable[[str, str], None]) -> None:
        """Take what reads the text of a key, or a default, and what writes one."""
        self._read, self._write = read, write

    def text(self, name: str, default: str) -> str:
        """What stands in a field; the default where nothing is remembered, or no field has such a text."""
        text = self._read(f"search/{name}", default)
        return text if len(text) <= _LONGEST and text.isprintable() else default

    def set_text(self, name: str, text: str, default: str) -> None:
        """Remember what stands in a field; instead of a text that is too long, what stood there before."""
        if len(text) <= _LONGEST and text != self.text(name, default):
            self._write(f"search/{name}", text)

    @property
    def follows_best(self) -> bool:
        """Whether the best network so far reads the pad while a search runs."""
        return self.text(_FOLLOWS_BEST, "false") == "true"

    @follows_best.setter
    def follows_best(self, value: bool) -> None:
        self.set_text(_FOLLOWS_BEST, str(value).lower(), "false")
