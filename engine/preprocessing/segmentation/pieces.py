"""Pieces: what is connected, a stroke or a patch, and how pieces lie to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.rasteriser import Polyline

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

MOST_DIGITS = 8
"""Of a row; a longer number is refused: nobody could compare so many bars."""

MOST_ROWS = 4
"""More lines of digits are refused."""


@dataclass(slots=True)
class Piece:
    """What is connected: a stroke, a patch of a picture, or several that were joined.

    Attributes:
        box: Left, top, right, bottom.
        points: (n, 2) float64, along the strokes or around the patch, x and y.
        members: Which strokes or patches, by number.
    """

    box: Box
    points: NDArray[np.float64]
    members: list[int]

    @property
    def width(self) -> float:
        """From left to right."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.box[3] - self.box[1]

    def joined(self, other: Piece) -> Piece:
        """Both as one."""
        return Piece(
            around([self.box, other.box]),
            np.concatenate([self.points, other.points]),
            self.members + other.members,
        )


# Above so many pairs of points, those far from each other are sorted out first, by every so many of them.
_MANY, _EVERY = 4096, 8


def around(boxes: Sequence[Box]) -> Box:
    """The box around several boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def box_of(line: Polyline) -> Box:
    """The box around the points of a stroke."""
    left, top = line.min(axis=0).tolist()
    right, bottom = line.max(axis=0).tolist()
    return left, top, right, bottom


def distance(a: Piece, b: Piece, reach: float) -> float:
    """Between the nearest points of two pieces; infinite where it is `reach` or more."""
    gap = max(
        max(a.box[0], b.box[0]) - min(a.box[2], b.box[2]), max(a.box[1], b.box[1]) - min(a.box[3], b.box[3])
    )
    if gap >= reach:
        return np.inf
    nearer = reach
    if len(a.points) * len(b.points) > _MANY:
        # Of the nearest points each is as near to the other's box as some others are to each other.
        some = _least(a.points[::_EVERY], b.points[::_EVERY])
        rounding = 1e-9 * (some + a.width + a.height + b.width + b.height)
        nearer = min(reach, some + rounding)
    mine, others = _points_near(a.points, b.box, nearer), _points_near(b.points, a.box, nearer)
    if not len(mine) or not len(others):
        return np.inf
    least = _least(mine, others)
    return least if least < reach else np.inf


def _least(some: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """The distance between the nearest two points."""
    across, down = (some[:, None, axis] - others[None, :, axis] for axis in (0, 1))
    across *= across
    down *= down
    across += down
    return float(np.sqrt(across.min()))


def _points_near(points: NDArray[np.float64], box: Box, reach: float) -> NDArray[np.float64]:
    """The points that lie within `reach` of a box."""
    low, high = np.array(box[:2]) - reach, np.array(box[2:]) + reach
    near: NDArray[np.float64] = points[((points >= low) & (points <= high)).all(axis=1)]
    return near


def spaced(line: Polyline, spacing: float) -> NDArray[np.float64]:
    """Points along a stroke at equal distances, so that a long straight line has some, too."""
    steps = np.diff(line, axis=0)
    along = np.concatenate([[0.0], np.cumsum(np.sqrt((steps * steps).sum(axis=1)))])
    length = float(along[-1])
    if not length > 0 or spacing <= 0:
        return line[:1]
    places = np.linspace(0.0, length, max(2, int(np.ceil(length / spacing)) + 1))
    return np.column_stack([np.interp(places, along, line[:, 0]), np.interp(places, along, line[:, 1])])
