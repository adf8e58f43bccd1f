"""Legend of the diverging colour scale: a strip of its colours with the values at its ends and middle."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

_STRIP_WIDTH, _STRIP_HEIGHT = 120, 8
_STEPS = 61


class DivergingLegend(QWidget):
    """From minus the limit over zero to plus the limit."""

    def __init__(self, meaning: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._limit = 0.0
        self._strip = QImage()
        self.setFont(tabular(self.font(), 0.8))
        self.setAccessibleName(f"Colour scale {meaning}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_colours(LIGHT)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        import numpy as np

        from desktop.widgets.diverging.colours import diverging_colours

        self._colours = colours
        zero = QColor(colours.field)
        values = np.linspace(-1, 1, _STEPS)[None]
        pixels = diverging_colours(values, 1.0, (zero.red(), zero.green(), zero.blue()))
        image = QImage(pixels.tobytes(), _STEPS, 1, 4 * _STEPS, QImage.Format.Format_RGB32)
        self._strip = image.copy()
        self.update()

    def set_limit(self, limit: float) -> None:
        """The size of value that gets the full colour."""
        if limit != self._limit:
            self._limit = limit
            self.setAccessibleDescription(f"from −{limit:.2g} to +{limit:.2g}")
            self.update()

    def sizeHint(self) -> QSize:
        """The strip and its values."""
        side = self.fontMetrics().horizontalAdvance("−0.00001") + scaled(6)
        return QSize(scaled(_STRIP_WIDTH) + 2 * side, max(scaled(16), self.fontMetrics().height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint values left and right of the strip, and a tick at zero."""
        painter = QPainter(self)
        side = (self.width() - scaled(_STRIP_WIDTH)) // 2
        strip = QRect(
            side, (self.height() - scaled(_STRIP_HEIGHT)) // 2, scaled(_STRIP_WIDTH), scaled(_STRIP_HEIGHT)
        )
        painter.drawImage(strip, self._strip)
        painter.setPen(QColor(self._colours.muted))
        painter.drawRect(strip.adjusted(0, 0, -1, -1))
        middle = strip.center().x()
        painter.drawLine(middle, strip.top() - scaled(2), middle, strip.bottom() + scaled(2))
        if self._limit:
            left = QRect(0, 0, side - scaled(6), self.height())
            right = QRect(strip.right() + scaled(6), 0, side - scaled(6), self.height())
            vertical = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(left, Qt.AlignmentFlag.AlignRight | vertical, f"−{self._limit:.2g}")
            painter.drawText(right, Qt.AlignmentFlag.AlignLeft | vertical, f"+{self._limit:.2g}")
        painter.end()
