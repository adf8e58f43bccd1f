"""Practice dots: one for each digit of a round: kept, skipped, asked for now, still to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.learning.practice_round import Mark
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import line_width, scaled, zoom_factor

_STEP, _RADIUS, _MANY, _MOST = 14, 4.0, 15, 40


class PracticeDots(QWidget):
    """A row of dots; more than fifteen stand closer, and of more than forty none is shown."""

    def __init__(self, scale: float = 1.0) -> None:
        super().__init__()
        self._scale = scale
        self._colours = LIGHT
        self._marks: Sequence[Mark] = ()
        self._place = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Progress of the practice")

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def show_marks(self, marks: Sequence[Mark], place: int) -> None:
        """Show what became of each digit, and which is asked for."""
        has_more = len(marks) != len(self._marks)
        self._marks, self._place = tuple(marks), place
        if has_more:
            self.setVisible(len(marks) <= _MOST)
            self.updateGeometry()
        self.update()

    @property
    def _size(self) -> tuple[float, float]:
        """Distance and radius of the dots."""
        share = self._scale * zoom_factor() * (1.0 if len(self._marks) <= _MANY else 0.6)
        return _STEP * share, _RADIUS * share

    def sizeHint(self) -> QSize:
        """All dots in one row."""
        return QSize(round(len(self._marks) * self._size[0]) + 2, scaled(_STEP * self._scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Filled: kept; a ring: asked for now; a short line: skipped; a pale dot: still to come."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, radius = self._size
        for place, mark in enumerate(self._marks):
            middle = QPointF(place * step + radius + 1, self.height() / 2)
            if mark is Mark.SKIPPED:
                painter.setPen(QPen(QColor(self._colours.weak), line_width(2)))
                painter.drawLine(middle - QPointF(radius, 0), middle + QPointF(radius, 0))
                continue
            is_current = place == self._place
            painter.setPen(
                QPen(QColor(self._colours.accent), line_width(2)) if is_current else Qt.PenStyle.NoPen
            )
            fill = self._colours.accent if mark is Mark.KEPT else self._colours.line
            painter.setBrush(Qt.BrushStyle.NoBrush if is_current else QColor(fill))
            painter.drawEllipse(middle, radius, radius)
        painter.end()
