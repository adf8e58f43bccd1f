"""Class bars: one bar for each class in fixed order, with their values beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
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
from desktop.reading.gliding_shares import GlidingShares
from desktop.widgets.fields.class_keys import typed_class
from desktop.widgets.frame import paint_frame
from desktop.widgets.ground import Ground
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, scaled_size
from engine.data.classes import DIGITS, MOST_CLASSES, Classes

LEAST_ROW, GREATEST_ROW = 14, 36
"""Heights of a row, in pixels."""
_BEST_ROW, _SCROLLED_ROW = 24, 20
_ROW_CORNER = 5
_ROW_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Home: -MOST_CLASSES,
    Qt.Key.Key_End: MOST_CLASSES,
}


class ClassBars(QWidget):
    """Probabilities of the classes, at first the digits; the most probable is bold and in the accent colour.

    Only what has changed is painted: values that are others, bars that are longer or shorter.

    Attributes:
        ground: What the bars stand on.

    Signals:
        class_clicked: Place of a class whose row was clicked, or chosen with the keyboard: Up, Down and
            Return, or the class's own key.
        row_reached: Place of the class whose row the keyboard came to.
        winner_changed: Place of the class that is the most probable one now.
        rows_changed: There are rows for other classes.
    """

    class_clicked = Signal(int)
    row_reached = Signal(int)
    winner_changed = Signal(int)
    rows_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = Ground(self)
        self._colours = LIGHT
        self._classes = DIGITS
        self._painter: RowPainter | None = None
        self._probabilities: tuple[float, ...] | None = None
        self._looks = looks_of(None, len(DIGITS), True)
        self._lengths: list[float] = []
        self._marked: int | None = None
        self._pointed: int | None = None
        self._winner: int | None = None
        self._current = 0
        self._shares = GlidingShares(len(DIGITS), self)
        self._shares.moved.connect(self._on_moved)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(scaled(len(DIGITS) * GREATEST_ROW))
        self.setAccessibleName("Probabilities of the classes")
        self.setToolTip("Click a row to see what speaks for it")
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click leaves the keyboard with the pad, so that Delete goes on clearing it.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def probabilities(self) -> tuple[float, ...] | None:
        """What the values say at this moment, or None while there is nothing to say."""
        return self._probabilities

    @property
    def is_pointed_at(self) -> bool:
        """Whether the pointer has come to a row."""
        return self._pointed is not None

    @property
    def winner(self) -> int | None:
        """Place of the most probable class; None where none stands out."""
        return self._winner

    @property
    def classes(self) -> Classes:
        """What the rows are."""
        return self._classes

    def set_classes(self, classes: Classes) -> None:
        """Have a row for each of other classes, without values yet."""
        if classes == self._classes:
            return
        self._classes, self._painter = classes, None
        self._probabilities, self._looks = None, looks_of(None, len(classes), True)
        self._shares.reset(len(classes))
        self._marked = self._pointed = self._winner = None
        self._current = 0
        self.setMaximumHeight(scaled(len(classes) * GREATEST_ROW))
        self.updateGeometry()
        self.update()
        self.rows_changed.emit()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours, self._painter = colours, None
        self.update()

    def set_marked(self, place: int | None) -> None:
        """Mark the row of a class that something is told about, or none."""
        if place != self._marked:
            self._marked = place
            self.update()

    def set_probabilities(self, probabilities: Sequence[float] | None, is_digit: bool = True) -> None:
        """Show the probabilities of all classes, or nothing.

        Args:
            probabilities: Each 0 to 1; None for nothing.
            is_digit: Whether it is taken for a digit at all. Where it is not, no bar stands out and none has
                a value beside it: they only compare the digits with each other, and 90 % would be said of it.
        """
        former = self._probabilities
        self._probabilities = tuple(probabilities) if probabilities is not None else None
        looks, before = looks_of(self._probabilities, len(self._classes), is_digit), self._looks
        self._looks, rows = looks, self._row_painter()
        for place in range(len(self._classes)):
            changed = rows.changed(place, looks[place], before[place])
            if changed is not None:
                self.update(changed)
        self._shares.go_to(self._probabilities or (0.0,) * len(self._classes))
        if self._probabilities != former or looks != before:
            self._describe(is_digit)
            self._tell_winner()

    def _tell_winner(self) -> None:
        winner = next((place for place, look in enumerate(self._looks) if look.is_winner), None)
        if winner is not None and winner != self._winner:
            self.winner_changed.emit(winner)
        self._winner = winner

    def _describe(self, is_digit: bool) -> None:
        shares = ", ".join(
            f"{name}: {share:.1%}"
            for name, share in zip(self._classes, self._probabilities or (), strict=False)
        )
        self.setAccessibleDescription(shares if is_digit else f"If it were a digit, {shares}")

    def _on_moved(self) -> None:
        """Paint the bars whose length is another."""
        rows, former = self._row_painter(), self._lengths
        self._lengths = [rows.length(share) for share in self._shares.shown]
        for place, (length, before) in enumerate(zip(self._lengths, former, strict=True)):
            if length != before:
                self.update(rows.track(place))

    def _row_painter(self) -> RowPainter:
        """For the size, font and colours of now."""
        if self._painter is None:
            self._painter = RowPainter(
                self.font(), self.width(), self._row, self._colours, self._classes.names
            )
            self._lengths = [self._painter.length(share) for share in self._shares.shown]
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
        return self.height() / len(self._classes)

    def row_rectangle(self, place: int) -> QRectF:
        """Where the row of a class is painted."""
        return QRectF(0, place * self._row, self.width(), self._row)

    def _place_at(self, y: float) -> int | None:
        place = math.floor(y / self._row)
        return place if 0 <= place < len(self._classes) else None

    def _point_at(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which row a click would choose."""
        self._point_at(self._place_at(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """No row any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row."""
        place = self._place_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._current = place
            self.class_clicked.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from row to row, choose one."""
        key = event.key()
        if key in _ROW_MOVES:
            last = len(self._classes) - 1
            self._current = min(last, max(0, self._current + _ROW_MOVES[Qt.Key(key)]))
            self.update()
            self.row_reached.emit(self._current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.class_clicked.emit(self._current)
        elif (name := typed_class(event, self._classes.names)) is not None:
            self._current = self._classes.place_of(name)
            self.class_clicked.emit(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the row that keys start from: that of the digit read."""
        super().focusInEvent(event)
        if self._probabilities is not None:
            self._current = max(range(len(self._classes)), key=self._probabilities.__getitem__)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Ten rows are small enough for a window of 560 pixels' height; more of them scroll."""
        row = LEAST_ROW if len(self._classes) <= len(DIGITS) else _SCROLLED_ROW
        return scaled_size(180, len(self._classes) * row)

    def sizeHint(self) -> QSize:
        """Rows on the grid."""
        return scaled_size(260, len(self._classes) * _BEST_ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint those of the rows that were asked for."""
        region, rows = event.region(), self._row_painter()
        painter = QPainter(self)
        self.ground.paint(painter, event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        keyboard = self._current if self.hasFocus() else None
        for place in {each for each in (keyboard, self._marked, self._pointed) if each is not None}:
            self._paint_row_ground(painter, place, has_frame=place in (keyboard, self._marked))
        rows.paint(painter, self._looks, self._lengths, region)
        painter.end()

    def _paint_row_ground(self, painter: QPainter, place: int, has_frame: bool) -> None:
        """A ground for the row under the pointer, a frame for one that is marked or has the keyboard."""
        row = self.row_rectangle(place).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.field_hover if place == self._pointed else self._colours.field))
        painter.drawRoundedRect(row, scaled(_ROW_CORNER), scaled(_ROW_CORNER))
        if has_frame:
            paint_frame(painter, row, self._colours.accent, _ROW_CORNER)
