"""Square room: gives the widget in it the largest square that there is room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class SquareRoom(QWidget):
    """For a plane whose x and y have one scale: beside a square there would be nothing to see."""

    def __init__(self, widget: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widget = widget
        widget.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle, at the top."""
        super().resizeEvent(event)
        side = min(self.width(), self.height())
        self._widget.setGeometry((self.width() - side) // 2, 0, side, side)

    def sizeHint(self) -> QSize:
        """As the widget likes it."""
        return self._widget.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As the widget needs it."""
        return self._widget.minimumSize()
