"""Settled: hands on what has not changed for a moment, such as a typed shape or a drawn digit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.lesson.exercises.facts import Fact

# Longer than a pause between two keys or two strokes.
_MOMENT_MS = 1000


class Settled(QObject):
    """What is only a stage on the way to something else counts for no exercise."""

    def __init__(self, tell: Callable[[Fact], None], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self._fact: Fact | None = None
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(_MOMENT_MS)
        self._moment.timeout.connect(self.settle)

    def put(self, fact: Fact | None) -> None:
        """This is so now; None for nothing."""
        self._fact = fact
        if fact is None:
            self._moment.stop()
        else:
            self._moment.start()

    def settle(self) -> None:
        """The moment is over: tell what is so."""
        self._moment.stop()
        fact, self._fact = self._fact, None
        if fact is not None:
            self._tell(fact)
