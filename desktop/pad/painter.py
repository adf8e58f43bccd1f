"""Pad painter: strokes as smooth lines with round ends, at any size and device pixel ratio."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from engine.preprocessing.ink import Bounds, Ink, Point

UNIT = 1000.0
"""Ink units along the shorter side of the pad."""
PEN_UNITS = 42.0
"""Diameter of the pen in ink units."""


class PadGeometry:
    """Between the widget's pixels and ink units, whose origin is the middle of the pad."""

    def __init__(self, size: QSizeF) -> None:
        self.scale = max(1.0, min(size.width(), size.height())) / UNIT
        self._middle = QPointF(size.width() / 2, size.height() / 2)

    def to_ink(self, position: QPointF) -> QPointF:
        """From pixels to ink units."""
        return (position - self._middle) / self.scale

    def to_pixels(self, x: float, y: float) -> QPointF:
        """From ink units to pixels."""
        return QPointF(x * self.scale, y * self.scale) + self._middle

    @property
    def pen_width(self) -> float:
        """Diameter of the pen in pixels."""
        return PEN_UNITS * self.scale

    def around(self, points: Sequence[Point]) -> QRectF:
        """The rectangle, in pixels, that painting these points may touch."""
        positions = [self.to_pixels(point.x, point.y) for point in points]
        left, right = min(p.x() for p in positions), max(p.x() for p in positions)
        top, bottom = min(p.y() for p in positions), max(p.y() for p in positions)
        room = self.pen_width / 2 + 2
        return QRectF(left - room, top - room, right - left + 2 * room, bottom - top + 2 * room)


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


def fitted(ink: Ink, share: float = 0.62) -> Ink:
    """Ink of any unit moved to the middle of the pad and scaled to `share` of its shorter side."""
    bounds = ink.bounds() or Bounds(0, 0, 0, 0)
    extent = max(bounds.width, bounds.height)
    scale = share * UNIT / extent if extent > 0 else 1.0
    middle_x, middle_y = (bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2
    return Ink(
        tuple(
            tuple(p._replace(x=(p.x - middle_x) * scale, y=(p.y - middle_y) * scale) for p in stroke)
            for stroke in ink.strokes
        )
    )
