"""Search record: all that is known of a search while it runs, for whoever shows it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.models.model import Model
    from engine.search.events import (
        SearchEnded,
        SearchEvent,
        SearchStarted,
        TrialCompleted,
        TrialProgress,
        TrialStarted,
    )
    from engine.search.plan import SearchPlan
    from engine.search.space import Value

UNDER_WAY = "under way"
"""State of a trial that is not over."""


@dataclass(frozen=True, slots=True)
class PointScore:
    """A point of the space with what its seeds have come to so far.

    Attributes:
        values: By names of settings.
        mean: Of the scores.
        spread: Standard deviation of them; None with fewer than two.
        trials: Numbers of the trials, the best first.
    """

    values: dict[str, Value]
    mean: float
    spread: float | None
    trials: tuple[int, ...]


class SearchRecord:
    """Takes events in and answers; draws and asks nothing.

    Attributes:
        plan: Of the search.
        data: What it learns from, in words.
        started: How it began; None until it has.
        ended: How it ended; None until it has.
        trials: Those that are over, by their numbers, in the order of their ends.
        best: Of them, the one with the best score; None as long as there is none.
        best_model: Its network; None where its weights are in the store alone.
        under_way: Those of which an epoch is over, as if they had ended there, by their numbers.
        messages: What was said on the way.
    """

    def __init__(self, plan: SearchPlan, data: str = "") -> None:
        self.plan = plan
        self.data = data
        self.started: SearchStarted | None = None
        self.ended: SearchEnded | None = None
        self.trials: dict[int, TrialCompleted] = {}
        self.best: TrialCompleted | None = None
        self.best_model: Model | None = None
        self.under_way: dict[int, TrialCompleted] = {}
        self.messages: list[str] = []
        self._begun: dict[int, TrialStarted] = {}
        self._began_s = 0.0
        self._now_s = 0.0

    @property
    def is_accuracy(self) -> bool:
        """Whether a larger score is better."""
        from engine.search.objective import ACCURACY

        return self.plan.objective == ACCURACY

    @property
    def varied(self) -> tuple[str, ...]:
        """Names of the settings that have more than one value; the seeds, where nothing else varies."""
        return self.plan.space.varied

    @property
    def total(self) -> int:
        """Trials of the whole search."""
        return 0 if self.started is None else self.started.total

    def take(self, events: Sequence[SearchEvent], now_s: float) -> None:
        """Take in what came until now, by a clock that only runs forwards."""
        from engine.search import events as kinds
        from engine.search.objective import is_better

        self._now_s = now_s
        for event in events:
            if isinstance(event, kinds.SearchStarted):
                self.started, self._began_s = event, now_s
            elif isinstance(event, kinds.TrialStarted):
                self._begun[event.trial.number] = event
                self.under_way.pop(event.trial.number, None)  # its worker was lost
            elif isinstance(event, kinds.TrialProgress):
                self._take_progress(event)
            elif isinstance(event, kinds.TrialCompleted):
                self._begun.pop(event.trial.number, None)
                self.under_way.pop(event.trial.number, None)
                # One network is kept: all that were once the best would fill the memory.
                trial = self.trials[event.trial.number] = replace(event, model=None)
                best = None if self.best is None else self.best.score
                if trial.score is not None and is_better(trial.score, best, self.plan.objective):
                    self.best, self.best_model = trial, event.model
            elif isinstance(event, kinds.SearchMessage):
                self.messages.append(event.text)
            elif isinstance(event, kinds.SearchEnded):
                self.ended = event

    def _take_progress(self, event: TrialProgress) -> None:
        from engine.search.events import TrialCompleted

        begun = self._begun.get(event.trial)
        if begun is None or not math.isfinite(event.score):
            return
        former = self.under_way.get(event.trial)
        figures = (*(former.figures if former is not None else ()), event.figures)
        self.under_way[event.trial] = TrialCompleted(
            begun.trial, begun.values, UNDER_WAY, event.score, figures, 0.0, 0
        )

    def trial(self, number: int | None) -> TrialCompleted | None:
        """A trial that is over, or of which an epoch is."""
        return None if number is None else self.trials.get(number) or self.under_way.get(number)

    @property
    def share(self) -> float:
        """Done, 0 to 1."""
        return min(1.0, self._done / self.total) if self.total else 0.0

    @property
    def per_minute(self) -> float | None:
        """Trials a minute since it began; None before anything was trained."""
        new, seconds = self._done - self._known, self._now_s - self._began_s
        return 60 * new / seconds if new > 0 and seconds > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """At the pace so far; None before there is one."""
        pace = self.per_minute
        return None if pace is None else 60 * (self.total - self._done) / pace

    @property
    def seconds(self) -> float:
        """Since it began."""
        return self._now_s - self._began_s if self.started is not None else 0.0

    def scored(self) -> list[TrialCompleted]:
        """Trials that have a score, in the order of their ends."""
        return [each for each in self.trials.values() if each.score is not None]

    def ranked(self) -> list[TrialCompleted]:
        """The same, and those that are under way, best first."""
        sign = -1 if self.is_accuracy else 1
        scored = [*self.scored(), *self.under_way.values()]
        return sorted(scored, key=lambda each: (sign * (each.score or 0.0), each.trial.number))

    def best_so_far(self) -> list[float]:
        """The best score after each trial that has one."""
        best: list[float] = []
        choose = max if self.is_accuracy else min
        for each in self.scored():
            score = each.score or 0.0
            best.append(choose(best[-1], score) if best else score)
        return best

    def points(self) -> list[PointScore]:
        """Each point of which a trial has a score, in the order of the points."""
        found: dict[int, list[TrialCompleted]] = {}
        for each in self.ranked():
            found.setdefault(each.trial.point, []).append(each)
        points = []
        for _, trials in sorted(found.items()):
            scores = [each.score for each in trials if each.score is not None]
            spread = statistics.stdev(scores) if len(scores) > 1 else None
            numbers = tuple(each.trial.number for each in trials)
            points.append(PointScore(dict(trials[0].values), statistics.fmean(scores), spread, numbers))
        return points

    @property
    def _known(self) -> int:
        """Trials that an earlier run has done."""
        return 0 if self.started is None else self.started.done

    @property
    def _done(self) -> float:
        shares = (each.figures[-1].epoch / each.trial.settings.epochs for each in self.under_way.values())
        return len(self.trials) + sum(shares)
