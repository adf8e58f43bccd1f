"""Set settings: what the settings remember of sets of the user's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.settings.settings_file import is_path
from engine.plain_text import plain_name

MOST_REMEMBERED = 5
"""Sets, those used last."""


@dataclass(frozen=True, slots=True)
class KnownSet:
    """A set that was used.

    Attributes:
        path: Of its file or folder, absolute; it also stands for the set where data are named.
        name: What the set calls itself, and what runs that learned from it name.
    """

    path: str
    name: str


class SetSettings:
    """A part of `desktop.settings.settings.Settings`, which reads and writes for it."""

    def __init__(self, read: Callable[[str, str], str], write: Callable[[str, str], None]) -> None:
        """Take what reads the text of a key, or a default, and what writes one."""
        self._read, self._write = read, write

    @property
    def known(self) -> tuple[KnownSet, ...]:
        """The sets used last, the latest first."""
        found: list[KnownSet] = []
        for place in range(MOST_REMEMBERED):
            path, name = self._read(_key("path", place), ""), self._read(_key("name", place), "")
            is_own = path and name and name == plain_name(name) and is_path(path) and Path(path).is_absolute()
            if is_own and all(path != each.path for each in found):
                found.append(KnownSet(path, name))
        return tuple(found)

    def knows(self, path: str) -> bool:
        """Whether a set there is remembered."""
        return any(each.path == path for each in self.known)

    def remember(self, latest: KnownSet) -> None:
        """Remember a set before all others; the one that was used least lately may be forgotten for it.

        Its path must be one that `can_be_remembered`.
        """
        kept = [latest, *(each for each in self.known if each.path != latest.path)]
        for place in range(MOST_REMEMBERED):
            each = kept[place] if place < len(kept) else KnownSet("", "")
            self._write(_key("path", place), each.path)
            self._write(_key("name", place), each.name)


def _key(what: str, place: int) -> str:
    return f"data/set_{place + 1}_{what}"


def can_be_remembered(path: str) -> bool:
    """Whether a file of UTF-8 can have a path: a name may be of bytes that are no text."""
    try:
        path.encode("utf-8")
    except UnicodeError:
        return False
    return "\0" not in path
