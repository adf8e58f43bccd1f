"""Steady units: the most active units of a layer, each in a place that it keeps while the drawing changes."""

from __future__ import annotations

import math

from torch import Tensor

_MARGIN = 1.25
"""So many times as active as a unit that has a place must another be to take it."""


class SteadyUnits:
    """Places for some units of one layer.

    Sorting by activity would make units jump from frame to frame. Here a unit keeps its place until a much
    more active one needs it, and that one takes the same place.
    """

    def __init__(self) -> None:
        self._units: list[int] = []
        self._layer_size = 0

    def choose(self, activity: Tensor, places: int, kept: int | None = None) -> tuple[int, ...]:
        """Give the places to units.

        Args:
            activity: (units,) float32, of each unit, 0 or more.
            places: How many there are; where there are enough, every unit has that of its number.
            kept: A unit that gets and keeps a place however quiet it is, or None.

        Returns:
            The units in the order of their places.
        """
        size = len(activity)
        if places >= size:
            self._units = list(range(size))
        elif len(self._units) != places or self._layer_size != size:
            self._units = sorted(activity.topk(places).indices.tolist())
        else:
            self._make_room(activity, places, kept)
        self._layer_size = size
        if kept is not None and kept not in self._units:
            quietest = min(range(len(self._units)), key=lambda place: float(activity[self._units[place]]))
            self._units[quietest] = kept
        return tuple(self._units)

    def _make_room(self, activity: Tensor, places: int, kept: int | None) -> None:
        """Let the most active units outside take the places of the quietest, if they are clearly more so."""
        seated = set(self._units)
        largest = activity.topk(places)
        outside = [
            each
            for each in zip(largest.indices.tolist(), largest.values.tolist(), strict=True)
            if each[0] not in seated
        ]
        if not outside:
            return
        own = [
            math.inf if unit == kept else strength
            for unit, strength in zip(self._units, activity[self._units].tolist(), strict=True)
        ]
        quietest = sorted(range(places), key=own.__getitem__)
        for place, (unit, strength) in zip(quietest, outside, strict=False):
            if strength <= _MARGIN * own[place]:
                break
            self._units[place] = unit
