"""Lesson settings: what the settings remember of the lesson."""

from __future__ import annotations

import re
from collections.abc import Callable

_NAME = re.compile(r"[a-z0-9-]{1,60}")


class LessonSettings:
    """A part of `desktop.settings.settings.Settings`, which reads and writes for it."""

    def __init__(self, read: Callable[[str, str], str], write: Callable[[str, str], None]) -> None:
        """Take what reads the text of a key, or a default, and what writes one."""
        self._read, self._write = read, write

    @property
    def exercises_done(self) -> frozenset[str]:
        """Names of the exercises that were done."""
        return self._names("lesson/exercises_done")

    @exercises_done.setter
    def exercises_done(self, names: frozenset[str]) -> None:
        self._write("lesson/exercises_done", " ".join(sorted(names)))

    @property
    def pages_seen(self) -> frozenset[str]:
        """Names of the pages whose exercises were shown, in lower case with hyphens."""
        return self._names("lesson/pages_seen")

    @pages_seen.setter
    def pages_seen(self, names: frozenset[str]) -> None:
        self._write("lesson/pages_seen", " ".join(sorted(names)))

    def _names(self, key: str) -> frozenset[str]:
        return frozenset(filter(_NAME.fullmatch, self._read(key, "").split()))
