"""Unit words: a unit's name, its sum and what the numbers are, below each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours

_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
# Of the height of a line of text.
_GAP = 0.4
_MOST_HEIGHT = 10_000


class UnitWords(QWidget):
    """Painted, not laid out in labels: these would lay out the whole page with every number that changes.

    The height grows with the words and shrinks only when the width changes, so that nothing moves up and
    down under the pen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._texts = ("", "", "")
        self._places: list[QRect] = []
        self._needed = 0
        self._make_fonts()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName("Sum of the unit")

    @property
    def texts(self) -> tuple[str, str, str]:
        """Name, sum, and what the numbers are."""
        return self._texts

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_texts(self, name: str, formula: str, meaning: str) -> None:
        """Show other words."""
        self._texts = (name, formula, meaning)
        self.setAccessibleDescription(" ".join(self._texts))
        self._make_room()
        self.update()

    def _make_fonts(self) -> None:
        plain = tabular(self.font())
        self._fonts = (tabular(self.font(), 1.1, QFont.Weight.Bold), plain, plain)

    def _make_room(self) -> None:
        """Find where each of the texts is painted."""
        self._places, top, width = [], 0, self.width()
        gap = round(_GAP * self.fontMetrics().height())
        for font, text in zip(self._fonts, self._texts, strict=True):
            room = QRect(0, top, width, _MOST_HEIGHT)
            height = QFontMetrics(font).boundingRect(room, _WRAPPED, text).height()
            self._places.append(QRect(0, top, width, height))
            top += height + gap
        if top - gap > self._needed:
            self._needed = top - gap
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the words were at this width."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As high as the words were at this width."""
        return QSize(12 * self.fontMetrics().averageCharWidth(), self._needed)

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_fonts()
            self._start_over()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._start_over()

    def _start_over(self) -> None:
        before, self._needed = self._needed, 0
        self._make_room()
        if self._needed < before:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words."""
        painter = QPainter(self)
        colours = (self._colours.accent, self._colours.text, self._colours.muted)
        parts = zip(self._fonts, colours, self._places, self._texts, strict=False)
        for font, colour, place, text in parts:
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(place, _WRAPPED, text)
        painter.end()
