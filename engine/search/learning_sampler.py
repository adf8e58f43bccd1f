"""A sampler that learns while the search goes on: the tree-structured Parzen estimator of Optuna.

Optuna is asked for a point and told what came of it; it runs nothing itself, and keeps its study in memory.
"""

from __future__ import annotations

import contextlib
import importlib
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from engine.errors import SettingsError
from engine.search.samplers import Proposal, Tried, numbers_of
from engine.search.space import Dimension, Point, Range, Space, Value, value_text

NO_OPTUNA = "A search that learns needs the package optuna, which is not installed: pip install optuna."
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
        self._distributions = {
            name: _distribution(optuna, dimension) for name, dimension in space.dimensions.items()
        }
        with _quiet(optuna):
            self._study = optuna.create_study(
                direction="maximize" if is_higher_better else "minimize",
                sampler=optuna.samplers.TPESampler(
                    seed=seed,
                    multivariate=True,
                    group=True,
                    constant_liar=True,
                    n_startup_trials=min(_FIRST_POINTS, max(1, points // 3)),
                ),
            )
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
        with _quiet(self._optuna):
            trial = self._study.ask(self._distributions)
        self._asked[number] = trial
        return Proposal(number, self._point(trial.params))

    def tell(self, tried: Tried) -> None:
        """What came of a point; one that was given up early says after how many epochs."""
        states = self._optuna.trial.TrialState
        trial = self._asked.pop(tried.number, None)
        with _quiet(self._optuna):
            if trial is None:
                self._study.add_trial(self._finished(tried))
            elif tried.score is None:
                self._study.tell(trial, state=states.FAIL)
            elif tried.epochs is not None:
                trial.report(tried.score, tried.epochs)
                self._study.tell(trial, state=states.PRUNED)
            else:
                self._study.tell(trial, tried.score)

    def restore(self, known: Sequence[Tried], under_way: Sequence[Proposal] = ()) -> None:
        """Learn what came of an earlier search's points; those that are under way are told of later."""
        for tried in known:
            self.tell(tried)
        self._restored = numbers_of(known, under_way)

    def _finished(self, tried: Tried) -> Any:
        states = self._optuna.trial.TrialState
        state = states.COMPLETE
        if tried.score is None:
            state = states.FAIL
        elif tried.epochs is not None:
            state = states.PRUNED
        params = {
            name: value if isinstance(self._space.dimensions[name], Range) else value_text(value)
            for name, value in tried.point.items()
        }
        return self._optuna.trial.create_trial(
            state=state,
            value=None if state == states.FAIL else tried.score,
            params=params,
            distributions=self._distributions,
            intermediate_values={}
            if tried.score is None or tried.epochs is None
            else {tried.epochs: tried.score},
        )

    def _point(self, params: dict[str, Any]) -> Point:
        point: dict[str, Value] = {}
        for name, dimension in self._space.dimensions.items():
            if isinstance(dimension, Range):
                point[name] = dimension.nearest(params[name])
            else:
                point[name] = next(each for each in dimension.values if value_text(each) == params[name])
        return point


def load_optuna() -> Any:
    """Optuna.

    Raises:
        SettingsError: It is not installed, or cannot be loaded; the sentence says how to install it.
    """
    try:
        return importlib.import_module("optuna")
    except ImportError as error:
        raise SettingsError("sampler", NO_OPTUNA) from error


def _distribution(optuna: Any, dimension: Dimension) -> Any:
    if not isinstance(dimension, Range):
        # As texts: Optuna stores no tuples.
        return optuna.distributions.CategoricalDistribution([value_text(each) for each in dimension.values])
    if dimension.is_whole:
        return optuna.distributions.IntDistribution(
            int(dimension.low), int(dimension.high), log=dimension.is_log
        )
    return optuna.distributions.FloatDistribution(dimension.low, dimension.high, log=dimension.is_log)


@contextlib.contextmanager
def _quiet(optuna: Any) -> Iterator[None]:
    """Without lines for each trial, and without warnings that a part may still change."""
    level = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
            yield
    finally:
        optuna.logging.set_verbosity(level)
