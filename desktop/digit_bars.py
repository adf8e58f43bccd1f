"""Ten bars, one for each digit in fixed order, with their values beside them."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.fonts import tabular
from desktop.theme import LIGHT, Colours

GLIDE_MS = 110
"""How long a bar glides to its new length at the most; its value is written at once."""

_FRAME_MS = 16
# Two thirds of the way are done in this time.
_PACE_S = 0.03

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
        self._goal_at_s = 0.0
        self._moved_at_s = 0.0
        self._glide = QTimer(self)
        self._glide.setInterval(_FRAME_MS)
        self._glide.timeout.connect(self._on_frame_due)
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
        now = time.perf_counter()
        if not self._glide.isActive():
            self._moved_at_s = now
            self._glide.start()
        self._goal_at_s = now
        self._move(now)
        self.setAccessibleDescription(
            ", ".join(f"{digit}: {share:.1%}" for digit, share in enumerate(self._probabilities or ()))
        )

    def _on_frame_due(self) -> None:
        now = time.perf_counter()
        if now - self._goal_at_s >= GLIDE_MS / 1000:
            self._glide.stop()
            self._shown = list(self._goal)
            self.update()
        else:
            self._move(now)

    @property
    def _goal(self) -> Sequence[float]:
        return self._probabilities or (0.0,) * 10

    def _move(self, now: float) -> None:
        """Go a part of the way that is left, the longer since the last time the larger.

        Unlike an animation that starts anew with every goal, this also moves while goals come faster than
        frames do, as they do under a quick pen.
        """
        share = 1 - math.exp(-(now - self._moved_at_s) / _PACE_S)
        self._moved_at_s = now
        self._shown = [old + share * (new - old) for old, new in zip(self._shown, self._goal, strict=True)]
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
