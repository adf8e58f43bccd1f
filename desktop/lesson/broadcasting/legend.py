"""Legend of the tensor pictures: what filled and what hatched cells mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.lesson.broadcasting.cells import paint_cell
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

_SAMPLE = 16
_ENTRIES = (("stored", False), ("repeated, not stored again", True))


class BroadcastingLegend(QWidget):
    """Two samples with captions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self.setFont(tabular(self.font(), 0.85))
        self.setAccessibleName("Legend")
        self.setAccessibleDescription(
            "Filled cells are stored; hatched cells are repeated and not stored again."
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        metrics = self.fontMetrics()
        width = sum(
            scaled(_SAMPLE) + scaled(24) + metrics.horizontalAdvance(caption) for caption, _ in _ENTRIES
        )
        return QSize(width, max(scaled(_SAMPLE), metrics.height()) + scaled(2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint samples and captions."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0
        for caption, is_copy in _ENTRIES:
            sample = QRectF(left, (self.height() - scaled(_SAMPLE)) / 2, scaled(_SAMPLE), scaled(_SAMPLE))
            paint_cell(painter, sample, self._colours, self._colours.accent, is_copy)
            painter.setPen(QColor(self._colours.muted))
            width = self.fontMetrics().horizontalAdvance(caption)
            place = QRectF(left + scaled(_SAMPLE) + scaled(8), 0, width + 2, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, caption)
            left += scaled(_SAMPLE) + scaled(24) + width
        painter.end()
