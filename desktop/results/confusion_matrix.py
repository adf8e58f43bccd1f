"""Confusion matrix: how often each class was read as each, in cells to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.frame import paint_frame
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from engine.data.classes import DIGITS, Classes

_LEAST_CELL, _MOST_CELL = 30, 60
# Of more classes than digits, cells are narrower.
_LEAST_OF_MANY = 24
_CELL_HEIGHT = 26
_SIDE_WIDTH, _SHARE_WIDTH, _HEAD_HEIGHT = 24, 62, 44
# Names of classes that are longer are cut.
_MOST_SIDE_WIDTH = 96
# Faintest and strongest share of the colour of mistakes behind a number: it stays readable.
_FAINTEST, _STRONGEST = 0.08, 0.5
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ConfusionMatrix(QWidget):
    """A row for each class written, a column for each class read, and the share read rightly at the end.

    Signals:
        cell_chosen: What was written and what was read.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._classes = DIGITS
        self._measured_side: int | None = None
        self._counts: Sequence[Sequence[int]] = [[0] * len(DIGITS)] * len(DIGITS)
        self._shares: Sequence[float | None] = [None] * len(DIGITS)
        self._chosen: tuple[int, int] | None = None
        self.setFont(tabular(self.font(), 0.9))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Confusion matrix")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def chosen(self) -> tuple[int, int] | None:
        """What was written and read in the chosen cell."""
        return self._chosen

    @property
    def classes(self) -> Classes:
        """What rows and columns are."""
        return self._classes

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_counts(
        self,
        counts: Sequence[Sequence[int]],
        shares: Sequence[float | None],
        classes: Classes = DIGITS,
    ) -> None:
        """Show other figures; of other classes, no cell is chosen any more.

        Args:
            counts: ``counts[written][read]``.
            shares: Of each class, how many were read rightly, 0 to 1; None where there were none.
            classes: What rows and columns are.
        """
        if classes != self._classes:
            self._classes, self._chosen, self._measured_side = classes, None, None
            self.updateGeometry()
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
            self._side_width + answer * width,
            scaled(_HEAD_HEIGHT) + label * scaled(_CELL_HEIGHT),
            width,
            scaled(_CELL_HEIGHT),
        )

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """What was written and read in the cell at a point."""
        answer = int((point.x() - self._side_width) // self._cell_width())
        label = int((point.y() - scaled(_HEAD_HEIGHT)) // scaled(_CELL_HEIGHT))
        is_inside = 0 <= label < len(self._classes) and 0 <= answer < len(self._classes)
        return (label, answer) if is_inside else None

    @property
    def _side_width(self) -> int:
        """Of the names of the rows; asked for by every cell, and measured once for classes and font."""
        if self._measured_side is None:
            widest = max(map(QFontMetrics(self._bold).horizontalAdvance, self._classes))
            self._measured_side = max(scaled(_SIDE_WIDTH), min(scaled(_MOST_SIDE_WIDTH), widest + scaled(10)))
        return self._measured_side

    @property
    def _least_cell(self) -> int:
        return scaled(_LEAST_CELL if len(self._classes) <= len(DIGITS) else _LEAST_OF_MANY)

    @property
    def _bold(self) -> QFont:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        return bold

    def _cell_width(self) -> float:
        width = (self.width() - self._side_width - scaled(_SHARE_WIDTH)) / len(self._classes)
        return max(self._least_cell, min(scaled(_MOST_CELL), width))

    def _describe(self) -> None:
        shares = ", ".join(
            f"{name}: {share:.1%}"
            for name, share in zip(self._classes, self._shares, strict=True)
            if share is not None
        )
        chosen = ""
        if self._chosen is not None:
            label, answer = self._chosen
            names = self._classes
            chosen = f"{names[label]} read as {names[answer]}: {self._counts[label][answer]:,}. "
        self.setAccessibleDescription(f"{chosen}Read correctly {shares}. Arrow keys move through the cells.")

    def sizeHint(self) -> QSize:
        """Cells of the usual size."""
        return QSize(
            self._side_width + len(self._classes) * scaled(_MOST_CELL) + scaled(_SHARE_WIDTH),
            self.minimumSizeHint().height(),
        )

    def minimumSizeHint(self) -> QSize:
        """Four figures fit into each cell."""
        return QSize(
            self._side_width + len(self._classes) * self._least_cell + scaled(_SHARE_WIDTH),
            scaled(_HEAD_HEIGHT) + len(self._classes) * scaled(_CELL_HEIGHT) + scaled(2),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Another font, perhaps at another zoom, needs other room."""
        super().changeEvent(event)
        self._measured_side = None

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
        if all(0 <= place < len(self._classes) for place in wanted):
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
        for label in range(len(self._classes)):
            for answer in range(len(self._classes)):
                self._paint_cell(painter, label, answer, most)
        if self._chosen is not None:
            frame = self.cell_rectangle(*self._chosen).adjusted(1, 1, -1, -1)
            width = 3 if self.hasFocus() else 2
            paint_frame(painter, frame, self._colours.accent, corner=4, width=width)
        painter.end()

    def _paint_names(self, painter: QPainter) -> None:
        last = self.cell_rectangle(0, len(self._classes) - 1).right()
        left, middle = (
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            Qt.AlignmentFlag.AlignCenter,
        )
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._colours.muted))
        painter.drawText(QRectF(0, 0, last, scaled(20)), left, "Written ↓  read as →")
        painter.drawText(QRectF(last, scaled(20), scaled(_SHARE_WIDTH), scaled(24)), right, "right")
        side, bold = self._side_width, self._bold
        metrics, cut = QFontMetrics(bold), Qt.TextElideMode.ElideRight
        for place, name in enumerate(self._classes):
            column, row = self.cell_rectangle(0, place), self.cell_rectangle(place, 0)
            painter.setFont(bold)
            painter.setPen(QColor(self._colours.text))
            above = QRectF(column.left(), scaled(20), column.width(), scaled(24))
            painter.drawText(above, middle, metrics.elidedText(name, cut, int(column.width())))
            beside = QRectF(0, row.top(), side, row.height())
            painter.drawText(beside, middle, metrics.elidedText(name, cut, side))
            painter.setFont(self.font())
            share = self._shares[place]
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
