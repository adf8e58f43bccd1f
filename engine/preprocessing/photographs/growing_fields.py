"""Growing fields: long drawings fitted and painted, of which most was painted for the last pen move.

Painting is a maximum over pieces of the line, which does not care about order: as long as a drawing fills the
same box, what is new of it is painted on top, and the pixels are those of a drawing painted at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.normaliser import BoxFit, fit_polylines
from engine.preprocessing.rasteriser import Polyline

# Below so many points it takes as long to find out what is new as to paint all of it.
_LONG = 256


@dataclass(frozen=True, slots=True)
class _Painted:
    """What was painted of a drawing whose lines may go on.

    Attributes:
        fit: To the box.
        lines: All of the drawing.
        settled: (FIELD, FIELD) float32, all but the last segment of each line, whose end may move.
    """

    fit: BoxFit
    lines: tuple[Polyline, ...]
    settled: NDArray[np.float32]


class GrowingFields:
    """Fits one drawing after another, each known by a name."""

    def __init__(self) -> None:
        self._former: dict[Hashable, _Painted] = {}
        self._current: dict[Hashable, _Painted] = {}

    def begin(self) -> None:
        """A new reading begins: what the last one did not ask for is forgotten."""
        self._former, self._current = self._current, {}

    def fit(self, drawings: Sequence[Sequence[Polyline]], names: Sequence[Hashable]) -> NDArray[np.float32]:
        """As `engine.preprocessing.normaliser.fit_polylines`.

        Args:
            drawings: Polylines of (points, 2) for each drawing, none without a point.
            names: Of each; that of a drawing that goes on stays.
        """
        long = [place for place, lines in enumerate(drawings) if sum(map(len, lines)) >= _LONG]
        if not long:
            return fit_polylines(drawings)
        grown = {place: self._fit(tuple(drawings[place]), names[place]) for place in long}
        short = [place for place in range(len(drawings)) if place not in grown]
        fields = np.empty((len(drawings), *next(iter(grown.values())).shape), dtype=np.float32)
        for place, field in grown.items():
            fields[place] = field
        if short:
            fields[short] = fit_polylines([drawings[place] for place in short])
        return fields

    def _fit(self, lines: tuple[Polyline, ...], name: Hashable) -> NDArray[np.float32]:
        fit = BoxFit.of(lines)
        known = self._current.get(name) or self._former.get(name)
        settled: NDArray[np.float32] | None = None
        firsts = [0] * len(lines)
        if known is not None and known.fit == fit and _goes_on(known.lines, lines):
            settled = known.settled
            firsts = [max(0, len(line) - 2) for line in known.lines]
        new = [line[first:-1] for line, first in zip(lines, firsts, strict=True) if len(line) - 1 - first > 1]
        if new or settled is None:
            settled = fit.painted(new, settled)
        self._current[name] = _Painted(fit, lines, settled)
        return fit.painted([line[-2:] for line in lines], settled)


def _goes_on(former: tuple[Polyline, ...], lines: tuple[Polyline, ...]) -> bool:
    """Whether each line is what it was, or longer, but for its last point."""
    return len(former) == len(lines) and all(
        old is new or (len(new) >= len(old) and np.array_equal(old[:-1], new[: len(old) - 1]))
        for old, new in zip(former, lines, strict=True)
    )
