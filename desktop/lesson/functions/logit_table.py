"""Logit table: classes with their logits, and softmax and sigmoid of them as bars with values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.lesson.functions.values import LogitRow
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, scaled_size

_ROW = 24
_HIGHEST_ROW = 36
_BAR_HEIGHT = 8
# Head and sums.
_OTHER_LINES = 2
MOST_ROWS = 10
"""Of more classes, those with the largest logits are shown."""
# Of a class's name, in widths of a digit.
_LONGEST_NAME = 10
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LogitTable(QWidget):
    """A head, at most `MOST_ROWS` rows and the sums. Bars run from 0 to 1; values stand beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._rows: tuple[LogitRow, ...] = ()
        self._shown: tuple[LogitRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(scaled((MOST_ROWS + _OTHER_LINES) * _HIGHEST_ROW))
        self.setAccessibleName("Logit, softmax and sigmoid of each class")

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_rows(self, rows: Sequence[LogitRow]) -> None:
        """Show the rows of all classes."""
        self._rows = tuple(rows)
        largest = sorted(self._rows, key=lambda row: -row.logit)[:MOST_ROWS]
        shown = tuple(row for row in self._rows if row in largest)
        if len(shown) != len(self._shown):
            self.updateGeometry()
        self._shown = shown
        self.setAccessibleDescription(
            "; ".join(
                f"{row.name}: logit {_number(row.logit)}, softmax {row.softmax:.3f}, "
                f"sigmoid {row.sigmoid:.3f}"
                for row in self._shown
            )
        )
        self.update()

    @property
    def _lines(self) -> int:
        return (len(self._shown) or MOST_ROWS) + _OTHER_LINES

    def minimumSizeHint(self) -> QSize:
        """Bars may be short, values whole."""
        return scaled_size(380, self._lines * _ROW)

    def sizeHint(self) -> QSize:
        """Rows on the grid."""
        return scaled_size(560, self._lines * _ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint head, rows and sums."""
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(_font(self, True))
        columns = self._columns(painter.fontMetrics())
        self._paint_head(painter, columns)
        best = max(self._shown, key=lambda row: row.softmax)
        for line, row in enumerate(self._shown, 1):
            self._paint_row(painter, columns, line * columns.row, row, row is best)
        painter.setPen(QColor(self._colours.line))
        for line in (1, self._lines - 1):
            edge = round(line * columns.row)
            painter.drawLine(0, edge, self.width(), edge)
        self._paint_sums(painter, columns)
        painter.end()

    def _columns(self, metrics: QFontMetrics) -> _Columns:
        digit = metrics.horizontalAdvance("0")
        widest = max(metrics.horizontalAdvance(row.name) for row in self._shown)
        name = max(digit, min(widest, _LONGEST_NAME * digit))
        return _Columns(self.width(), self.height() / self._lines, digit, name)

    def _paint_head(self, painter: QPainter, columns: _Columns) -> None:
        painter.setFont(_font(self, False))
        painter.setPen(QColor(self._colours.muted))
        painter.drawText(columns.logit(0), _RIGHT, "logit")
        painter.drawText(columns.bar(0, 0, with_value=True), _LEFT, "softmax")
        painter.drawText(columns.bar(1, 0, with_value=True), _LEFT, "sigmoid")

    def _paint_row(
        self, painter: QPainter, columns: _Columns, top: float, row: LogitRow, is_best: bool
    ) -> None:
        is_right = row.sigmoid >= 0.5
        self._write(painter, QRectF(0, top, columns.name_width, columns.row), row.name, True, is_best, _LEFT)
        self._write(painter, columns.logit(top), _number(row.logit), is_best, is_best)
        self._paint_bar(painter, columns.bar(0, top), row.softmax, self._colours.accent if is_best else None)
        self._write(painter, columns.value(0, top), f"{row.softmax:.3f}", is_best, is_best)
        self._paint_bar(painter, columns.bar(1, top), row.sigmoid, self._colours.second if is_right else None)
        self._write(painter, columns.value(1, top), f"{row.sigmoid:.3f}", is_right, is_right)

    def _paint_sums(self, painter: QPainter, columns: _Columns) -> None:
        top = (self._lines - 1) * columns.row
        self._write(
            painter, QRectF(0, top, columns.logit(0).right(), columns.row), "sum", False, False, _LEFT
        )
        for column, total in enumerate(
            (sum(row.softmax for row in self._rows), sum(row.sigmoid for row in self._rows))
        ):
            self._write(painter, columns.value(column, top), f"{total:.3f}", True, True)

    def _paint_bar(self, painter: QPainter, track: QRectF, share: float, colour: str | None) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.track))
        painter.drawRoundedRect(track, scaled(_BAR_HEIGHT) / 2, scaled(_BAR_HEIGHT) / 2)
        if share > 0.0005:
            filled = QRectF(track)
            filled.setWidth(max(2.0, track.width() * min(1.0, share)))
            painter.setBrush(QColor(colour or self._colours.weak))
            radius = min(scaled(_BAR_HEIGHT), filled.width()) / 2
            painter.drawRoundedRect(filled, radius, radius)

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        is_bold: bool,
        is_dark: bool,
        alignment: Qt.AlignmentFlag = _RIGHT,
    ) -> None:
        painter.setFont(_font(self, is_bold))
        painter.setPen(QColor(self._colours.text if is_dark else self._colours.muted))
        painter.drawText(place, alignment, text)


class _Columns:
    """Where things stand in a table of some width; rows are `row` high, figures `unit`, names `name` wide."""

    def __init__(self, width: float, row: float, unit: float, name: float) -> None:
        self.row = row
        self.name_width = name + scaled(8)
        self._logit_width = 7 * unit
        self._value_width = 6.5 * unit
        self._gap = scaled(14)
        fixed = self.name_width + self._logit_width + self._gap
        self._bars_left = self.name_width + self._logit_width + self._gap
        self._pair_width = (width - fixed - self._gap) / 2

    def logit(self, top: float) -> QRectF:
        return QRectF(self.name_width, top, self._logit_width, self.row)

    def bar(self, column: int, top: float, with_value: bool = False) -> QRectF:
        left = self._bars_left + column * (self._pair_width + self._gap)
        if with_value:
            return QRectF(left, top, self._pair_width, self.row)
        width = max(float(scaled(8)), self._pair_width - self._value_width)
        return QRectF(left, top + (self.row - scaled(_BAR_HEIGHT)) / 2, width, scaled(_BAR_HEIGHT))

    def value(self, column: int, top: float) -> QRectF:
        right = self._bars_left + column * (self._pair_width + self._gap) + self._pair_width
        return QRectF(right - self._value_width, top, self._value_width, self.row)


def _font(widget: QWidget, is_bold: bool) -> QFont:
    return tabular(widget.font(), 1.0, QFont.Weight.Bold if is_bold else None)


def _number(value: float) -> str:
    """Two decimals with a true minus sign; large numbers in short."""
    text = f"{value:.2f}" if abs(value) < 1000 else f"{value:.1e}"
    # What rounds to nothing has no sign.
    return text.replace("-", "−") if float(text) else "0.00"
