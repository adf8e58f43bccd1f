"""Ten bars, one for each digit in fixed order, with their values beside them."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.reading.bar_row import RowPainter, looks_of
from desktop.widgets.digit_keys import typed_digit
from desktop.widgets.frame import paint_frame
from desktop.widgets.ground import Ground
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, scaled_size

GLIDE_MS = 110
"""How long a bar glides to its new length at the most; its value is written at once."""

_FRAME_MS = 16
# Two thirds of the way are done in this time.
_PACE_S = 0.03

_LEAST_ROW = 14
_BEST_ROW = 24
_GREATEST_ROW = 36
_ROW_CORNER = 5
_ROW_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -9, Qt.Key.Key_End: 9}


class DigitBars(QWidget):
    """Probabilities of the digits 0 to 9; the most probable is bold and in the accent colour.

    Only what has changed is painted: values that are others, bars that are longer or shorter.

    Attributes:
        ground: What the bars stand on.

    Signals:
        digit_clicked: A digit whose row was clicked, or chosen with the keyboard: Up, Down and Return, or the
            digit's own key.
    """

    digit_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = Ground(self)
        self._colours = LIGHT
        self._painter: RowPainter | None = None
        self._probabilities: tuple[float, ...] | None = None
        self._looks = looks_of(None, True)
        self._shown = [0.0] * 10
        self._lengths: list[float] = []
        self._goal_at_s = 0.0
        self._moved_at_s = 0.0
        self._marked: int | None = None
        self._pointed: int | None = None
        self._current = 0
        self._glide = QTimer(self)
        self._glide.setInterval(_FRAME_MS)
        self._glide.timeout.connect(self._on_frame_due)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(scaled(10 * _GREATEST_ROW))
        self.setAccessibleName("Probabilities of the ten digits")
        self.setToolTip("Click a digit to see what speaks for it")
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click leaves the keyboard with the pad, so that Delete goes on clearing it.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def probabilities(self) -> tuple[float, ...] | None:
        """What the values say at this moment, or None while there is nothing to say."""
        return self._probabilities

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours, self._painter = colours, None
        self.update()

    def set_marked(self, digit: int | None) -> None:
        """Mark the row of a digit that something is told about, or none."""
        if digit != self._marked:
            self._marked = digit
            self.update()

    def set_probabilities(self, probabilities: Sequence[float] | None, is_digit: bool = True) -> None:
        """Show ten probabilities, or nothing.

        Args:
            probabilities: Each 0 to 1; None for nothing.
            is_digit: Whether it is taken for a digit at all. Where it is not, no bar stands out and none has
                a value beside it: they only compare the digits with each other, and 90 % would be said of it.
        """
        former, self._probabilities = (
            self._probabilities,
            tuple(probabilities) if probabilities is not None else None,
        )
        looks, before = looks_of(self._probabilities, is_digit), self._looks
        self._looks, rows = looks, self._row_painter()
        for digit in range(10):
            changed = rows.changed(digit, looks[digit], before[digit])
            if changed is not None:
                self.update(changed)
        now = time.perf_counter()
        if not self._glide.isActive():
            self._moved_at_s = now
        # Anew: while readings come quicker than frames, they move the bars.
        self._glide.start()
        self._goal_at_s = now
        self._move(now)
        if self._probabilities != former or looks != before:
            self._describe(is_digit)

    def _describe(self, is_digit: bool) -> None:
        shares = ", ".join(f"{digit}: {share:.1%}" for digit, share in enumerate(self._probabilities or ()))
        self.setAccessibleDescription(shares if is_digit else f"If it were a digit, {shares}")

    def _on_frame_due(self) -> None:
        now = time.perf_counter()
        if now - self._goal_at_s >= GLIDE_MS / 1000:
            self._glide.stop()
            self._show(list(self._goal))
        else:
            self._move(now)

    @property
    def _goal(self) -> Sequence[float]:
        return self._probabilities or (0.0,) * 10

    def _move(self, now: float) -> None:
        """Go a part of the way that is left, the longer since the last time the larger.

        Unlike an animation that starts anew with every goal, this also moves while goals come faster than
        frames do, as they do under a quick pen.
        """
        share = 1 - math.exp(-(now - self._moved_at_s) / _PACE_S)
        self._moved_at_s = now
        self._show([old + share * (new - old) for old, new in zip(self._shown, self._goal, strict=True)])

    def _show(self, shares: list[float]) -> None:
        """Show these as bars, and paint those whose length is another."""
        rows = self._row_painter()
        former, self._shown = self._lengths, shares
        self._lengths = [rows.length(share) for share in shares]
        for digit in range(10):
            if self._lengths[digit] != former[digit]:
                self.update(rows.track(digit))

    def _row_painter(self) -> RowPainter:
        """For the size, font and colours of now."""
        if self._painter is None:
            self._painter = RowPainter(self.font(), self.width(), self._row, self._colours)
            self._lengths = [self._painter.length(share) for share in self._shown]
        return self._painter

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as wide and as high as there is room for."""
        super().resizeEvent(event)
        self._painter = None

    def changeEvent(self, event: QEvent) -> None:
        """Letters are others, perhaps at another zoom."""
        super().changeEvent(event)
        self._painter = None

    @property
    def _row(self) -> float:
        return self.height() / 10

    def row_rectangle(self, digit: int) -> QRectF:
        """Where a digit's row is painted."""
        return QRectF(0, digit * self._row, self.width(), self._row)

    def _digit_at(self, y: float) -> int | None:
        digit = int(y / self._row) if y >= 0 else 10
        return digit if digit < 10 else None

    def _point_at(self, digit: int | None) -> None:
        if digit != self._pointed:
            self._pointed = digit
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which row a click would choose."""
        self._point_at(self._digit_at(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """No row any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row."""
        digit = self._digit_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and digit is not None:
            self._current = digit
            self.digit_clicked.emit(digit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from row to row, choose one."""
        key = event.key()
        if key in _ROW_MOVES:
            self._current = min(9, max(0, self._current + _ROW_MOVES[Qt.Key(key)]))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.digit_clicked.emit(self._current)
        elif (digit := typed_digit(event)) is not None:
            self._current = digit
            self.digit_clicked.emit(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the row that keys start from: that of the digit read."""
        super().focusInEvent(event)
        if self._probabilities is not None:
            self._current = max(range(10), key=self._probabilities.__getitem__)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Small enough for a window of 560 pixels' height."""
        return scaled_size(180, 10 * _LEAST_ROW)

    def sizeHint(self) -> QSize:
        """Rows on the grid."""
        return scaled_size(260, 10 * _BEST_ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint those of the ten rows that were asked for."""
        region, rows = event.region(), self._row_painter()
        painter = QPainter(self)
        self.ground.paint(painter, event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        keyboard = self._current if self.hasFocus() else None
        for digit in {each for each in (keyboard, self._marked, self._pointed) if each is not None}:
            self._paint_row_ground(painter, digit, has_frame=digit in (keyboard, self._marked))
        rows.paint(painter, self._looks, self._lengths, region)
        painter.end()

    def _paint_row_ground(self, painter: QPainter, digit: int, has_frame: bool) -> None:
        """A ground for the row under the pointer, a frame for one that is marked or has the keyboard."""
        row = self.row_rectangle(digit).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.field_hover if digit == self._pointed else self._colours.field))
        painter.drawRoundedRect(row, scaled(_ROW_CORNER), scaled(_ROW_CORNER))
        if has_frame:
            paint_frame(painter, row, self._colours.accent, _ROW_CORNER)
