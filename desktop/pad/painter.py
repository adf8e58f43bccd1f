"""Pad painter: strokes as smooth lines with round ends, at any size and device pixel ratio."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from desktop.pad.geometry import PadGeometry
from engine.preprocessing.ink import Point


def stroke_path(stroke: Sequence[Point], geometry: PadGeometry) -> QPainterPath:
    """A smooth path: a quadratic curve from the middle of each two points to the next middle."""
    # Plain numbers: a point object of Qt for each would take most of the time that a gallery needs.
    scale, middle_x, middle_y = geometry.scale, geometry.middle.x(), geometry.middle.y()
    x, y = stroke[0].x * scale + middle_x, stroke[0].y * scale + middle_y
    path = QPainterPath(QPointF(x, y))
    if len(stroke) == 1:
        # Qt paints no line without a length, but a very short one as a dot.
        path.lineTo(x + 0.01, y)
        return path
    x, y = stroke[1].x * scale + middle_x, stroke[1].y * scale + middle_y
    for point in stroke[2:]:
        next_x, next_y = point.x * scale + middle_x, point.y * scale + middle_y
        path.quadTo(x, y, (x + next_x) / 2, (y + next_y) / 2)
        x, y = next_x, next_y
    path.lineTo(x, y)
    return path


def ink_pen(geometry: PadGeometry, colour: QColor) -> QPen:
    """The round pen."""
    return QPen(
        colour,
        geometry.pen_width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )


def paint_strokes(
    painter: QPainter, strokes: Sequence[Sequence[Point]], geometry: PadGeometry, colour: QColor
) -> None:
    """Paint strokes with the round pen."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(ink_pen(geometry, colour))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        if stroke:
            painter.drawPath(stroke_path(stroke, geometry))


def picture_area(picture: QImage, area: QRectF) -> QRectF:
    """Where a picture is painted: as large as fits, aspect kept, in the middle."""
    size = QSizeF(picture.size()).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRectF(area.center() - QPointF(size.width() / 2, size.height() / 2), size)


def paint_picture(painter: QPainter, picture: QImage, area: QRectF) -> None:
    """Paint a picture as large as fits."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(picture_area(picture, area), picture)
