"""File router: a file that is dropped, opened or named at the start goes to whoever takes its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from engine.files.file_kinds import FileKind, file_kind


class FileRouter(QObject):
    """Knows who takes what; `engine.files.file_kinds` knows what is what."""

    def __init__(self, takers: dict[FileKind, Callable[[Sequence[Path]], None]], parent: QObject) -> None:
        """Route nothing yet.

        Args:
            takers: What to call with all files of a kind, in the order they came.
            parent: Owner.
        """
        super().__init__(parent)
        self._takers = takers

    def take(self, paths: Iterable[Path]) -> None:
        """Hand each file to whoever takes its kind."""
        by_kind: dict[FileKind, list[Path]] = {}
        for path in paths:
            by_kind.setdefault(file_kind(path), []).append(path)
        for kind, own in by_kind.items():
            self._takers[kind](own)
