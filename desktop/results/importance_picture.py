"""Importance picture: blocks of pixels, each with the points of accuracy that it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CELL = 52
_USUAL_BLOCKS = 7
# Below this a full colour would make noise look important, in points of accuracy.
_LEAST_LIMIT = 0.2


class ImportancePicture(QWidget):
    """A square of blocks; one that was not measured yet is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._drops: NDArray[np.floating] | None = None
        self.setFont(tabular(self.font(), 0.85))
        self.setAccessibleName("Importance of the pixels as a picture")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def limit(self) -> float:
        """The size of importance that gets the full colour, in points."""
        import numpy as np

        if self._drops is None or not np.isfinite(self._drops).any():
            return _LEAST_LIMIT
        return max(_LEAST_LIMIT, float(np.nanmax(np.abs(self._drops))))

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_drops(self, drops: NDArray[np.floating] | None) -> None:
        """Show (blocks, blocks) points of accuracy, not a number where nothing is known, or nothing."""
        self._drops = drops
        rows = [] if drops is None else [" ".join(_text(value) for value in row) for row in drops]
        self.setAccessibleDescription("; ".join(rows) or "nothing measured yet")
        self.update()

    def sizeHint(self) -> QSize:
        """Numbers fit into the blocks."""
        return QSize(_USUAL_BLOCKS * scaled(_CELL) + 1, _USUAL_BLOCKS * scaled(_CELL) + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint blocks and numbers."""
        painter = QPainter(self)
        painter.setPen(QColor(self._colours.line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._drops is not None:
            self._paint_blocks(painter, self._drops)
        painter.end()

    def _paint_blocks(self, painter: QPainter, drops: NDArray[np.floating]) -> None:
        from desktop.widgets.diverging.colours import diverging_colours

        zero = QColor(self._colours.field)
        pixels = diverging_colours(drops, self.limit, (zero.red(), zero.green(), zero.blue()))
        side = (self.width() - 1) / len(drops)
        for row, values in enumerate(drops):
            for column, value in enumerate(values):
                if value != value:  # not measured yet
                    continue
                left, top = round(column * side), round(row * side)
                block = QRect(left, top, round((column + 1) * side) - left, round((row + 1) * side) - top)
                blue, green, red, _ = (int(part) for part in pixels[row, column])
                painter.fillRect(block, QColor(red, green, blue))
                painter.setPen(QColor(self._colours.line))
                painter.drawRect(block)
                is_light = 0.299 * red + 0.587 * green + 0.114 * blue > 130
                painter.setPen(QColor("#17181d" if is_light else "#ffffff"))
                painter.drawText(block, Qt.AlignmentFlag.AlignCenter, _text(value))


def _text(value: float) -> str:
    if value != value:
        return "?"
    rounded = round(float(value), 1) + 0.0  # no minus zero
    return f"{rounded:.1f}".replace("-", "−")
