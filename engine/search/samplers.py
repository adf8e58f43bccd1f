"""Samplers: which point of a space a search tries next. All are decided by their seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Protocol

from engine.errors import SettingsError
from engine.search.proposals import Proposal, Tried, numbers_of
from engine.search.space import MOST_TRIALS, Point, Space

GRID, RANDOM, LEARNING = "grid", "random", "tpe"
SAMPLERS = {
    GRID: "every point of the grid",
    RANDOM: "points at random",
    LEARNING: "learns from the trials so far where to look (TPE, by Optuna)",
}
"""Samplers by the names that options and stored searches use, each in a few words."""
USUAL_TRIALS = 50
"""Trainings of a search at random, or one that learns, where no number was said."""
# Of a space with ranges, draws that come to points that were there before.
_MOST_REPEATS = 1_000


class Sampler(Protocol):
    """Proposes points, and is told what came of them.

    Attributes:
        points: How many are proposed in all, at most.
        looks_ahead: Whether proposals do not depend on what came of others, so that many may be asked for.
    """

    points: int
    looks_ahead: bool

    def ask(self) -> Proposal | None:
        """The next point; None once there are no more."""
        ...

    def tell(self, tried: Tried) -> None:
        """What came of a point."""
        ...

    def restore(self, known: Sequence[Tried], under_way: Sequence[Proposal] = ()) -> None:
        """Go on from an earlier search: none of these is proposed again. To be called before all else."""
        ...


class ListedSampler:
    """Proposes points that are known beforehand.

    Attributes:
        points: How many.
        looks_ahead: True.
    """

    looks_ahead = True

    def __init__(self, points: Sequence[Point]) -> None:
        self.points = len(points)
        self._proposals = {number: Proposal(number, point) for number, point in enumerate(points)}

    def ask(self) -> Proposal | None:
        """The next one; None once there are no more."""
        first = next(iter(self._proposals), None)
        return None if first is None else self._proposals.pop(first)

    def tell(self, tried: Tried) -> None:
        """Nothing depends on it."""

    def restore(self, known: Sequence[Tried], under_way: Sequence[Proposal] = ()) -> None:
        """Leave out what was proposed already."""
        for number in numbers_of(known, under_way):
            self._proposals.pop(number, None)


def make_sampler(
    kind: str, space: Space, trials: int | None = None, seed: int = 1, is_higher_better: bool = True
) -> Sampler:
    """The sampler of a search, counted before anything starts.

    Args:
        kind: One of `SAMPLERS`.
        space: Where to look.
        trials: Trainings at most, each seed of a point being one, though one point is always tried; None for
            all of a grid, and `USUAL_TRIALS` else.
        seed: Of what is random.
        is_higher_better: Of two scores.

    Raises:
        SettingsError: The space makes no sense, there would be too many trainings, or Optuna is missing.
    """
    space.check()
    if kind not in SAMPLERS:
        raise SettingsError("sampler", f"The sampler must be one of {', '.join(SAMPLERS)}.")
    if trials is not None and not 1 <= trials <= MOST_TRIALS:
        raise SettingsError("trials", f"A search has 1 to {MOST_TRIALS:,} trainings, not {trials:,}.")
    seeds = len(space.seeds)
    if kind == GRID:
        wanted = space.grid_points if trials is None else min(space.grid_points, max(1, trials // seeds))
        if wanted * seeds > MOST_TRIALS:
            raise SettingsError(
                "trials",
                f"The grid has {space.grid_trials:,} trainings, and a search at most {MOST_TRIALS:,}: give "
                "fewer values, or a number of trials at random.",
            )
        return ListedSampler([space.grid_point(number) for number in range(wanted)])
    points = max(1, (USUAL_TRIALS if trials is None else trials) // seeds)
    if kind == RANDOM:
        return ListedSampler(random_points(space, points, seed))
    from engine.search.learning_sampler import LearningSampler

    return LearningSampler(space, points, seed, is_higher_better)


def random_points(space: Space, count: int, seed: int) -> list[Point]:
    """Different points at random, as many as asked for unless there are fewer."""
    source = random.Random(seed)
    if space.is_listed:
        # Of lists alone: without making the whole grid, which may be endless.
        chosen = source.sample(range(space.grid_points), min(count, space.grid_points))
        return [space.grid_point(number) for number in chosen]
    found: dict[tuple[object, ...], Point] = {}
    repeats = 0
    while len(found) < count and repeats < _MOST_REPEATS:
        point = space.draw(source)
        key = tuple(point.values())
        repeats = repeats + 1 if key in found else 0
        found.setdefault(key, point)
    return list(found.values())
