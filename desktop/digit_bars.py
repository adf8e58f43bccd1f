"""Ten bars, one for each digit in fixed order, with their values beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.fonts import tabular
from desktop.theme import LIGHT, Colours

GLIDE_MS = 90
"""How long a bar glides to its new length; its value is written at once."""

_LEAST_ROW = 17
_BEST_ROW = 24
_BAR_HEIGHT = 8


class DigitBars(QWidget):
    """Probabilities of the digits 0 to 9; the most probable is bold and in the accent colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._probabilities: tuple[float, ...] | None = None
        self._shown = [0.0] * 10
        self._from = [0.0] * 10
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(GLIDE_MS)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._on_glided)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName("Probabilities of the ten digits")

    @property
    def probabilities(self) -> tuple[float, ...] | None:
        """What the values say at this moment, or None while there is nothing to say."""
        return self._probabilities

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_probabilities(self, probabilities: Sequence[float] | None) -> None:
        """Show ten probabilities, each 0 to 1, or nothing."""
        self._probabilities = tuple(probabilities) if probabilities is not None else None
        self._from = list(self._shown)
        self._glide.stop()
        self._glide.start()
        self.setAccessibleDescription(
            ", ".join(f"{digit}: {share:.1%}" for digit, share in enumerate(self._probabilities or ()))
        )

    def _on_glided(self, share: float) -> None:
        goal = self._probabilities or (0.0,) * 10
        self._shown = [old + (new - old) * share for old, new in zip(self._from, goal, strict=True)]
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Small enough for a window of 600 pixels' height."""
        return QSize(180, 10 * _LEAST_ROW)

    def sizeHint(self) -> QSize:
        """Rows on the grid."""
        return QSize(260, 10 * _BEST_ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ten rows: digit, bar, value."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = min(self.height() / 10, 1.5 * _BEST_ROW)
        plain = tabular(self.font())
        bold = tabular(self.font())
        bold.setWeight(QFont.Weight.Bold)
        values = self._probabilities
        winner = max(range(10), key=values.__getitem__) if values else -1
        painter.setFont(bold)
        digit_width = painter.fontMetrics().horizontalAdvance("0") + 14
        value_width = painter.fontMetrics().horizontalAdvance("100.0 %") + 10
        track_width = max(10.0, self.width() - digit_width - value_width)
        for digit in range(10):
            top = digit * row
            is_winner = digit == winner
            painter.setFont(bold if is_winner else plain)
            painter.setPen(QColor(self._colours.text if values else self._colours.muted))
            line = QRectF(0, top, digit_width, row)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(digit))
            track = QRectF(digit_width, top + (row - _BAR_HEIGHT) / 2, track_width, _BAR_HEIGHT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colours.track))
            painter.drawRoundedRect(track, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
            if self._shown[digit] > 0.0005:
                # Never narrower than a sliver that can be seen; clipped, so that the sliver stays round.
                track.setWidth(max(2.0, track_width * min(1.0, self._shown[digit])))
                painter.setBrush(QColor(self._colours.accent if is_winner else self._colours.weak))
                radius = min(_BAR_HEIGHT, track.width()) / 2
                painter.drawRoundedRect(track, radius, radius)
            if values:
                painter.setPen(QColor(self._colours.text if is_winner else self._colours.muted))
                line = QRectF(self.width() - value_width, top, value_width, row)
                painter.drawText(
                    line,
                    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                    f"{100 * values[digit]:.1f} %",
                )
        painter.end()
