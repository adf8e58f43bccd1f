"""Importance: how much of the difference between trials each setting accounts for, by Optuna's PED-ANOVA."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.search.events import TrialCompleted
from engine.search.objective import ACCURACY
from engine.search.optuna_study import load_optuna, make_study, past_trial, quiet
from engine.search.proposals import Tried
from engine.search.space import Space
from engine.training.run_states import FINISHED

FEWEST_TRIALS = 8
"""With fewer there is nothing to be said."""


def importances(
    space: Space, trials: Sequence[TrialCompleted], objective: str = ACCURACY
) -> Mapping[str, float]:
    """How important each setting that varies is for being among the best.

    Args:
        space: Of the search.
        trials: That are over; only those that came to their end count.
        objective: What they were chosen by.

    Returns:
        Shares by names of settings, largest first, that add up to 1; empty with fewer than `FEWEST_TRIALS`,
        or where all scores are the same.

    Raises:
        SettingsError: Optuna is not installed.
    """
    optuna = load_optuna()
    varied = replace(space, dimensions={name: space.dimensions[name] for name in space.varied})
    scored = [
        Tried(each.trial.number, {name: each.values[name] for name in varied.dimensions}, each.score)
        for each in trials
        if each.state == FINISHED and each.score is not None
    ]
    if len(scored) < FEWEST_TRIALS or not varied.dimensions or len({each.score for each in scored}) < 2:
        return {}
    study = make_study(optuna, objective == ACCURACY)
    with quiet(optuna):
        study.add_trials([past_trial(optuna, varied, each) for each in scored])
        found: dict[str, float] = optuna.importance.get_param_importances(
            study, evaluator=optuna.importance.PedAnovaImportanceEvaluator()
        )
    return dict(sorted(found.items(), key=lambda item: -item[1]))
