"""Pad painter: strokes as smooth lines with round ends, at any size and device pixel ratio."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from desktop.pad.geometry import PadGeometry
from engine.preprocessing.ink import Point


def stroke_path(stroke: Sequence[Point], geometry: PadGeometry) -> QPainterPath:
    """A smooth path: a quadratic curve from the middle of each two points to the next middle."""
    positions = [geometry.to_pixels(point.x, point.y) for point in stroke]
    path = QPainterPath(positions[0])
    if len(positions) == 1:
        # Qt paints no line without a length, but a very short one as a dot.
        path.lineTo(positions[0] + QPointF(0.01, 0))
        return path
    for index in range(1, len(positions) - 1):
        path.quadTo(positions[index], (positions[index] + positions[index + 1]) / 2)
    path.lineTo(positions[-1])
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
