"""Pad geometry: ink units, and where they are among the pixels of a pad of any size."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

from engine.preprocessing.ink import Bounds, Ink, Point

UNIT = 1000.0
"""Ink units along the shorter side of the pad."""
PEN_UNITS = 42.0
"""Diameter of the pen in ink units."""


class PadGeometry:
    """Between the widget's pixels and ink units, whose origin is the middle of the pad.

    Attributes:
        scale: Pixels of an ink unit.
        middle: Of the pad, in pixels.
    """

    def __init__(self, size: QSizeF) -> None:
        self.scale = max(1.0, min(size.width(), size.height())) / UNIT
        self.middle = QPointF(size.width() / 2, size.height() / 2)
        self._size = size.width(), size.height()

    def is_for(self, width: float, height: float) -> bool:
        """Whether it is that of a pad of so many pixels."""
        return self._size == (width, height)

    def to_ink(self, position: QPointF) -> QPointF:
        """From pixels to ink units."""
        return (position - self.middle) / self.scale

    def to_pixels(self, x: float, y: float) -> QPointF:
        """From ink units to pixels."""
        return QPointF(x * self.scale, y * self.scale) + self.middle

    @property
    def pen_width(self) -> float:
        """Diameter of the pen in pixels."""
        return PEN_UNITS * self.scale

    def around(self, points: Sequence[Point]) -> QRectF:
        """The rectangle, in pixels, that painting these points may touch."""
        # Plain numbers: it is asked for with every move of the pen.
        across, down = [point.x for point in points], [point.y for point in points]
        scale, margin = self.scale, self.pen_width / 2 + 2
        left, top = min(across) * scale - margin, min(down) * scale - margin
        width, height = (max(across) - min(across)) * scale, (max(down) - min(down)) * scale
        return QRectF(left + self.middle.x(), top + self.middle.y(), width + 2 * margin, height + 2 * margin)


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
