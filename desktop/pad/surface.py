"""Pad surface: paper, frame and the hint on an empty pad."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath

from desktop.widgets.frame import paint_frame
from desktop.widgets.text.fonts import tabular
from desktop.widgets.zoom.lengths import scaled

_CORNER = 10


def outline(area: QRectF) -> QPainterPath:
    """Within which everything on the pad is painted."""
    path = QPainterPath()
    path.addRoundedRect(area, scaled(_CORNER), scaled(_CORNER))
    return path


def has_edge(part: QRect, area: QRect) -> bool:
    """Whether a part of the pad may have some of its edge or of its round corners."""
    inset = scaled(_CORNER) + 1
    return not area.adjusted(inset, inset, -inset, -inset).contains(part)


def paint_paper(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """The ground."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    # Up to the middle of the frame: at ratios like 1.5 it would look out around a light one.
    corner = scaled(_CORNER) - 0.5
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)


def paint_edge(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """A line of one pixel around the pad."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_frame(painter, area.adjusted(0.5, 0.5, -0.5, -0.5), colour, _CORNER - 0.5)


def paint_hint(painter: QPainter, area: QRectF, colour: QColor, font: QFont, words: str) -> None:
    """What an empty pad is for, in a word or two."""
    side = scaled(8)
    painter.setPen(colour)
    painter.setFont(tabular(font, 1.6, QFont.Weight.Medium))
    painter.drawText(area.adjusted(side, 0, -side, -scaled(24)), Qt.AlignmentFlag.AlignCenter, words)
    painter.setFont(font)
    faint = QColor(colour)
    faint.setAlphaF(0.75)
    painter.setPen(faint)
    painter.drawText(
        area.adjusted(side, scaled(30), -side, 0), Qt.AlignmentFlag.AlignCenter, "with mouse, pen or finger"
    )
