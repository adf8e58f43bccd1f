"""Ground: the plain colour that a widget stands on, painted by the widget itself."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget


class Ground:
    """What is behind one widget, where that is known to be one colour.

    As long as it is not, everything behind the widget is painted with it, style sheet and all: seven widgets
    deep in the main window, with every move of the pen.
    """

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._colour: QColor | None = None

    @property
    def colour(self) -> QColor | None:
        """None where it is not known."""
        return self._colour

    def set(self, colour: str) -> None:
        """From now on the widget stands on this colour, and paints it first.

        Args:
            colour: As ``#rrggbb``.
        """
        self._colour = QColor(colour)
        self._widget.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._widget.update()

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Paint it, if it is known."""
        if self._colour is not None:
            painter.fillRect(area, self._colour)
