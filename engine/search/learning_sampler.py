"""A sampler that learns while the search goes on: the tree-structured Parzen estimator of Optuna."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.search.optuna_study import distributions_of, load_optuna, make_study, past_trial, quiet
from engine.search.proposals import Proposal, Tried, numbers_of
from engine.search.space import Point, Range, Space, Value, value_text

# Points at random before there is anything to learn from; Optuna's own usual number.
_FIRST_POINTS = 10


class LearningSampler:
    """Proposes points where good ones were found.

    Points that are still under way count as bad ones (`constant_liar`), so that several at once are not
    looked for in one place; settings are looked at together (`multivariate`), since a rate that suits one
    network does not suit another. With one trial at a time, the seed decides everything; with several, also
    the order in which they end.

    Attributes:
        points: How many are proposed.
        looks_ahead: False.
    """

    looks_ahead = False

    def __init__(self, space: Space, points: int, seed: int = 1, is_higher_better: bool = True) -> None:
        """Make the study.

        Raises:
            SettingsError: Optuna is not installed, or cannot be used.
        """
        optuna = load_optuna()
        self.points = points
        self._optuna = optuna
        self._space = space
        self._distributions = distributions_of(optuna, space)
        with quiet(optuna):
            sampler = optuna.samplers.TPESampler(
                seed=seed,
                multivariate=True,
                group=True,
                constant_liar=True,
                n_startup_trials=min(_FIRST_POINTS, max(1, points // 3)),
            )
        self._study = make_study(optuna, is_higher_better, sampler)
        self._asked: dict[int, Any] = {}
        self._next = 0
        self._restored: set[int] = set()

    def ask(self) -> Proposal | None:
        """The next point; None once there are as many as asked for."""
        while self._next in self._restored:
            self._next += 1
        if self._next >= self.points:
            return None
        number, self._next = self._next, self._next + 1
        with quiet(self._optuna):
            trial = self._study.ask(self._distributions)
        self._asked[number] = trial
        return Proposal(number, self._point(trial.params))

    def tell(self, tried: Tried) -> None:
        """What came of a point; one that was given up early says after how many epochs."""
        states = self._optuna.trial.TrialState
        trial = self._asked.pop(tried.number, None)
        with quiet(self._optuna):
            if trial is None:
                self._study.add_trial(past_trial(self._optuna, self._space, tried))
            elif tried.score is not None and tried.epochs is None:
                self._study.tell(trial, tried.score)
            else:  # as `past_trial` has it
                if tried.score is not None and tried.epochs is not None:
                    trial.report(tried.score, tried.epochs)
                self._study.tell(trial, state=states.PRUNED)

    def restore(self, known: Sequence[Tried], under_way: Sequence[Proposal] = ()) -> None:
        """Learn what came of an earlier search's points; those that are under way are told of later."""
        for tried in known:
            self.tell(tried)
        self._restored = numbers_of(known, under_way)

    def _point(self, params: dict[str, Any]) -> Point:
        point: dict[str, Value] = {}
        for name, dimension in self._space.dimensions.items():
            if isinstance(dimension, Range):
                point[name] = dimension.nearest(params[name])
            else:
                point[name] = next(each for each in dimension.values if value_text(each) == params[name])
        return point
