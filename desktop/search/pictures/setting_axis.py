"""Setting axis: where each value of a setting stands on an axis, and what is written there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.search.search_text import setting_words
from engine.search.space import Dimension, Range, Space, Value, Values, value_text

SEED = "seed"
"""The axis where nothing but the seed varies."""
_TICKS = 5


@dataclass(frozen=True, slots=True)
class SettingAxis:
    """From 0 to 1, with a little room at both ends where there is a list of values.

    Attributes:
        name: Of the setting.
        ticks: Places, and what to write there.
        values: In their order, where there is a list; else empty.
        low: The place 0 of a range; its decimal logarithm where the range is logarithmic.
        high: The place 1 of a range.
        is_log: Whether factors rather than differences are evenly spread.
    """

    name: str
    ticks: tuple[tuple[float, str], ...]
    values: tuple[Value, ...] = ()
    low: float = 0.0
    high: float = 1.0
    is_log: bool = False

    @property
    def title(self) -> str:
        """The setting's name in words."""
        return setting_words(self.name)

    def place(self, value: Value) -> float:
        """Of a value, 0 to 1."""
        if self.values:
            return (self.values.index(value) + 0.5) / len(self.values) if value in self.values else 0.5
        assert isinstance(value, int | float)  # ranges are of numbers
        number = math.log10(value) if self.is_log else float(value)
        return (number - self.low) / (self.high - self.low)


def setting_axis(space: Space, name: str, is_grid: bool) -> SettingAxis:
    """The axis of a setting.

    Args:
        space: It varies in.
        name: Of the setting; `SEED` for the seeds.
        is_grid: Whether a range stands for the few numbers that a grid takes from it.
    """
    if name == SEED:
        return _listed(name, space.seeds)
    dimension: Dimension = space.dimensions[name]
    if isinstance(dimension, Values):
        return _listed(name, dimension.values)
    return _listed(name, dimension.grid()) if is_grid else _ranged(name, dimension)


def _listed(name: str, values: Sequence[Value]) -> SettingAxis:
    # Numbers in their order, networks and names as they were written.
    if all(isinstance(each, int | float) and not isinstance(each, bool) for each in values):
        values = sorted(values)
    count = len(values)
    ticks = tuple(((place + 0.5) / count, value_text(each)) for place, each in enumerate(values))
    return SettingAxis(name, ticks, tuple(values))


def _ranged(name: str, numbers: Range) -> SettingAxis:
    ends = numbers.low, numbers.high
    low, high = (math.log10(end) for end in ends) if numbers.is_log else ends
    axis = SettingAxis(name, (), (), low, high, numbers.is_log)
    shown = {numbers.nearest(numbers.at(part / (_TICKS - 1)), 2) for part in range(_TICKS)}
    ticks = tuple((axis.place(each), value_text(each)) for each in sorted(shown))
    return SettingAxis(name, ticks, (), low, high, numbers.is_log)
