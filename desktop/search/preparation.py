"""Preparation: work in small steps, one each time that the window has nothing else to do."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class Preparation(QObject):
    """A pen that comes meanwhile waits for one step, not for all of them."""

    def __init__(self, steps: Iterator[None], parent: QObject | None = None) -> None:
        """Take the steps; each ends where `steps` yields."""
        super().__init__(parent)
        self._steps = steps
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._on_idle)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do, or it was stopped."""
        return not self._idle.isActive()

    def start(self) -> None:
        """Begin, or go on; ends by itself."""
        self._idle.start()

    def stop(self) -> None:
        """Take no further step."""
        self._idle.stop()

    def _on_idle(self) -> None:
        if next(self._steps, self) is self:
            self._idle.stop()
