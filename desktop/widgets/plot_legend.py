"""Plot legend: line samples with names and newest values, in two columns."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.widgets.line_pen import SOLID, Dashes, line_pen
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel, tool_tip
from desktop.widgets.zoom.lengths import scaled, scaled_size

_SPACING = 6
_SYMBOL_SIZE = 6
_WIDEST = "100.0 %"


class LineSample(QWidget):
    """A short piece of a line as it is drawn in the plot, with its symbol if it has one."""

    def __init__(self, dashes: Dashes, symbol: str = "", parent: QWidget | None = None) -> None:
        """Take the dashes of the line, and pyqtgraph's letter for the symbol of its points."""
        super().__init__(parent)
        self._dashes = dashes
        self._pen = line_pen("black", 2, dashes)
        self._symbol = symbol
        self.setFixedSize(scaled_size(30 if symbol else 22, 12))  # dashes are seen beside the symbol, too

    def set_colour(self, colour: str) -> None:
        """``#rrggbb``."""
        self._pen = line_pen(colour, 2, self._dashes)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        paint_line_sample(painter, self.rect(), self._pen, self._symbol)
        painter.end()


def paint_line_sample(painter: QPainter, place: QRect, pen: QPen, symbol: str) -> None:
    """Paint a line across the middle of a place, and in its centre the symbol, if there is one."""
    centre = place.center()
    painter.setPen(pen)
    painter.drawLine(place.left(), centre.y(), place.left() + place.width(), centre.y())
    if symbol:
        from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol

        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(centre)
        edge = line_pen(pen.color().name(), 1)
        drawSymbol(painter, symbol, scaled(_SYMBOL_SIZE), edge, QBrush(pen.color()))
        painter.restore()


class LegendEntry(QWidget):
    """A line sample, a name and a value."""

    def __init__(
        self, name: str, dashes: Dashes, short: str = "", symbol: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._names = (name, short or name)
        self._sample = LineSample(dashes, symbol)
        self._name = muted_label(self._names[1])
        self._name.setToolTip(tool_tip(name) if short else "")
        self._value = PlainLabel()
        small = tabular(self.font(), 0.85)
        self._name.setFont(small)
        self._value.setFont(small)
        self._value.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(_SPACING))
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

    @property
    def full_width(self) -> int:
        """Pixels with the whole name and the widest value."""
        widest = max(self._value.sizeHint().width(), self._value.fontMetrics().horizontalAdvance(_WIDEST))
        name = self._name.fontMetrics().horizontalAdvance(self._names[0])
        return self._sample.width() + name + widest + 2 * scaled(_SPACING)

    def shorten(self, is_short: bool) -> None:
        """Show the shorter name, or the whole one."""
        self._name.setText(self._names[is_short])


class PlotLegend(QWidget):
    """Entries in two columns, with shorter names, all of them, where the room is short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(8))
        self._grid.setVerticalSpacing(scaled(2))
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        self._entries: list[LegendEntry] = []

    def add(self, name: str, dashes: Dashes = SOLID, short: str = "", symbol: str = "") -> LegendEntry:
        """One more entry."""
        entry = LegendEntry(name, dashes, short, symbol)
        self._grid.addWidget(entry, *divmod(len(self._entries), 2))
        self._entries.append(entry)
        self._fit_names()
        return entry

    def clear(self, but: int = 0) -> None:
        """Remove all entries but so many, the first ones."""
        for entry in self._entries[but:]:
            self._grid.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        del self._entries[but:]
        self._fit_names()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See which names fit."""
        super().resizeEvent(event)
        self._fit_names()

    def _fit_names(self) -> None:
        room = (self.width() - self._grid.horizontalSpacing()) // 2
        is_short = any(entry.full_width > room for entry in self._entries)
        for entry in self._entries:
            entry.shorten(is_short)
