"""Waterfall chart: bars that lead from where a sum starts to where it ends, part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.diverging.colours import NEGATIVE, POSITIVE
from desktop.widgets.frame import paint_frame
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import line_width, scaled
from engine.explain.waterfall import waterfall

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST_ROW, _MOST_ROW = 18, 30
_CORNER = 4
_BAR_HEIGHT = 10
_ENDS = 3  # rows for the start, the rest and the end
_LEAST_PARTS, _MOST_PARTS = 3, 14


def signed(value: float) -> str:
    """A part of a sum with its sign and two places."""
    if abs(value) < 0.005:
        return "0.00"
    return f"{'+' if value > 0 else '−'}{abs(value):.2f}"


@dataclass(frozen=True, slots=True)
class ScoreSum:
    """What a chart is drawn of.

    Attributes:
        start: Where the sum begins.
        start_name: What that is.
        parts: (parts,) float, what each part adds.
        names: One for each part.
        rest_name: What to call all parts that have no row, after their number, for one: ``more region``.
        end: The score.
        end_name: What that is.
        in_order: Whether parts keep their order; else the largest comes first.
        end_text: How start and end are written.
    """

    start: float
    start_name: str
    parts: NDArray[np.floating]
    names: Sequence[str]
    rest_name: str
    end: float
    end_name: str
    in_order: bool = False
    end_text: Callable[[float], str] = signed


class _Row(NamedTuple):
    """A row: what it is called, its bar from and to, its value as text, and which part it is."""

    name: str
    before: float
    after: float
    value: str
    part: int | None


class WaterfallChart(QWidget):
    """As many parts as there is height for; the rest are gathered in one row.

    Signals:
        part_pointed: A part under the pointer or chosen with Up and Down; -1 when it is none any more.
    """

    part_pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._sum: ScoreSum | None = None
        self._rows: list[_Row] = []
        self._pointed = -1
        self._up, self._down = QColor(*POSITIVE), QColor(*NEGATIVE)
        self.setFont(tabular(self.font(), 0.9))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Waterfall of the score")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Names and values as they are shown."""
        return [(row.name, row.value) for row in self._rows]

    @property
    def pointed(self) -> int:
        """The part pointed at; -1 for none."""
        return self._pointed

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_bar_colours(self, up: QColor, down: QColor) -> None:
        """Paint parts that add, and parts that take away, in other colours than the usual two."""
        self._up, self._down = up, down
        self.update()

    def set_sum(self, score_sum: ScoreSum | None) -> None:
        """Show another sum, or none."""
        self._sum = score_sum
        self._make_rows()
        if self._pointed >= 0 and all(row.part != self._pointed for row in self._rows):
            self._point_at(None)

    def _make_rows(self) -> None:
        self._rows = []
        if self._sum is not None:
            shown = self._sum
            most = min(_MOST_PARTS, max(_LEAST_PARTS, self.height() // scaled(_LEAST_ROW) - _ENDS))
            falls = waterfall(shown.start, shown.parts, most, shown.end, shown.in_order)
            self._rows.append(_Row(shown.start_name, 0.0, falls.start, shown.end_text(falls.start), None))
            for step in falls.steps:
                name = shown.names[step.part]
                self._rows.append(_Row(name, step.before, step.after, signed(step.value), step.part))
            if falls.rest_count:
                name = f"{falls.rest_count} {shown.rest_name}{'s' * (falls.rest_count != 1)}"
                self._rows.append(_Row(name, falls.end - falls.rest, falls.end, signed(falls.rest), None))
            self._rows.append(_Row(shown.end_name, 0.0, falls.end, shown.end_text(falls.end), None))
        self.setAccessibleDescription(", ".join(f"{row.name}: {row.value}" for row in self._rows))
        self.update()

    @property
    def _row_height(self) -> float:
        return min(scaled(_MOST_ROW), self.height() / max(1, len(self._rows)))

    def row_rectangle(self, index: int) -> QRectF:
        """Where a row is painted."""
        return QRectF(0, index * self._row_height, self.width(), self._row_height)

    def _point_at(self, part: int | None) -> None:
        pointed = -1 if part is None else part
        if pointed != self._pointed:
            self._pointed = pointed
            self.part_pointed.emit(pointed)
            self.update()

    def sizeHint(self) -> QSize:
        """Eight parts."""
        return QSize(scaled(300), (8 + _ENDS) * scaled(_LEAST_ROW))

    def minimumSizeHint(self) -> QSize:
        """As few parts as still tell something."""
        return QSize(scaled(200), (_LEAST_PARTS + _ENDS) * scaled(_LEAST_ROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer parts."""
        super().resizeEvent(event)
        self._make_rows()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which part is under the pointer."""
        index = int(event.position().y() / self._row_height)
        self._point_at(self._rows[index].part if 0 <= index < len(self._rows) else None)

    def leaveEvent(self, event: QEvent) -> None:
        """No part any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from part to part."""
        parts = [row.part for row in self._rows if row.part is not None]
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down) or not parts:
            super().keyPressEvent(event)
        elif self._pointed not in parts:
            self._point_at(parts[0])
        else:
            move = 1 if event.key() == Qt.Key.Key_Down else -1
            self._point_at(parts[min(len(parts) - 1, max(0, parts.index(self._pointed) + move))])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No part any more."""
        super().focusOutEvent(event)
        self._point_at(None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint name, bar and value of each row, and the lines from bar to bar."""
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        name_width = min(
            0.42 * self.width(), scaled(14) + max(metrics.horizontalAdvance(row.name) for row in self._rows)
        )
        value_width = scaled(8) + metrics.horizontalAdvance("−888.88")
        lowest = min(0.0, *(row.after for row in self._rows))
        highest = max(0.0, *(row.after for row in self._rows))
        track = self.width() - name_width - value_width
        scale = track / ((highest - lowest) or 1.0)

        def across(score: float) -> float:
            return name_width + (score - lowest) * scale

        painter.setPen(QColor(self._colours.line))
        bottom = len(self._rows) * self._row_height
        painter.drawLine(QPointF(across(0), 0), QPointF(across(0), bottom))
        for index, row in enumerate(self._rows):
            place = self.row_rectangle(index)
            is_end = index in (0, len(self._rows) - 1)
            if row.part is not None and row.part == self._pointed:
                ground = place.adjusted(0.5, 0.5, -0.5, -0.5)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._colours.field_hover))
                painter.drawRoundedRect(ground, scaled(_CORNER), scaled(_CORNER))
                if self.hasFocus():
                    paint_frame(painter, ground, self._colours.accent, _CORNER)
            self._paint_words(painter, row, place, name_width, value_width, is_end)
            left, right = sorted((across(row.before), across(row.after)))
            middle = place.center().y()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._bar_colour(row, is_end))
            painter.drawRoundedRect(
                QRectF(left, middle - scaled(_BAR_HEIGHT) / 2, max(1.5, right - left), scaled(_BAR_HEIGHT)),
                scaled(2),
                scaled(2),
            )
            if not is_end or index == 0:
                painter.setPen(QPen(QColor(self._colours.weak), line_width()))
                x = across(row.after)
                painter.drawLine(
                    QPointF(x, middle + scaled(_BAR_HEIGHT) / 2),
                    QPointF(x, middle + self._row_height - scaled(_BAR_HEIGHT) / 2),
                )
        if self.hasFocus() and self._pointed < 0:
            frame = QRectF(0.5, 0.5, self.width() - 1, bottom - 1)
            paint_frame(painter, frame, self._colours.accent, _CORNER)
        painter.end()

    def _paint_words(
        self, painter: QPainter, row: _Row, place: QRectF, name_width: float, value_width: float, is_end: bool
    ) -> None:
        painter.setPen(QColor(self._colours.text if is_end else self._colours.muted))
        name = QRectF(scaled(4), place.top(), name_width - scaled(10), place.height())
        words = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(name.width()))
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | vertical, words)
        value = QRectF(self.width() - value_width, place.top(), value_width - scaled(4), place.height())
        painter.setPen(QColor(self._colours.text))
        painter.drawText(value, Qt.AlignmentFlag.AlignRight | vertical, row.value)

    def _bar_colour(self, row: _Row, is_end: bool) -> QColor:
        if is_end:
            return QColor(self._colours.weak)
        return self._up if row.after >= row.before else self._down
