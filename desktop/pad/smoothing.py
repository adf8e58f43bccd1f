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
        first, scale, middle = self._settled_points, self._geometry.scale, self._geometry.middle
        across, down = middle.x(), middle.y()
        ends = [(x * scale + across, y * scale + down) for x, y in steadied_places(stroke, first)]
        curves = [(*end, (end[0] + after[0]) / 2, (end[1] + after[1]) / 2) for end, after in pairwise(ends)]
        # A curve is settled when its point and the next have all their neighbours, and the last may move.
        settled = max(0, len(stroke) - STEADYING_REACH - 1 - first)
        for curve in curves[:settled]:
            self._settle(curve)
        self._settled_points += settled
        path = self._joined(area)
        for curve in curves[settled:]:
            path.quadTo(*curve)
        path.lineTo(*ends[-1])
        return path

    def _begin_length(self, start: QPointF) -> None:
        self._newest, self._newest_start, self._newest_curves = QPainterPath(start), start, 0

    def _settle(self, curve: tuple[float, float, float, float]) -> None:
        self._newest.quadTo(*curve)
        self._newest_curves += 1
        if self._newest_curves == _CURVES_OF_A_LENGTH:
            self._lengths.append(_Length.of(self._newest, self._margin))
            self._begin_length(QPointF(*curve[2:]))

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


def steadied_stroke(stroke: Sequence[Point]) -> list[Point]:
    """A stroke for painting, without the small steps of whole screen pixels."""
    places = steadied_places(stroke)
    return [point._replace(x=x, y=y) for point, (x, y) in zip(stroke, places, strict=True)]


def steadied_places(stroke: Sequence[Point], first: int = 0) -> list[tuple[float, float]]:
    """Where the points of a stroke are painted, from its point `first` on.

    Each point moves towards the mean of its neighbours, as many on one side as on the other, by
    `_MOST_STEADYING_UNITS` at most; the ends stay.
    """
    last = len(stroke) - 1
    steadied = []
    for index in range(first, last + 1):
        own_x, own_y, *_ = stroke[index]
        x, y, total = _OWN_WEIGHT * own_x, _OWN_WEIGHT * own_y, _OWN_WEIGHT
        for distance, weight in enumerate(_STEADYING[: min(index, last - index)], start=1):
            before, after = stroke[index - distance], stroke[index + distance]
            x += weight * (before.x + after.x)
            y += weight * (before.y + after.y)
            total += 2 * weight
        move_x, move_y = x / total - own_x, y / total - own_y
        share = _MOST_STEADYING_UNITS / max(math.hypot(move_x, move_y), _MOST_STEADYING_UNITS)
        steadied.append((own_x + share * move_x, own_y + share * move_y))
    return steadied
