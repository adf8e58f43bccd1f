"""Importance bars: how much each setting accounts for, a bar for each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.search.search_text import setting_words
from desktop.widgets.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

_GAP = 8
_LEAST_BAR = 80


class ImportanceBars(QWidget):
    """The most important one comes first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._shares: dict[str, float] = {}
        self.setFont(tabular(self.font(), 0.9))
        self.setAccessibleName("Importance of the settings")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def shares(self) -> dict[str, float]:
        """What is shown, by names of settings."""
        return dict(self._shares)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def show_shares(self, shares: Mapping[str, float]) -> None:
        """Show shares that add up to 1, by names of settings, the largest first."""
        self._shares = dict(shares)
        said = ", ".join(f"{setting_words(name)} {100 * share:.0f} %" for name, share in shares.items())
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each setting."""
        metrics = self.fontMetrics()
        width = self._name_width() + metrics.horizontalAdvance("100 %") + scaled(_LEAST_BAR + 2 * _GAP)
        return QSize(width, len(self._shares) * self._row())

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint names, bars and figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names, figures = self._name_width(), self.fontMetrics().horizontalAdvance("100 %")
        width = self.width() - names - figures - scaled(2 * _GAP)
        height = self._row()
        middle = Qt.AlignmentFlag.AlignVCenter
        for at, (name, share) in enumerate(self._shares.items()):
            top = at * height
            painter.setPen(QColor(self._colours.muted))
            painter.drawText(QRectF(0, top, names, height), middle, setting_words(name))
            right = QRectF(self.width() - figures, top, figures, height)
            painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, f"{100 * share:.0f} %")
            bar = QRectF(names + scaled(_GAP), top + height / 3, width, height / 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colours.track))
            painter.drawRoundedRect(bar, scaled(2), scaled(2))
            painter.setBrush(QColor(self._colours.accent))
            painter.drawRoundedRect(
                QRectF(bar.left(), bar.top(), share * width, bar.height()), scaled(2), scaled(2)
            )
        painter.end()

    def _name_width(self) -> int:
        widths = (self.fontMetrics().horizontalAdvance(setting_words(name)) for name in self._shares)
        return max(widths, default=0)

    def _row(self) -> int:
        return self.fontMetrics().height() + scaled(4)
