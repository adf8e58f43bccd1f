"""Cuts: where a stroke may be two digits that were written without lifting the pen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.rasteriser import Polyline

MOST_CUTS = 6
"""Of one stroke: so many make 28 parts of it."""

# As shares of the row's height: how far the pen turns are looked at from, and the least that is cut off.
_REACH, _LEAST_PART = 0.12, 0.35
# The least turn, as 1 minus its cosine: about 60 degrees.
_LEAST_TURN = 0.5
# Points are so far apart where a stroke is looked at whether it meets itself, and so near where it does; what
# is nearer along the stroke is no meeting.
_SPACING, _NEAR, _LEAST_LOOP = 0.04, 0.05, 0.5
_MOST_POINTS = 200


def cut_places(line: Polyline, height: float) -> list[int]:
    """Points at which a stroke may be cut, in ascending order: where it turns sharply or meets itself.

    The end of a digit and the beginning of the next are such turns, if the pen goes from one to the other
    on the paper; so are an outline's minima, and the bends of the digits themselves.

    Args:
        line: (points, 2).
        height: Of the row.
    """
    steps = np.sqrt((np.diff(line, axis=0) ** 2).sum(axis=1))
    along = np.concatenate([[0.0], np.cumsum(steps)])
    reach, least = _REACH * height, _LEAST_PART * height
    inner = np.flatnonzero((along >= least) & (along <= along[-1] - least))
    if not len(inner):
        return []
    turns = _turns(line, along, inner, reach)
    # Where the pen closes a loop a digit may end; that counts as much as a turn back.
    meetings = _meetings(line, along, height)
    turns[np.isin(inner, meetings)] += 1.0
    chosen: list[int] = []
    for order in np.argsort(-turns, kind="stable").tolist():
        if turns[order] < _LEAST_TURN or len(chosen) == MOST_CUTS:
            break
        place = int(inner[order])
        if all(abs(along[place] - along[other]) >= reach for other in chosen):
            chosen.append(place)
    return sorted(chosen)


def _meetings(line: Polyline, along: NDArray[np.float64], height: float) -> NDArray[np.intp]:
    """The points nearest to where a stroke meets an earlier part of itself."""
    count = min(_MOST_POINTS, max(2, int(along[-1] / (_SPACING * height))))
    lengths = np.linspace(0.0, along[-1], count)
    points = np.column_stack([np.interp(lengths, along, line[:, axis]) for axis in (0, 1)])
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    apart[lengths[:, None] - lengths[None] < _LEAST_LOOP * height] = np.inf
    nearest = apart.min(axis=1)
    around = np.pad(nearest, 1, constant_values=np.inf)
    is_least = (nearest < _NEAR * height) & (nearest <= around[:-2]) & (nearest < around[2:])
    found: NDArray[np.intp] = np.abs(along[None] - lengths[is_least][:, None]).argmin(axis=1)
    return found


def _turns(
    line: Polyline, along: NDArray[np.float64], places: NDArray[np.intp], reach: float
) -> NDArray[np.float64]:
    """How much the pen turns at each place, 0 straight on to 2 back."""

    def at(lengths: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([np.interp(lengths, along, line[:, axis]) for axis in (0, 1)])

    before = line[places] - at(along[places] - reach)
    after = at(along[places] + reach) - line[places]
    lengths = np.sqrt((before**2).sum(axis=1) * (after**2).sum(axis=1))
    turns: NDArray[np.float64] = 1 - (before * after).sum(axis=1) / np.maximum(lengths, 1e-300)
    return turns


def straightness(line: Polyline) -> float:
    """The distance between a line's ends as a share of its length; 1 is straight."""
    length = float(np.sqrt((np.diff(line, axis=0) ** 2).sum(axis=1)).sum())
    apart = float(np.sqrt(((line[-1] - line[0]) ** 2).sum()))
    return apart / length if length > 0 else 1.0
