"""Number strip: the digits of a number beside each other, each with ten small bars of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.reading import reading_words
from desktop.widgets.frame import paint_frame
from desktop.widgets.ground import Ground
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, scaled_size, zoom_factor

if TYPE_CHECKING:
    from engine.models.classifier import Reading

_HEIGHT = 74
_HEAD = 24
_GAP = 4
_MOST_WIDTH = 64
_MARGIN = 5
# The bars of more could not be told apart beside each other.
_MOST_DIGITS = 8


class NumberStrip(QWidget):
    """A column for each digit: what it is read as, and below that the probabilities of 0 to 9, top to bottom.

    Only the columns of digits that are read differently are painted.

    Attributes:
        ground: What the columns stand on.

    Signals:
        digit_selected: The place, from the left, of a digit that was clicked, or gone to with Home and End.
    """

    digit_selected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = Ground(self)
        self._colours = LIGHT
        self._readings: tuple[Reading, ...] = ()
        self._selected = 0
        self._first, self._count = 0, 0  # of the number: its digits before the first shown, and all
        self._pointed: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Digits of the number")
        self.setToolTip("Choose a digit to see its bars (Left and Right)")
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click leaves the keyboard with the pad, so that Delete goes on clearing it.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_readings(self, readings: Sequence[Reading], selected: int, rows: Sequence[int] = ()) -> None:
        """Show digits from left to right: all of them, or where they are many one row.

        Args:
            readings: One for each.
            selected: Which of them is looked at; its row is shown.
            rows: How many digits each row has; empty where there is one row.
        """
        first, end = 0, len(readings)
        if end > _MOST_DIGITS:
            ends = list(accumulate(rows)) or [end]
            row = next(place for place, last in enumerate(ends) if selected < last)
            first, end = [0, *ends][row], ends[row]
        former = self._seen()
        self._readings, self._selected = tuple(readings[first:end]), selected - first
        self._first, self._count = first, len(readings)
        seen = self._seen()
        if seen == former:
            return
        self.setAccessibleDescription(", ".join(map(_spoken, self._readings)))
        if len(seen) != len(former):
            self.update()
            return
        for place, (new, old) in enumerate(zip(seen, former, strict=True)):
            if new != old:
                self.update(self.column(place).toAlignedRect())

    def _seen(self) -> list[tuple[str, tuple[float, ...], bool]]:
        """What each column shows."""
        return [
            (_spoken(reading), reading.probabilities, place == self._selected)
            for place, reading in enumerate(self._readings)
        ]

    def column(self, place: int) -> QRectF:
        """Where a digit's column is painted."""
        count = max(1, len(self._readings))
        width = min(scaled(_MOST_WIDTH), (self.width() - (count - 1) * scaled(_GAP)) / count)
        return QRectF(place * (width + scaled(_GAP)), 0, width, self.height())

    def _place_at(self, x: float, y: float) -> int | None:
        return next(
            (place for place in range(len(self._readings)) if self.column(place).contains(x, y)), None
        )

    def _point_at(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.update()

    def sizeHint(self) -> QSize:
        """As high as ten bars of two pixels need."""
        return scaled_size(200, _HEIGHT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which digit a click would choose."""
        self._point_at(self._place_at(event.position().x(), event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """None any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the digit."""
        place = self._place_at(event.position().x(), event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self.digit_selected.emit(self._first + place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """To the first and the last digit; Left and Right are the panel's."""
        if event.key() == Qt.Key.Key_Home:
            self.digit_selected.emit(0)
        elif event.key() == Qt.Key.Key_End:
            self.digit_selected.emit(self._count - 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint those of the columns that were asked for."""
        region, painter = event.region(), QPainter(self)
        self.ground.paint(painter, event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, reading in enumerate(self._readings):
            column = self.column(place)
            if not region.intersects(column.toAlignedRect()):
                continue
            self._paint_ground(painter, place, column)
            painter.setPen(QColor(self._head_colour(reading, place == self._selected)))
            painter.setFont(tabular(self.font(), 1.1, QFont.Weight.Bold))
            head = QRectF(column.left(), scaled(2), column.width(), scaled(_HEAD) - scaled(2))
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, reading_words.answer(reading))
            self._paint_bars(painter, column, reading)
        painter.end()

    def _head_colour(self, reading: Reading, is_selected: bool) -> str:
        if not reading.is_digit:
            return self._colours.muted
        return self._colours.accent if is_selected else self._colours.text

    def _paint_ground(self, painter: QPainter, place: int, column: QRectF) -> None:
        is_selected = place == self._selected
        painter.setPen(QColor(self._colours.accent if is_selected else self._colours.line))
        painter.setBrush(QColor(self._colours.field_hover if place == self._pointed else self._colours.field))
        painter.drawRoundedRect(column.adjusted(0.5, 0.5, -0.5, -0.5), scaled(6), scaled(6))
        if is_selected and self.hasFocus():
            inset = scaled(2) + 0.5
            paint_frame(
                painter, column.adjusted(inset, inset, -inset, -inset), self._colours.accent, corner=4
            )

    def _paint_bars(self, painter: QPainter, column: QRectF, reading: Reading) -> None:
        shares = reading.probabilities
        row = (column.height() - scaled(_HEAD) - scaled(_MARGIN)) / len(shares)
        width = column.width() - 2 * scaled(_MARGIN)
        # What may be no digit has no bar that stands out.
        strongest = reading.digit if reading.is_digit else None
        painter.setPen(Qt.PenStyle.NoPen)
        for digit, share in enumerate(shares):
            bar = QRectF(
                column.left() + scaled(_MARGIN), scaled(_HEAD) + digit * row, width, row - 1.4 * zoom_factor()
            )
            painter.setBrush(QColor(self._colours.track))
            painter.drawRoundedRect(bar, 1, 1)
            if share >= 0.005:
                bar.setWidth(max(1.5, width * share))
                painter.setBrush(QColor(self._colours.accent if digit == strongest else self._colours.weak))
                painter.drawRoundedRect(bar, 1, 1)


def _spoken(reading: Reading) -> str:
    if not reading.is_digit:
        return f"perhaps no digit, most like {reading.digit}"
    return f"{reading.digit} {reading.probability:.0%}{'' if reading.is_sure else ', not sure'}"
