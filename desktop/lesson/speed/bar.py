"""Speed bar: how many multiplications a second, on a logarithmic scale that several bars share."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.lesson.speed.text import rate_text
from desktop.widgets.line_pen import line_pen
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

_ROUNDING = 3
# In decades.
_SHORTEST = 0.3
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Decades:
    """A logarithmic scale.

    Attributes:
        low: Decimal logarithm of its left end, a whole number.
        high: The same of its right end.
    """

    low: int
    high: int

    def share(self, rate: float) -> float:
        """Where a rate is, 0 at the left end to 1 at the right one."""
        place = (math.log10(rate) - self.low) / (self.high - self.low)
        return min(1.0, max(0.0, place))


USUAL = Decades(6, 12)
"""From a slow interpreter to a good graphics card."""


def decades(rates: list[float]) -> Decades:
    """A scale on which all of these lie, no smaller than `USUAL` at its lower end.

    Args:
        rates: Above 0.
    """
    if not rates:
        return USUAL
    # A bar that ends where the scale begins would not be seen.
    low = min(USUAL.low, math.floor(math.log10(min(rates)) - _SHORTEST))
    high = math.ceil(math.log10(max(rates)))
    return Decades(low, max(high, low + _FEWEST))


class SpeedBar(QWidget):
    """One bar over the lines of the scale; a mere track while nothing is measured."""

    def __init__(self, tint: str, parent: QWidget | None = None) -> None:
        """Make a bar.

        Args:
            tint: Name of its colour among those of the appearance.
            parent: Owner.
        """
        super().__init__(parent)
        self._tint = tint
        self._colours = LIGHT
        self._rate: float | None = None
        self._scale = USUAL
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def length(self) -> float:
        """Of the bar, as a share of the track."""
        return 0.0 if self._rate is None else self._scale.share(self._rate)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_rate(self, rate: float | None, scale: Decades) -> None:
        """Show another rate, or none."""
        self._rate, self._scale = rate, scale
        self.update()

    def sizeHint(self) -> QSize:
        """Less than a line high."""
        return QSize(240, max(8, round(0.7 * self.fontMetrics().height())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint track, bar and lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.track))
        painter.drawRoundedRect(track, scaled(_ROUNDING), scaled(_ROUNDING))
        if self._rate is not None:
            bar = QRectF(track)
            bar.setWidth(max(2.0, self.length * track.width()))
            painter.setBrush(QColor(getattr(self._colours, self._tint)))
            painter.drawRoundedRect(bar, scaled(_ROUNDING), scaled(_ROUNDING))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(line_pen(self._colours.panel, 1))
        for power in range(self._scale.low + 1, self._scale.high):
            x = round(self._scale.share(10.0**power) * track.width())
            painter.drawLine(x, 0, x, self.height())
        painter.end()


class SpeedScale(QWidget):
    """The names of the lines; those that would run into each other are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._scale = USUAL
        self.setFont(tabular(self.font(), 0.85))
        self.setAccessibleName("Multiplications a second, logarithmic")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_scale(self, scale: Decades) -> None:
        """Name the lines of another scale."""
        self._scale = scale
        self.update()

    def names(self) -> list[tuple[str, int]]:
        """The names that there is room for, and the pixels left of them: below its line, but all inside."""
        metrics = self.fontMetrics()
        powers = range(self._scale.low, self._scale.high + 1)
        texts = [rate_text(10.0**power) for power in powers]
        widest = max(map(metrics.horizontalAdvance, texts)) + metrics.averageCharWidth()
        # The first and the last one are not centred.
        step = max(1, math.ceil(1.5 * widest * (len(texts) - 1) / max(1, self.width())))
        names = []
        for text, power in list(zip(texts, powers, strict=True))[::step]:
            width = metrics.horizontalAdvance(text) + 1
            left = round(self._scale.share(10.0**power) * self.width() - width / 2)
            names.append((text, min(max(0, left), self.width() - width)))
        return names

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(240, self.fontMetrics().lineSpacing())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the names."""
        painter = QPainter(self)
        painter.setPen(QColor(self._colours.muted))
        for text, left in self.names():
            painter.drawText(left, self.fontMetrics().ascent(), text)
        painter.end()
