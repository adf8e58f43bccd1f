"""Eraser: which strokes the other end of a tablet's pen touches."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF

from desktop.pad.geometry import PEN_UNITS
from engine.preprocessing.ink import Point, Stroke

_REACH_UNITS = PEN_UNITS / 2 + 12


def is_touched(stroke: Stroke, place: QPointF) -> bool:
    """Whether the eraser at `place`, in ink units, touches a stroke."""
    ends = stroke[1:] or stroke
    return any(
        _distance(place.x(), place.y(), start, end) < _REACH_UNITS
        for start, end in zip(stroke, ends, strict=False)
    )


def _distance(x: float, y: float, start: Point, end: Point) -> float:
    """From a place to a straight line between two points."""
    along_x, along_y = end.x - start.x, end.y - start.y
    squared = along_x**2 + along_y**2
    share = ((x - start.x) * along_x + (y - start.y) * along_y) / squared if squared > 0 else 0.0
    share = min(1.0, max(0.0, share))
    return math.hypot(x - start.x - share * along_x, y - start.y - share * along_y)
