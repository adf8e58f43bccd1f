"""Pace: how long a search will take here, from what trainings have taken so far."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from engine.search.samplers import GRID
from engine.search.space import Range, Space, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.search.search_record import SearchRecord
    from engine.search.plan import SearchPlan
    from engine.settings import TrainingSettings

# Of a space, points that are looked at for a mean.
_POINTS = 64
# What a step costs whatever the network is, in weights.
_STEP_WEIGHTS = 4_000
_PIXELS, _DIGITS = 784, 10


class Pace:
    """Remembers seconds for a weight and an epoch, of each kind of data and number of jobs."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[str, int], float] = {}

    def note(self, record: SearchRecord, jobs: int) -> None:
        """Learn from a search that runs, or has run."""
        if record.started is None:
            return
        known = record.started.done
        new = list(record.trials.values())[known:]
        work = sum(_work(each.trial.settings, len(each.figures)) for each in new)
        # What began and ended between two looks took no time by the clock.
        seconds = record.seconds or sum(each.seconds for each in new) / max(1, jobs)
        if work > 0 and seconds > 0:
            self._seconds[record.data, jobs] = seconds / work

    def seconds(self, plan: SearchPlan, trials: int, data: str, jobs: int) -> float | None:
        """A search of so many trials; None before anything was measured with such data."""
        unit = self._seconds.get((data, jobs))
        return None if unit is None else unit * trials * _mean_work(plan.space, plan.sampler)


def _work(settings: TrainingSettings, epochs: int) -> float:
    sizes = (_PIXELS, *settings.hidden, _DIGITS)
    weights = sum(first * second for first, second in itertools.pairwise(sizes))
    return epochs * (weights + _STEP_WEIGHTS * 64 / settings.batch_size)


def _mean_work(space: Space, sampler: str) -> float:
    """Of the points of a space."""
    count = space.grid_points
    chosen = [number * count // min(count, _POINTS) for number in range(min(count, _POINTS))]
    points = [space.grid_point(number) for number in chosen]
    if sampler != GRID:
        points.append(_middle(space))
    settings = [space.settings(point, space.seeds[0]) for point in points]
    return sum(_work(each, each.epochs) for each in settings) / len(settings)


def _middle(space: Space) -> Mapping[str, Value]:
    """A point in the middle of all ranges."""
    return {
        name: each.nearest(each.at(0.5)) if isinstance(each, Range) else each.values[len(each.values) // 2]
        for name, each in space.dimensions.items()
    }
