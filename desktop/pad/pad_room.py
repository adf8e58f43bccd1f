"""Pad room: keeps the pad from becoming a tall strip where a window has little width."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

# Ink is scaled by the shorter side: what is beyond this would be paper that no digit needs.
_MOST_HEIGHT = 1.25


class PadRoom(QWidget):
    """Shows a pad at the top, at most a quarter higher than wide; numbers need all the width there is."""

    def __init__(self, pad: QWidget) -> None:
        super().__init__()
        self._pad = pad
        pad.setParent(self)
        self.setSizePolicy(pad.sizePolicy())

    def sizeHint(self) -> QSize:
        """The pad's."""
        return self._pad.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The pad's."""
        return self._pad.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the pad."""
        super().resizeEvent(event)
        size = event.size()
        self._pad.setGeometry(0, 0, size.width(), min(size.height(), round(_MOST_HEIGHT * size.width())))
