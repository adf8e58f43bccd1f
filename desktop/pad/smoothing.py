"""Steadying: strokes without the small steps of whole screen pixels, for painting alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from desktop.pad.geometry import PadGeometry
from desktop.pad.painter import stroke_path
from engine.preprocessing.ink import Point

# Weights of a point's neighbours, 1 to 4 points away, beside its own of 70 (binomial coefficients).
_STEADYING = (56.0, 28.0, 8.0, 1.0)
_OWN_WEIGHT = 70.0
# About a pixel: enough to take the steps of whole pixels out, too little to round a corner.
_MOST_STEADYING_UNITS = 3.0

# Of a long stroke, lengths that are nowhere near what is painted are left out.
_CURVES_OF_A_LENGTH = 24

STEADYING_REACH = len(_STEADYING)
"""Points on either side that may move a point."""


class LivePath:
    """The stroke under the pen as a growing path, so that a long stroke costs no more to extend or to paint.

    The same curve as `desktop.pad.painter.stroke_path` makes of the steadied stroke: what was settled stays,
    only the end moves.
    """

    def __init__(self, geometry: PadGeometry) -> None:
        self._geometry = geometry
        self._margin = geometry.pen_width / 2 + 2
        self._lengths: list[_Length] = []
        self._newest = QPainterPath()
        self._newest_start = QPointF()
        self._newest_curves = 0
        self._settled_points = 0

    def through(self, stroke: Sequence[Point], area: QRectF) -> QPainterPath:
        """The path through all points, of which all but the last stay where they are.

        Args:
            stroke: Under the pen.
            area: Lengths of the path that would paint nothing in it are left out.
        """
        if len(stroke) < 3:
            return stroke_path(stroke, self._geometry)
        if self._settled_points == 0:
            self._begin_length(self._geometry.to_pixels(*stroke[0][:2]))
            self._settled_points = 1
        first = self._settled_points
        ends = [self._geometry.to_pixels(*point[:2]) for point in steadied_stroke(stroke, first)]
        middles = [(end + after) / 2 for end, after in pairwise(ends)]
        # A curve is settled when its point and the next have all their neighbours, and the last may move.
        settled = max(0, len(stroke) - STEADYING_REACH - 1 - first)
        for end, middle in zip(ends[:settled], middles[:settled], strict=True):
            self._settle(end, middle)
        self._settled_points += settled
        path = self._joined(area)
        for end, middle in zip(ends[settled:-1], middles[settled:], strict=True):
            path.quadTo(end, middle)
        path.lineTo(ends[-1])
        return path

    def _begin_length(self, start: QPointF) -> None:
        self._newest, self._newest_start, self._newest_curves = QPainterPath(start), start, 0

    def _settle(self, end: QPointF, middle: QPointF) -> None:
        self._newest.quadTo(end, middle)
        self._newest_curves += 1
        if self._newest_curves == _CURVES_OF_A_LENGTH:
            self._lengths.append(_Length.of(self._newest, self._margin))
            self._begin_length(middle)

    def _joined(self, area: QRectF) -> QPainterPath:
        """The settled lengths that are painted in an area, those that follow each other in one piece."""
        left, top, right, bottom = area.left(), area.top(), area.right(), area.bottom()
        path, last = QPainterPath(), -1
        for place, length in enumerate(self._lengths):
            if length.left < right and length.right > left and length.top < bottom and length.bottom > top:
                if path.isEmpty() or place > last + 1:
                    path.addPath(length.path)
                else:
                    path.connectPath(length.path)
                last = place
        if not path.isEmpty() and last == len(self._lengths) - 1:
            path.connectPath(self._newest)
        elif self._newest_curves:
            path.addPath(self._newest)
        else:
            path.moveTo(self._newest_start)
        return path


class _Length(NamedTuple):
    """So many settled curves, and around what they paint, in pixels."""

    path: QPainterPath
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, path: QPainterPath, margin: float) -> _Length:
        box = path.controlPointRect().adjusted(-margin, -margin, margin, margin)
        return cls(path, box.left(), box.top(), box.right(), box.bottom())


def steadied_stroke(stroke: Sequence[Point], first: int = 0) -> list[Point]:
    """A stroke for painting, from its point `first` on, without the small steps of whole screen pixels.

    Each point moves towards the mean of its neighbours, as many on one side as on the other, by
    `_MOST_STEADYING_UNITS` at most; the ends stay.
    """
    last = len(stroke) - 1
    steadied = []
    for index in range(first, last + 1):
        point = stroke[index]
        x, y, total = _OWN_WEIGHT * point.x, _OWN_WEIGHT * point.y, _OWN_WEIGHT
        for distance, weight in enumerate(_STEADYING[: min(index, last - index)], start=1):
            before, after = stroke[index - distance], stroke[index + distance]
            x += weight * (before.x + after.x)
            y += weight * (before.y + after.y)
            total += 2 * weight
        move_x, move_y = x / total - point.x, y / total - point.y
        share = _MOST_STEADYING_UNITS / max(math.hypot(move_x, move_y), _MOST_STEADYING_UNITS)
        steadied.append(point._replace(x=point.x + share * move_x, y=point.y + share * move_y))
    return steadied
