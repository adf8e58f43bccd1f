"""Alignment table: two shapes below each other, their last axes at the right, with a mark for each pair."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import line_width, scaled
from engine.lesson.broadcasting import Broadcast, Mark, Pair

_WORDS = {Mark.EQUAL: "equal", Mark.ONE: "stretched", Mark.MISSING: "added", Mark.CLASH: "clash"}
_ROWS = ("Axis", "First", "Second", "Pair", "Result")
_ROW_HEIGHT = 32
_LABELS_WIDTH = 64
_LEAST_COLUMN, _BEST_COLUMN = 58, 80
_BOX_MARGIN = 3
_ROUNDING = 4


class AlignmentTable(QWidget):
    """One column for each axis; sizes that are repeated have a dashed frame, those that clash a thick one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._pairs: tuple[Pair, ...] = ()
        self.setFont(tabular(self.font(), 0.92))
        self.setAccessibleName("Alignment of the two shapes")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def mark_names(self) -> tuple[str, ...]:
        """The mark of each axis, leading axis first."""
        return tuple(_WORDS[pair.mark] for pair in self._pairs)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_broadcast(self, broadcast: Broadcast) -> None:
        """Show two other shapes."""
        self._pairs = broadcast.pairs
        count = len(self._pairs)
        self.setAccessibleDescription(
            "; ".join(
                f"axis −{count - place}: {_size(pair.first)} and {_size(pair.second)}, {_WORDS[pair.mark]}"
                for place, pair in enumerate(self._pairs)
            )
            or "Two scalars have no axes."
        )
        self.updateGeometry()
        self.update()

    @property
    def _least_column(self) -> int:
        """Six axes fit into the narrowest page with usual fonts; larger fonts need more."""
        return max(scaled(_LEAST_COLUMN), self.fontMetrics().horizontalAdvance("stretched") + scaled(4))

    @property
    def _row_height(self) -> int:
        return max(scaled(_ROW_HEIGHT), self.fontMetrics().height() + scaled(12))

    def _column_width(self) -> int:
        room = (self.width() - scaled(_LABELS_WIDTH)) // max(1, len(self._pairs))
        return max(self._least_column, min(scaled(_BEST_COLUMN), room))

    def sizeHint(self) -> QSize:
        """All axes, without crowding."""
        return QSize(
            scaled(_LABELS_WIDTH) + max(2, len(self._pairs)) * scaled(_BEST_COLUMN),
            len(_ROWS) * self._row_height,
        )

    def minimumSizeHint(self) -> QSize:
        """All axes."""
        return QSize(
            scaled(_LABELS_WIDTH) + max(2, len(self._pairs)) * self._least_column,
            len(_ROWS) * self._row_height,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint labels and columns."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._colours.muted))
        vertical = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for row, label in enumerate(_ROWS):
            painter.drawText(
                QRectF(0, row * self._row_height, scaled(_LABELS_WIDTH), self._row_height), vertical, label
            )
        if not self._pairs:
            room = QRectF(
                scaled(_LABELS_WIDTH),
                self._row_height,
                self.width() - scaled(_LABELS_WIDTH),
                2 * self._row_height,
            )
            painter.drawText(room, vertical, "Two scalars: no axes")
        width = self._column_width()
        for place, pair in enumerate(self._pairs):
            self._paint_column(
                painter, scaled(_LABELS_WIDTH) + place * width, width, len(self._pairs) - place, pair
            )
        painter.end()

    def _paint_column(self, painter: QPainter, left: int, width: int, axis: int, pair: Pair) -> None:
        cells = [QRectF(left, row * self._row_height, width, self._row_height) for row in range(len(_ROWS))]
        is_clash = pair.mark is Mark.CLASH
        plain, bold = self.font(), QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setPen(QColor(self._colours.muted))
        painter.drawText(cells[0], Qt.AlignmentFlag.AlignCenter, f"−{axis}")
        self._paint_size(painter, cells[1], pair.first, pair, "accent")
        self._paint_size(painter, cells[2], pair.second, pair, "second")
        painter.setFont(bold if is_clash else plain)
        painter.setPen(QColor(self._colours.warning if is_clash else self._colours.text))
        painter.drawText(cells[3], Qt.AlignmentFlag.AlignCenter, _WORDS[pair.mark])
        painter.setFont(bold)
        painter.drawText(cells[4], Qt.AlignmentFlag.AlignCenter, "none" if is_clash else str(pair.result))
        painter.setFont(plain)

    def _paint_size(self, painter: QPainter, cell: QRectF, size: int | None, pair: Pair, tint: str) -> None:
        """A size in its box; one that is repeated has a dashed frame like the copies it makes."""
        box = QRectF(
            cell.left() + scaled(2),
            cell.top() + scaled(_BOX_MARGIN),
            cell.width() - 2 * scaled(2),
            cell.height() - 2 * scaled(_BOX_MARGIN),
        )
        shade = QColor(getattr(self._colours, tint))
        is_repeated = size is None or (size == 1 and pair.mark is Mark.ONE)
        if is_repeated:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            shade.setAlphaF(0.8)
            painter.setPen(QPen(shade, line_width(), Qt.PenStyle.DashLine))
        else:
            shade.setAlphaF(0.24)
            painter.setBrush(shade)
            painter.setPen(Qt.PenStyle.NoPen)
        if pair.mark is Mark.CLASH:
            painter.setPen(QPen(QColor(self._colours.warning), line_width(2)))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), scaled(_ROUNDING), scaled(_ROUNDING))
        painter.setPen(QColor(self._colours.muted if size is None else self._colours.text))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, "–" if size is None else str(size))


def _size(size: int | None) -> str:
    return "missing" if size is None else str(size)
