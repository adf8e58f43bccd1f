"""Known lines: strokes as arrays, for one drawing after another of which each is mostly the one before."""

from __future__ import annotations

import numpy as np

from engine.preprocessing.ink import Ink, Stroke
from engine.preprocessing.rasteriser import Polyline


class KnownLines:
    """Makes the array of a stroke once; of one that goes on, only what is new of it.

    A stroke that is the same as before has the same array, which nobody may write to.
    """

    def __init__(self) -> None:
        self._known: list[tuple[Stroke, Polyline]] = []

    def of(self, ink: Ink) -> list[Polyline]:
        """The strokes of ink as (points, 2) float64 arrays of x and y, in the ink's own unit."""
        by_identity = {id(stroke): line for stroke, line in self._known}
        found: list[tuple[Stroke, Polyline]] = []
        for stroke in ink.strokes:
            if not stroke:
                continue
            line = by_identity.get(id(stroke))
            if line is None and len(found) < len(self._known):
                line = _continued(*self._known[len(found)], stroke)
            found.append((stroke, _points(stroke) if line is None else line))
        self._known = found
        return [line for _, line in found]


def _points(stroke: Stroke) -> Polyline:
    return np.array([point[:2] for point in stroke], dtype=np.float64)


def _continued(former: Stroke, line: Polyline, stroke: Stroke) -> Polyline | None:
    """The array of a stroke that is a former one, or goes on from it; None for another."""
    # Until the next point comes, the last one may be another.
    settled = len(former) - 1
    if len(stroke) <= settled or stroke[:settled] != former[:settled]:
        return None
    if stroke == former:
        return line
    longer = np.empty((len(stroke), 2))
    longer[:settled] = line[:settled]
    longer[settled:] = _points(stroke[settled:])
    return longer
