"""Unit grid: square pictures of weights in a diverging colour scale, each with a few words below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.diverging.colours import diverging_colours
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GAP = 6
_CAPTION_HEIGHT = 16


class UnitGrid(QWidget):
    """Shows (units, 28, 28) values; all share one scale, so that strong units look strong."""

    def __init__(
        self, name: str, columns: int = 10, most_side: int = 96, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._columns = columns
        self._most_side = most_side
        self._values: NDArray[np.floating] | None = None
        self._limit = 1.0
        self._titles: Sequence[str] = ()
        self._pictures: list[QImage] = []
        self.setFont(tabular(self.font(), 0.8))
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def count(self) -> int:
        """Pictures shown."""
        return len(self._pictures)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._make_pictures()

    def set_shape(self, columns: int, most_side: int) -> None:
        """Other numbers of columns and of pixels, at 100 %, along the side of the largest picture."""
        if (columns, most_side) != (self._columns, self._most_side):
            self._columns, self._most_side = columns, most_side
            self.updateGeometry()
            self.update()

    def set_values(self, values: NDArray[np.floating] | None, limit: float, titles: Sequence[str]) -> None:
        """Show other values.

        Args:
            values: (units, height, width) float, or None for none.
            limit: The size of value that gets the full colour, above 0.
            titles: One for each unit.
        """
        count_changed = values is None or self._values is None or len(values) != len(self._values)
        self._values, self._limit, self._titles = values, limit, titles
        self._make_pictures()
        if count_changed:
            self.updateGeometry()

    def _make_pictures(self) -> None:
        self._pictures = []
        if self._values is not None:
            zero = QColor(self._colours.field)
            middle = (zero.red(), zero.green(), zero.blue())
            for pixels in diverging_colours(self._values, self._limit, middle):
                height, width = pixels.shape[:2]
                picture = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32)
                self._pictures.append(picture.copy())  # the bytes are gone after this
        self.update()

    def _side(self, width: int) -> int:
        """Pixels along a picture's side in a grid so wide."""
        return max(
            scaled(12),
            min(scaled(self._most_side), (width - (self._columns - 1) * scaled(_GAP)) // self._columns),
        )

    def _rows(self) -> int:
        return -(-max(1, len(self._pictures)) // self._columns)

    def picture_rectangle(self, index: int) -> QRect:
        """Where a picture is painted."""
        side = self._side(self.width())
        row, column = divmod(index, self._columns)
        return QRect(
            column * (side + scaled(_GAP)), row * (side + scaled(_CAPTION_HEIGHT) + scaled(_GAP)), side, side
        )

    def hasHeightForWidth(self) -> bool:
        """Pictures are square."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All rows with their captions."""
        return self._rows() * (self._side(width) + scaled(_CAPTION_HEIGHT) + scaled(_GAP)) - scaled(_GAP)

    def sizeHint(self) -> QSize:
        """At its widest."""
        width = self._columns * (scaled(self._most_side) + scaled(_GAP)) - scaled(_GAP)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a page may be."""
        width = self._columns * (scaled(20) + scaled(_GAP))
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures that have to be."""
        painter = QPainter(self)
        for index, picture in enumerate(self._pictures):
            place = self.picture_rectangle(index)
            caption = QRect(
                place.left() - scaled(_GAP) // 2,
                place.bottom() + 1,
                place.width() + scaled(_GAP),
                scaled(_CAPTION_HEIGHT),
            )
            if not event.rect().intersects(place.united(caption)):
                continue
            painter.drawImage(place, picture)
            painter.setPen(QColor(self._colours.line))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
            if index < len(self._titles):
                painter.setPen(QColor(self._colours.muted))
                painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, self._titles[index])
        painter.end()
