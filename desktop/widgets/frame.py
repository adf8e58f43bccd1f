"""Frame: a line around a part of a widget that has the keyboard, is chosen or is marked; or its ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop.widgets.zoom.lengths import line_width, scaled, zoom_factor


def paint_frame(
    painter: QPainter, frame: QRectF, colour: QColor | str, corner: float, width: float = 1.0
) -> None:
    """Paint a frame, and nothing within it; the painter is left without a brush.

    Args:
        painter: Paints.
        frame: Where the middle of a line of one pixel runs, in pixels.
        colour: Of the line, such as the accent of the appearance.
        corner: Radius of the corners, in pixels at 100 %; 0 for square ones.
        width: Of the line, in pixels at 100 %.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(colour), line_width(width))
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    corner *= zoom_factor()
    painter.drawRoundedRect(frame, corner, corner)


_PICTURE_CORNER = 6


def begin_picture(painter: QPainter, frame: QRectF, ground: str, corner: int = _PICTURE_CORNER) -> None:
    """Paint the ground of a small picture, and clip what follows to its rounded corners.

    Args:
        painter: Paints, from now on with smooth edges.
        frame: Of the picture, in pixels.
        ground: Its colour.
        corner: Radius of the corners, in pixels at 100 %.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(frame, scaled(corner), scaled(corner))
    painter.setClipPath(outline)
    painter.fillRect(frame, QColor(ground))


def end_picture(painter: QPainter, frame: QRectF, around: QColor, corner: int = _PICTURE_CORNER) -> None:
    """Round the corners of a small picture that fills its frame, by painting over them.

    Args:
        painter: Paints, from now on with smooth edges.
        frame: Of the picture, in pixels.
        around: The colour that the picture stands on.
        corner: Radius of the corners, in pixels at 100 %.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corners, inside = QPainterPath(), QPainterPath()
    corners.addRect(frame)
    inside.addRoundedRect(frame, scaled(corner), scaled(corner))
    corners.addPath(inside)  # what is in both is left out
    painter.fillPath(corners, around)
