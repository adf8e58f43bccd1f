"""Digit gallery: small pictures of digits with a word or two below each, to choose one from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.results.revealing import reveal
from desktop.widgets.frame import paint_frame
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import tool_tip
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIDE = 56
_GAP = 8
_PIXELS = 28
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class GalleryItem:
    """One digit.

    Attributes:
        place: Its place in the set, told when it is chosen.
        image: (28, 28) uint8, 0 paper to 255 ink.
        caption: A word or two, such as ``4 → 9``.
        words: The same in a sentence, for tool tips and screen readers.
    """

    place: int
    image: NDArray[np.uint8]
    caption: str
    words: str


class DigitGallery(QWidget):
    """As many columns as there is room for. The mouse and the keyboard choose.

    Signals:
        digit_chosen: A `GalleryItem`.
    """

    digit_chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._items: list[GalleryItem] = []
        self._pictures: list[QImage] = []
        self._current = 0
        self.setFont(tabular(self.font(), 0.8))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def items(self) -> list[GalleryItem]:
        """What is shown."""
        return self._items

    @property
    def current(self) -> GalleryItem | None:
        """The digit that Enter would choose."""
        return self._items[self._current] if self._items else None

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_items(self, items: list[GalleryItem]) -> None:
        """Show other digits."""
        self._items = items
        self._pictures = [
            # A copy: QImage does not keep the bytes alive that it was made from.
            QImage(item.image.tobytes(), _PIXELS, _PIXELS, _PIXELS, QImage.Format.Format_Grayscale8).copy()
            for item in items
        ]
        self._move_to(0)
        self.updateGeometry()

    def picture_rectangle(self, index: int) -> QRect:
        """Where a digit is painted."""
        row, column = divmod(index, self._columns(self.width()))
        return QRect(
            column * (scaled(_SIDE) + scaled(_GAP)) + scaled(2),
            row * self._row_height() + scaled(2),
            scaled(_SIDE),
            scaled(_SIDE),
        )

    def item_rectangle(self, index: int) -> QRect:
        """Where a digit and its words are painted."""
        return self.picture_rectangle(index).adjusted(0, 0, 0, self._words_height())

    def index_at(self, point: QPoint) -> int | None:
        """Of the digit at a point, its words included."""
        for index in range(len(self._items)):
            if self.item_rectangle(index).contains(point):
                return index
        return None

    def _columns(self, width: int) -> int:
        return max(1, (width - scaled(4) + scaled(_GAP)) // (scaled(_SIDE) + scaled(_GAP)))

    def _words_height(self) -> int:
        return self.fontMetrics().height() + scaled(2)

    def _row_height(self) -> int:
        return scaled(_SIDE) + self._words_height() + scaled(_GAP)

    def _move_to(self, index: int) -> None:
        self._current = index
        item = self.current
        self.setAccessibleDescription(
            f"{len(self._items)} digits; arrow keys move through them, Enter puts one on the pad. "
            f"{item.words}"
            if item
            else "no digits"
        )
        self.update()

    def _choose(self, index: int) -> None:
        self._move_to(index)
        self.digit_chosen.emit(self._items[index])

    def hasHeightForWidth(self) -> bool:
        """Rows wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All rows with their words."""
        rows = -(-len(self._items) // self._columns(width))
        return max(1, rows * self._row_height() - scaled(_GAP) + scaled(4))

    def sizeHint(self) -> QSize:
        """Some ten beside each other."""
        width = 10 * (scaled(_SIDE) + scaled(_GAP))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Five beside each other."""
        return QSize(5 * (scaled(_SIDE) + scaled(_GAP)), 1)

    def event(self, event: QEvent) -> bool:
        """Say more of the digit under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.index_at(event.pos())
            words = "" if index is None else self._items[index].words
            QToolTip.showText(event.globalPos(), tool_tip(words), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a digit can be chosen."""
        is_over = self.index_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the digit under the mouse."""
        index = self.index_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self._choose(index)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go through the digits, Enter and Space choose."""
        columns = self._columns(self.width())
        if event.key() in _STEPS and self._items:
            right, down = _STEPS[Qt.Key(event.key())]
            wanted = self._current + right + down * columns
            if 0 <= wanted < len(self._items):
                self._move_to(wanted)
                reveal(self, self.item_rectangle(wanted))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._items:
            self._choose(self._current)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the digits that have to be."""
        painter = QPainter(self)
        for index, (item, picture) in enumerate(zip(self._items, self._pictures, strict=True)):
            place = self.picture_rectangle(index)
            words = QRect(
                place.left() - scaled(4), place.bottom() + 1, place.width() + scaled(8), self._words_height()
            )
            if not event.rect().intersects(place.united(words)):
                continue
            painter.drawImage(place, picture)
            is_current = self.hasFocus() and index == self._current
            if is_current:
                around = QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5)
                paint_frame(painter, around, self._colours.accent, corner=0, width=3)
            else:
                painter.setPen(QColor(self._colours.line))
                painter.drawRect(place.adjusted(0, 0, -1, -1))
            painter.setPen(QColor(self._colours.muted))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, item.caption)
        painter.end()
