"""Confusion matrix: how often each digit was read as each, in cells to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.fonts import tabular
from desktop.widgets.frame import paint_frame
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

_DIGITS = 10
_LEAST_CELL, _MOST_CELL = 30, 60
_CELL_HEIGHT = 26
_SIDE_WIDTH, _SHARE_WIDTH, _HEAD_HEIGHT = 24, 62, 44
# Faintest and strongest share of the colour of mistakes behind a number: it stays readable.
_FAINTEST, _STRONGEST = 0.08, 0.5
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ConfusionMatrix(QWidget):
    """A row for each digit written, a column for each digit read, and the share read rightly at the end.

    Signals:
        cell_chosen: What was written and what was read.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._counts: Sequence[Sequence[int]] = [[0] * _DIGITS] * _DIGITS
        self._shares: Sequence[float | None] = [None] * _DIGITS
        self._chosen: tuple[int, int] | None = None
        self.setFont(tabular(self.font(), 0.9))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Confusion matrix")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def chosen(self) -> tuple[int, int] | None:
        """What was written and read in the chosen cell."""
        return self._chosen

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_counts(self, counts: Sequence[Sequence[int]], shares: Sequence[float | None]) -> None:
        """Show other figures.

        Args:
            counts: ``counts[written][read]``.
            shares: Of each digit, how many were read rightly, 0 to 1; None where there were none.
        """
        self._counts, self._shares = counts, shares
        self._describe()
        self.update()

    def choose(self, label: int, answer: int) -> None:
        """Choose a cell and tell."""
        self.mark(label, answer)
        self.cell_chosen.emit(label, answer)

    def mark(self, label: int, answer: int) -> None:
        """Choose a cell and tell nobody."""
        self._chosen = label, answer
        self._describe()
        self.update()

    def cell_rectangle(self, label: int, answer: int) -> QRectF:
        """Where a cell is painted."""
        width = self._cell_width()
        return QRectF(
            scaled(_SIDE_WIDTH) + answer * width,
            scaled(_HEAD_HEIGHT) + label * scaled(_CELL_HEIGHT),
            width,
            scaled(_CELL_HEIGHT),
        )

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """What was written and read in the cell at a point."""
        answer = int((point.x() - scaled(_SIDE_WIDTH)) // self._cell_width())
        label = int((point.y() - scaled(_HEAD_HEIGHT)) // scaled(_CELL_HEIGHT))
        is_inside = 0 <= label < _DIGITS and 0 <= answer < _DIGITS
        return (label, answer) if is_inside else None

    def _cell_width(self) -> float:
        width = (self.width() - scaled(_SIDE_WIDTH) - scaled(_SHARE_WIDTH)) / _DIGITS
        return max(scaled(_LEAST_CELL), min(scaled(_MOST_CELL), width))

    def _describe(self) -> None:
        shares = ", ".join(f"{d}: {s:.1%}" for d, s in enumerate(self._shares) if s is not None)
        chosen = ""
        if self._chosen is not None:
            label, answer = self._chosen
            chosen = f"{label} read as {answer}: {self._counts[label][answer]:,}. "
        self.setAccessibleDescription(f"{chosen}Read correctly {shares}. Arrow keys move through the cells.")

    def sizeHint(self) -> QSize:
        """Cells of the usual size."""
        return QSize(
            scaled(_SIDE_WIDTH) + _DIGITS * scaled(_MOST_CELL) + scaled(_SHARE_WIDTH),
            self.minimumSizeHint().height(),
        )

    def minimumSizeHint(self) -> QSize:
        """Four figures fit into each cell."""
        return QSize(
            scaled(_SIDE_WIDTH) + _DIGITS * scaled(_LEAST_CELL) + scaled(_SHARE_WIDTH),
            scaled(_HEAD_HEIGHT) + _DIGITS * scaled(_CELL_HEIGHT) + scaled(2),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under the mouse."""
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self.choose(*cell)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go through the cells."""
        if event.key() not in _STEPS:
            super().keyPressEvent(event)
            return
        if self._chosen is None:
            self.choose(0, 0)
            return
        wanted = [sum(each) for each in zip(self._chosen, _STEPS[Qt.Key(event.key())], strict=True)]
        if all(0 <= place < _DIGITS for place in wanted):
            self.choose(*wanted)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint names, cells, shares and the frame around the chosen cell."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_names(painter)
        mistakes = [
            count
            for label, row in enumerate(self._counts)
            for answer, count in enumerate(row)
            if label != answer
        ]
        most = max(1, *mistakes)
        for label in range(_DIGITS):
            for answer in range(_DIGITS):
                self._paint_cell(painter, label, answer, most)
        if self._chosen is not None:
            frame = self.cell_rectangle(*self._chosen).adjusted(1, 1, -1, -1)
            width = 3 if self.hasFocus() else 2
            paint_frame(painter, frame, self._colours.accent, corner=4, width=width)
        painter.end()

    def _paint_names(self, painter: QPainter) -> None:
        last = self.cell_rectangle(0, _DIGITS - 1).right()
        left, middle = (
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            Qt.AlignmentFlag.AlignCenter,
        )
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._colours.muted))
        painter.drawText(QRectF(0, 0, last, scaled(20)), left, "Written ↓  read as →")
        painter.drawText(QRectF(last, scaled(20), scaled(_SHARE_WIDTH), scaled(24)), right, "right")
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        for digit in range(_DIGITS):
            column, row = self.cell_rectangle(0, digit), self.cell_rectangle(digit, 0)
            painter.setFont(bold)
            painter.setPen(QColor(self._colours.text))
            painter.drawText(
                QRectF(column.left(), scaled(20), column.width(), scaled(24)), middle, str(digit)
            )
            painter.drawText(QRectF(0, row.top(), scaled(_SIDE_WIDTH), row.height()), middle, str(digit))
            painter.setFont(self.font())
            share = self._shares[digit]
            words = "–" if share is None else f"{100 * share:.1f} %"
            painter.drawText(QRectF(last, row.top(), scaled(_SHARE_WIDTH), row.height()), right, words)

    def _paint_cell(self, painter: QPainter, label: int, answer: int, most: int) -> None:
        count, cell = self._counts[label][answer], self.cell_rectangle(label, answer)
        tint = QColor(self._colours.field)
        if count and label != answer:
            tint = QColor(self._colours.warning)
            tint.setAlphaF(_FAINTEST + (_STRONGEST - _FAINTEST) * (count / most) ** 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if count or label == answer:
            painter.setBrush(tint)
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), scaled(4), scaled(4))
        painter.setPen(QColor(self._colours.muted if label == answer or not count else self._colours.text))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(count) if count else "·")
