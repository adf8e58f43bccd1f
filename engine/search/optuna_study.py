"""Optuna, kept quiet: spaces and trials as it has them. It is asked and told; it runs and stores nothing."""

from __future__ import annotations

import contextlib
import importlib
import warnings
from collections.abc import Iterator
from typing import Any

from engine.errors import SettingsError
from engine.search.proposals import Tried
from engine.search.space import Dimension, Range, Space, value_text

NO_OPTUNA = "A search that learns needs the package optuna, which is not installed: pip install optuna."


def load_optuna() -> Any:
    """Optuna.

    Raises:
        SettingsError: It is not installed, or cannot be loaded; the sentence says how to install it.
    """
    try:
        return importlib.import_module("optuna")
    except ImportError as error:
        raise SettingsError("sampler", NO_OPTUNA) from error


@contextlib.contextmanager
def quiet(optuna: Any) -> Iterator[None]:
    """Without lines for each trial, and without warnings that a part may still change."""
    level = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
            yield
    finally:
        optuna.logging.set_verbosity(level)


def make_study(optuna: Any, is_higher_better: bool, sampler: Any = None) -> Any:
    """A study in memory."""
    with quiet(optuna):
        return optuna.create_study(direction="maximize" if is_higher_better else "minimize", sampler=sampler)


def distributions_of(optuna: Any, space: Space) -> dict[str, Any]:
    """The dimensions of a space."""
    return {name: _distribution(optuna, dimension) for name, dimension in space.dimensions.items()}


def past_trial(optuna: Any, space: Space, tried: Tried) -> Any:
    """What came of a point, to be added to a study.

    A point that failed is given up without a score, which a sampler takes for the worst there is; failed ones
    it would forget.
    """
    states = optuna.trial.TrialState
    is_whole = tried.score is not None and tried.epochs is None
    reported = {tried.epochs: tried.score} if tried.score is not None and tried.epochs is not None else {}
    params = {
        name: value if isinstance(space.dimensions[name], Range) else value_text(value)
        for name, value in tried.point.items()
    }
    return optuna.trial.create_trial(
        state=states.COMPLETE if is_whole else states.PRUNED,
        value=tried.score,
        params=params,
        distributions=distributions_of(optuna, space),
        intermediate_values=reported,
    )


def _distribution(optuna: Any, dimension: Dimension) -> Any:
    if not isinstance(dimension, Range):
        # As texts: Optuna stores no tuples.
        return optuna.distributions.CategoricalDistribution([value_text(each) for each in dimension.values])
    if dimension.is_whole:
        return optuna.distributions.IntDistribution(
            int(dimension.low), int(dimension.high), log=dimension.is_log
        )
    return optuna.distributions.FloatDistribution(dimension.low, dimension.high, log=dimension.is_log)
