"""Choice: which trial is the best, by what it came to on the validation set alone."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.search.events import TrialCompleted
from engine.search.objective import ACCURACY
from engine.training.run_states import FINISHED


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best trial of the best point.

    Attributes:
        trial: It.
        score: Mean over the seeds of its point.
        spread: Standard deviation over these seeds; None with fewer than two.
    """

    trial: TrialCompleted
    score: float
    spread: float | None


def choose(trials: Iterable[TrialCompleted], objective: str, seeds: int) -> Chosen | None:
    """The best trial; None if none has a score.

    A point is as good as the mean of its seeds: one lucky start is no reason to choose it. Points whose seeds
    are not all there count only if there is no other, as in a search that was stopped; so do trials that were
    given up early.
    """
    points: dict[int, list[TrialCompleted]] = {}
    for each in trials:
        points.setdefault(each.trial.point, []).append(each)
    for candidates in (
        [p for p in points.values() if len(p) == seeds and all(_is_whole(each) for each in p)],
        [whole for p in points.values() if (whole := [each for each in p if _is_whole(each)])],
        [some for p in points.values() if (some := [each for each in p if each.score is not None])],
    ):
        if candidates:
            return _best(candidates, objective)
    return None


def ranked(trials: Iterable[TrialCompleted], objective: str) -> tuple[TrialCompleted, ...]:
    """Best first, those without a score last; of equals the one with the lower number."""

    def order(each: TrialCompleted) -> tuple[bool, float, int]:
        score = 0.0 if each.score is None else each.score
        return each.score is None, -score if objective == ACCURACY else score, each.trial.number

    return tuple(sorted(trials, key=order))


def _is_whole(each: TrialCompleted) -> bool:
    return each.state == FINISHED and each.score is not None


def _best(points: Sequence[Sequence[TrialCompleted]], objective: str) -> Chosen:
    def mean(point: Sequence[TrialCompleted]) -> float:
        return statistics.fmean(each.score for each in point if each.score is not None)

    sign = -1.0 if objective == ACCURACY else 1.0
    best = min(points, key=lambda point: (sign * mean(point), point[0].trial.number))
    scores = [each.score for each in best if each.score is not None]
    spread = statistics.stdev(scores) if len(scores) > 1 else None
    return Chosen(ranked(best, objective)[0], mean(best), spread)
