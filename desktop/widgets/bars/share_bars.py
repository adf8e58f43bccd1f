"""Share bars: names, bars and figures in rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

_GAP = 8
_LEAST_BAR = 80


class ShareBar(NamedTuple):
    """A row.

    Attributes:
        name: Left of the bar.
        share: Of the bar that is filled, 0 to 1; what is beyond is brought to these.
        text: The figure right of it.
    """

    name: str
    share: float
    text: str


class ShareBars(QWidget):
    """As high as its rows."""

    def __init__(self, name: str, widest: str = "100 %", parent: QWidget | None = None) -> None:
        """Show no row.

        Args:
            name: For screen readers.
            widest: A figure as wide as any that will be shown.
            parent: As usual.
        """
        super().__init__(parent)
        self._colours = LIGHT
        self._widest = widest
        self._bars: tuple[ShareBar, ...] = ()
        self.setFont(tabular(self.font(), 0.9))
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def bars(self) -> tuple[ShareBar, ...]:
        """What is shown."""
        return self._bars

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def show_bars(self, bars: Sequence[ShareBar]) -> None:
        """Show rows, from the top down."""
        is_as_high = len(bars) == len(self._bars)
        is_same = is_as_high and [bar.name for bar in bars] == [bar.name for bar in self._bars]
        self._bars = tuple(bars)
        self.setAccessibleDescription(", ".join(f"{bar.name} {bar.text}" for bar in bars))
        if not is_same:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each."""
        width = self._name_width() + self._figure_width() + scaled(_LEAST_BAR + 2 * _GAP)
        return QSize(width, len(self._bars) * self._row())

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint names, bars and figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names, figures = self._name_width(), self._figure_width()
        width = self.width() - names - figures - scaled(2 * _GAP)
        height = self._row()
        middle = Qt.AlignmentFlag.AlignVCenter
        for at, (name, share, text) in enumerate(self._bars):
            top = at * height
            painter.setPen(QColor(self._colours.muted))
            painter.drawText(QRectF(0, top, names, height), middle, name)
            right = QRectF(self.width() - figures, top, figures, height)
            painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, text)
            bar = QRectF(names + scaled(_GAP), top + height / 3, width, height / 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colours.track))
            painter.drawRoundedRect(bar, scaled(2), scaled(2))
            painter.setBrush(QColor(self._colours.accent))
            filled = min(1.0, max(0.0, share)) * width
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), filled, bar.height()), scaled(2), scaled(2))
        painter.end()

    def _name_width(self) -> int:
        return max((self.fontMetrics().horizontalAdvance(bar.name) for bar in self._bars), default=0)

    def _figure_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._widest)

    def _row(self) -> int:
        return self.fontMetrics().height() + scaled(4)
