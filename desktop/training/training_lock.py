"""TrainingLock: training and learning share processor and network, so one of them works at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

LEARNING = "The network is learning from your drawings. Press Train again when it is done."


class TrainingLock(QObject):
    """Taken by whoever begins to change a network, ended when that is over.

    Signals:
        ended: The next one may take it.
    """

    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_taken = False
        self._reason = LEARNING

    @property
    def is_taken(self) -> bool:
        """Whether somebody has it."""
        return self._is_taken

    @property
    def reason(self) -> str:
        """One sentence for whoever wants to train meanwhile."""
        return self._reason

    def take(self, reason: str = LEARNING) -> bool:
        """Have it from now on; False if somebody else has.

        Args:
            reason: One sentence for whoever wants to train meanwhile.
        """
        if self._is_taken:
            return False
        self._is_taken, self._reason = True, reason
        return True

    def end(self) -> None:
        """Let the next one begin; does nothing if nobody had it."""
        if self._is_taken:
            self._is_taken = False
            self.ended.emit()
