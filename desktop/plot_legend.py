"""Plot legend: line samples with names and newest values, in two columns."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from desktop.fonts import tabular
from desktop.line_pen import SOLID, Dashes, line_pen
from desktop.widgets import muted_label


class LineSample(QWidget):
    """A short piece of a line as it is drawn in the plot."""

    def __init__(self, dashes: Dashes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pen = line_pen("black", 2, dashes)
        self.setFixedSize(QSize(22, 12))

    def set_colour(self, colour: str) -> None:
        """``#rrggbb``."""
        self._pen.setColor(QColor(colour))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.setPen(self._pen)
        middle = self.height() // 2
        painter.drawLine(0, middle, self.width(), middle)
        painter.end()


class LegendEntry(QWidget):
    """A line sample, a name and a value."""

    def __init__(self, name: str, dashes: Dashes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample = LineSample(dashes)
        self._name = muted_label(name)
        self._value = QLabel()
        small = tabular(self.font(), 0.85)
        self._name.setFont(small)
        self._value.setFont(small)
        self._value.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._sample)
        row.addWidget(self._name)
        row.addWidget(self._value)
        row.addStretch()

    def set_colour(self, colour: str) -> None:
        """Of the line."""
        self._sample.set_colour(colour)

    def set_value(self, text: str) -> None:
        """The newest value, or empty."""
        self._value.setText(text)


class PlotLegend(QWidget):
    """Entries in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._count = 0

    def add(self, name: str, dashes: Dashes = SOLID) -> LegendEntry:
        """One more entry."""
        entry = LegendEntry(name, dashes)
        self._grid.addWidget(entry, self._count // 2, self._count % 2)
        self._count += 1
        return entry

    def clear(self) -> None:
        """Remove all entries."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._count = 0
