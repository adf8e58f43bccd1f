"""TrainingLock: training and learning share processor and network, so one of them works at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class TrainingLock(QObject):
    """Taken by whoever begins to change a network, ended when that is over.

    Signals:
        ended: The next one may take it.
    """

    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_taken = False

    @property
    def is_taken(self) -> bool:
        """Whether somebody has it."""
        return self._is_taken

    def take(self) -> bool:
        """Have it from now on; False if somebody else has."""
        if self._is_taken:
            return False
        self._is_taken = True
        return True

    def end(self) -> None:
        """Let the next one begin; does nothing if nobody had it."""
        if self._is_taken:
            self._is_taken = False
            self.ended.emit()
