"""A space: the training settings that a search may try, each as a list of values or a range."""

from __future__ import annotations

import functools
import itertools
import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from engine.errors import SettingsError
from engine.nn.registry import OPTIMISERS
from engine.settings import TrainingSettings

MOST_TRIALS = 10_000
"""Trainings of one search."""
GRID_POINTS = 5
"""Values that a grid takes from a range, where nothing else was said."""
LOG_FIELDS = ("learning_rate", "weight_decay")
"""Settings whose ranges are logarithmic where the ends are a factor of `LOG_FACTOR` or more apart."""
LOG_FACTOR = 10.0
# Enough to tell the numbers of a range apart, and short to read and to copy; fine grids need more.
_FIGURES, _FINE_FIGURES, _FINE = 4, 9, 100

Value = bool | int | float | str | tuple[int, ...]
"""Of a setting, as `engine.settings.TrainingSettings` has it."""
Point = Mapping[str, Value]
"""One value for each setting that varies, by its name; the seed apart."""


@dataclass(frozen=True, slots=True)
class Values:
    """A list of values.

    Attributes:
        values: In the order in which a grid tries them.
    """

    values: tuple[Value, ...]

    def grid(self) -> tuple[Value, ...]:
        """All of them."""
        return self.values

    def draw(self, source: random.Random) -> Value:
        """One at random."""
        return source.choice(self.values)


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers between two.

    Attributes:
        low: The least of them.
        high: The largest of them.
        is_log: Whether each factor is as likely as any other, rather than each difference.
        is_whole: Whether they are whole numbers.
        points: How many of them a grid tries.
    """

    low: float
    high: float
    is_log: bool = False
    is_whole: bool = False
    points: int = GRID_POINTS

    def grid(self) -> tuple[float, ...]:
        """Evenly spread numbers with both ends, `points` of them unless there are fewer whole ones."""
        return _grid(self)

    def draw(self, source: random.Random) -> float:
        """One at random, with four figures."""
        return self.nearest(self.at(source.random(), 0.5 if self.is_whole else 0.0))

    def nearest(self, number: float, figures: int = _FIGURES) -> float:
        """The number itself, with so many figures, or whole; within the range."""
        rounded = round(number) if self.is_whole else float(f"{number:.{figures}g}")
        return min(max(rounded, self.low), self.high)

    def at(self, share: float, margin: float = 0.0) -> float:
        """From one end to the other by a share, 0 to 1; half a whole number belongs to each of them."""
        low, high = self.low - margin, self.high + margin
        return low * (high / low) ** share if self.is_log else low + share * (high - low)


@functools.lru_cache(64)
def _grid(numbers: Range) -> tuple[float, ...]:
    if numbers.points == 1 or numbers.low == numbers.high:
        return (numbers.low,)
    figures = _FIGURES if numbers.points <= _FINE else _FINE_FIGURES
    shares = (number / (numbers.points - 1) for number in range(1, numbers.points - 1))
    between = [numbers.nearest(numbers.at(share), figures) for share in shares]
    return tuple(dict.fromkeys([numbers.low, *between, numbers.high]))


Dimension = Values | Range
"""What one setting may be."""


@dataclass(frozen=True, slots=True)
class Space:
    """What a search may try.

    Attributes:
        base: All that does not vary.
        dimensions: What varies, by names of the settings.
        seeds: Every point is trained with each of these, so that the spread is known.
    """

    base: TrainingSettings = field(default_factory=TrainingSettings)
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    seeds: tuple[int, ...] = (1,)

    @property
    def grid_points(self) -> int:
        """Points of the whole grid, counted without making them."""
        return math.prod(len(each.grid()) for each in self.dimensions.values())

    @property
    def grid_trials(self) -> int:
        """Trainings of the whole grid."""
        return self.grid_points * len(self.seeds)

    @property
    def varied(self) -> tuple[str, ...]:
        """Names of the settings that have more than one value."""
        return tuple(name for name, each in self.dimensions.items() if len(each.grid()) > 1)

    @property
    def is_listed(self) -> bool:
        """Whether there are lists alone, so that the grid is all there is."""
        return all(isinstance(each, Values) for each in self.dimensions.values())

    def grid(self) -> Iterator[Point]:
        """Every point of the grid; the last dimension changes fastest."""
        for values in itertools.product(*(each.grid() for each in self.dimensions.values())):
            yield dict(zip(self.dimensions, values, strict=True))

    def grid_point(self, number: int) -> Point:
        """One point of the grid, by its number from 0 on."""
        chosen: dict[str, Value] = {}
        for name, each in reversed(list(self.dimensions.items())):
            values = each.grid()
            number, index = divmod(number, len(values))
            chosen[name] = values[index]
        return {name: chosen[name] for name in self.dimensions}

    def draw(self, source: random.Random) -> Point:
        """A point at random."""
        return {name: each.draw(source) for name, each in self.dimensions.items()}

    def settings(self, point: Point, seed: int) -> TrainingSettings:
        """How a point is trained; an optimiser that varies brings its usual rate, unless that varies, too."""
        changed: dict[str, Any] = {**point, "seed": seed}
        if "hidden" in point and isinstance(point["hidden"], int):
            changed["hidden"] = (point["hidden"],)
        if "optimiser" in point and "learning_rate" not in point:
            changed["learning_rate"] = OPTIMISERS[str(point["optimiser"])].usual_rate
        return replace(self.base, **changed)

    def check(self) -> None:
        """Do nothing if every point makes sense.

        Raises:
            SettingsError: One does not; names the field at fault, and the number.
        """
        self.base.check()
        known = {each.name for each in fields(TrainingSettings)} - {"seed"}
        for name, dimension in self.dimensions.items():
            if name not in known:
                raise SettingsError(name, f"There is no setting {name} to search over.")
            values = dimension.values if isinstance(dimension, Values) else (dimension.low, dimension.high)
            if isinstance(dimension, Range):
                _check_range(name, dimension)
            if not values:
                raise SettingsError(name, f"There are 0 values of {words(name)}: give at least one.")
            for value in values:
                self._check_value(name, value)
        if not self.seeds:
            raise SettingsError("seed", "There are 0 seeds: give at least one.")
        if len(set(self.seeds)) < len(self.seeds):
            raise SettingsError("seed", "A seed is there twice: give each once.")
        for seed in self.seeds:
            replace(self.base, seed=seed).check()

    def _check_value(self, name: str, value: Value) -> None:
        try:
            if name == "optimiser" and value not in OPTIMISERS:
                replace(self.base, optimiser=str(value)).check()
            self.settings({name: value}, self.base.seed).check()
        except SettingsError as error:
            sentence = str(error)
            raise SettingsError(
                name, f"{value_text(value)} cannot be used: {sentence[:1].lower()}{sentence[1:]}"
            ) from error


def is_log_range(name: str, low: float, high: float) -> bool:
    """Whether the range of that setting is logarithmic."""
    return name in LOG_FIELDS and low > 0 and high >= LOG_FACTOR * low


def words(name: str) -> str:
    """A setting's name in a sentence."""
    return name.replace("_", " ")


def value_text(value: Value) -> str:
    """A value as a person writes it, and as `engine.search.space_text` reads it again."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or "none"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _check_range(name: str, dimension: Range) -> None:
    low, high = value_text(dimension.low), value_text(dimension.high)
    if not dimension.low <= dimension.high:
        raise SettingsError(
            name, f"The range {low}..{high} for {words(name)} runs backwards: write {high}..{low}."
        )
    if not 1 <= dimension.points <= MOST_TRIALS:
        raise SettingsError(
            name, f"A grid takes 1 to {MOST_TRIALS:,} numbers of a range, not {dimension.points:,}."
        )
    if dimension.is_log and dimension.low <= 0:
        raise SettingsError(name, f"A logarithmic range of {words(name)} begins above 0, not at {low}.")
