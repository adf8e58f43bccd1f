"""Steady room: keeps from the rest of the window that the texts in it change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from desktop.widgets.ground import Ground


class SteadyRoom(QWidget):
    """Has a layout of its own, as wide as there is room for, and is as high as that needs.

    A label with another text has the layout that it is in done again, then the one around that, up to the
    window's, an event each. Here that ends, unless another height is needed.

    Attributes:
        ground: What the room stands on.
    """

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.ground = Ground(self)
        self._inner = QWidget(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._inner.setLayout(layout)
        self._told = self._heights()

    def sizeHint(self) -> QSize:
        """That of the layout."""
        return self._inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """That of the layout."""
        return self._inner.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Whether texts are wrapped."""
        return self._inner.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """That of the layout."""
        return self._inner.heightForWidth(width)

    def event(self, event: QEvent) -> bool:
        """Hear that the layout was done again."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._tell_heights()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """While it was hidden nothing was heard."""
        super().showEvent(event)
        self._tell_heights()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All of it is the layout's."""
        super().resizeEvent(event)
        self._inner.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        self.ground.paint(painter, event.rect())
        painter.end()

    def _heights(self) -> tuple[int, int, int]:
        inner = self._inner
        return inner.sizeHint().height(), inner.minimumSizeHint().height(), inner.heightForWidth(self.width())

    def _tell_heights(self) -> None:
        heights = self._heights()
        if heights != self._told:
            self._told = heights
            self.updateGeometry()
