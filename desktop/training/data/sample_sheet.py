"""Sample sheet: each class of a set with its name, its count and a few of its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.training.data.set_samples import MOST_SAMPLES
from desktop.widgets.text.fonts import tabular
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from desktop.training.data.set_samples import ClassSamples

_SIDE = 56
"""Of a picture, in pixels of the layout at 100 %: two for each of its own."""
_PIXELS = 28
_GAP, _CLASS_GAP = 4, 20


class SampleSheet(QWidget):
    """As many classes beside each other as there is room for. Its colours are those of the palette."""

    def __init__(self, samples: Sequence[ClassSamples], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples = tuple(samples)
        self._pictures = [
            [
                # A copy: QImage does not keep the bytes alive that it was made from.
                QImage(image.tobytes(), _PIXELS, _PIXELS, _PIXELS, QImage.Format.Format_Grayscale8).copy()
                for image in each.images
            ]
            for each in self._samples
        ]
        self.setFont(tabular(self.font()))
        self.setAccessibleName("Samples of each class")
        self.setAccessibleDescription(", ".join(f"{each.name}: {each.count:,}" for each in self._samples))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def class_rectangle(self, index: int) -> QRect:
        """Where a class is painted."""
        row, column = divmod(index, self._columns(self.width()))
        size = self._class_size()
        return QRect(
            column * (size.width() + scaled(_CLASS_GAP)),
            row * (size.height() + scaled(_CLASS_GAP)),
            size.width(),
            size.height(),
        )

    def picture_side(self) -> float:
        """Of a picture as it is painted: each of its pixels is as many whole ones of the screen."""
        ratio = self.devicePixelRatioF()
        return max(1, int(scaled(_SIDE) * ratio / _PIXELS + 1e-6)) * _PIXELS / ratio

    def _class_size(self) -> QSize:
        width = MOST_SAMPLES * (scaled(_SIDE) + scaled(_GAP)) - scaled(_GAP)
        return QSize(width, self._words_height() + scaled(_SIDE))

    def _words_height(self) -> int:
        return self.fontMetrics().height() + scaled(4)

    def _columns(self, width: int) -> int:
        each, gap = self._class_size().width(), scaled(_CLASS_GAP)
        return max(1, (width + gap) // (each + gap))

    def hasHeightForWidth(self) -> bool:
        """Rows wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All rows."""
        rows = -(-len(self._samples) // self._columns(width))
        return rows * (self._class_size().height() + scaled(_CLASS_GAP)) - scaled(_CLASS_GAP)

    def sizeHint(self) -> QSize:
        """Two classes beside each other."""
        width = 2 * self._class_size().width() + scaled(_CLASS_GAP)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One class a row; an area scrolls them."""
        return self._class_size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the classes that have to be."""
        painter = QPainter(self)
        for index in range(len(self._samples)):
            place = self.class_rectangle(index)
            if event.rect().intersects(place):
                self._paint_class(painter, index, place)
        painter.end()

    def _paint_class(self, painter: QPainter, index: int, place: QRect) -> None:
        each, palette = self._samples[index], self.palette()
        words = QRect(place.left(), place.top(), place.width(), self._words_height())
        usual = self.font()
        bold = QFont(usual)
        bold.setWeight(QFont.Weight.DemiBold)
        count = f"{each.count:,}"
        left = words.width() - self.fontMetrics().horizontalAdvance(count) - scaled(_GAP)
        painter.setFont(bold)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        name = painter.fontMetrics().elidedText(each.name, Qt.TextElideMode.ElideRight, left)
        top = Qt.AlignmentFlag.AlignTop
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | top, name)
        painter.setFont(usual)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | top, count)
        side = self.picture_side()
        for number, picture in enumerate(self._pictures[index]):
            corner = QPointF(
                place.left() + number * (scaled(_SIDE) + scaled(_GAP)), place.top() + self._words_height()
            )
            painter.drawImage(QRectF(self._on_pixel(corner), QSize(1, 1).toSizeF() * side), picture)

    def _on_pixel(self, point: QPointF) -> QPointF:
        """The nearest point at which a pixel of the screen begins."""
        ratio = self.devicePixelRatioF()
        origin = QPointF(self.mapTo(self.window(), point.toPoint()))
        aligned = QPointF(round(origin.x() * ratio) / ratio, round(origin.y() * ratio) / ratio)
        return point + (aligned - origin)
