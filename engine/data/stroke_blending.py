"""Stroke blending: drawings that lie between two drawings of the same sign, or a little beyond one of them.

Two drawings of a sign show which of its changes mean nothing. N. Chawla and others, "SMOTE: synthetic
minority over-sampling technique", 2002, do the same with lists of numbers; here each stroke first finds the
one that it corresponds to.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.rasteriser import Polyline

# Points of a blended stroke, evenly along it.
_POINTS = 24
# Share of the drawings that are blended; the others stay what somebody drew.
_BLENDED = 0.7
# Of the way to the other drawing: less than nothing leads away from it.
_LEAST, _MOST = -0.3, 0.8
# With more strokes there are too many orders to try: they are taken as they were written.
_MOST_REORDERED = 5

Strokes = NDArray[np.float64]
"""(strokes, points, 2), the longer side of the drawing from -1/2 to 1/2."""


class Blends:
    """Blends of a set of drawings."""

    def __init__(self, drawings: Sequence[Sequence[Polyline]], labels: Sequence[int]) -> None:
        """Make them ready.

        Args:
            drawings: (points, 2) float64 polylines for each, in any unit, none of them empty.
            labels: What each of them shows.
        """
        self._drawings = drawings
        self._strokes = [_even(drawing) for drawing in drawings]
        self._keys = [(label, len(drawing)) for label, drawing in zip(labels, drawings, strict=True)]
        self._alike: dict[tuple[int, int], list[int]] = {}
        for place, key in enumerate(self._keys):
            self._alike.setdefault(key, []).append(place)
        self._arranged: dict[tuple[int, int], Strokes] = {}

    def __call__(self, place: int, random: np.random.Generator) -> list[Polyline]:
        """A drawing of the same sign and as many strokes as the one at `place`.

        Three times in ten, and where no other drawing of the sign has as many strokes, it is that one itself.
        """
        others = [other for other in self._alike[self._keys[place]] if other != place]
        if not others or random.random() >= _BLENDED:
            return list(self._drawings[place])
        other, share = others[random.integers(len(others))], random.uniform(_LEAST, _MOST)
        if (place, other) not in self._arranged:
            self._arranged[place, other] = arranged(self._strokes[other], self._strokes[place])
        return list((1 - share) * self._strokes[place] + share * self._arranged[place, other])


def arranged(strokes: Strokes, like: Strokes) -> Strokes:
    """The same strokes in the order and the directions in which they come closest to those of `like`."""
    forwards, backwards = (
        np.square(like[:, None] - each[None]).mean(axis=(2, 3)) for each in (strokes, strokes[:, ::-1])
    )
    apart = np.minimum(forwards, backwards)  # (of `like`, of `strokes`)
    places = np.arange(len(strokes))
    order = places
    if len(strokes) <= _MOST_REORDERED:
        orders = np.array(list(permutations(range(len(strokes)))))
        order = orders[apart[places, orders].sum(axis=1).argmin()]
    is_turned = backwards[places, order] < forwards[places, order]
    return np.where(is_turned[:, None, None], strokes[order, ::-1], strokes[order])


def _even(drawing: Sequence[Polyline]) -> Strokes:
    """The drawing in its own unit, with points evenly along each stroke."""
    points = np.concatenate(list(drawing))
    low, high = points.min(axis=0), points.max(axis=0)
    side = float((high - low).max()) or 1.0
    return np.stack([_along((polyline - (low + high) / 2) / side) for polyline in drawing])


def _along(polyline: Polyline) -> NDArray[np.float64]:
    steps = np.hypot(*np.diff(polyline, axis=0).T)
    gone = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.linspace(0.0, gone[-1], _POINTS)
    return np.stack([np.interp(at, gone, axis) for axis in polyline.T], axis=1)
