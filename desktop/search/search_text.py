"""Search words: what there is to say of a plan, of a search and of a trial, as people say it."""

from __future__ import annotations

import importlib.util
import shlex
from dataclasses import fields
from typing import TYPE_CHECKING

from desktop.search.search_record import UNDER_WAY
from desktop.widgets.text.short_number import short_number
from engine.data.drawing_names import ALL_DRAWINGS, DRAWINGS
from engine.data.sources import DATA_SOURCES, MNIST
from engine.errors import SettingsError
from engine.search.optuna_study import NO_OPTUNA
from engine.search.samplers import GRID, LEARNING, RANDOM, USUAL_TRIALS, make_sampler
from engine.search.space import MOST_TRIALS, value_text, words
from engine.settings import TrainingSettings
from engine.training.run_states import FAILED, FINISHED, STOPPED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.search.search_record import SearchRecord
    from engine.search.events import SearchEnded, TrialCompleted
    from engine.search.plan import SearchPlan

_MINUTE_S = 60.0


def count_trials(plan: SearchPlan) -> int:
    """Trainings that a plan comes to, at most.

    Raises:
        SettingsError: There are too many, or the sampler cannot be had here.
    """
    seeds = len(plan.space.seeds)
    if plan.sampler == LEARNING and importlib.util.find_spec("optuna") is None:
        raise SettingsError("sampler", NO_OPTUNA)
    wanted = plan.trials
    if wanted is not None and not 1 <= wanted <= MOST_TRIALS:
        make_sampler(RANDOM, plan.space, wanted)  # which says so
    if plan.sampler == GRID:
        points = plan.space.grid_points
        if wanted is not None:
            points = min(points, max(1, wanted // seeds))
        if points * seeds > MOST_TRIALS:
            make_sampler(GRID, plan.space, wanted)  # which says so
        return points * seeds
    points = max(1, (USUAL_TRIALS if wanted is None else wanted) // seeds)
    if plan.sampler == RANDOM and plan.space.is_listed:
        points = min(points, plan.space.grid_points)
    return points * seeds


def plan_words(plan: SearchPlan, trials: int, data: str, seconds: float | None) -> str:
    """What will happen: ``48 trainings on MNIST, about 2 minutes here``."""
    seeds = len(plan.space.seeds)
    said = f"{trials:,} training{'s' * (trials != 1)} on {data}"
    if seeds > 1:
        points = trials // seeds
        said += f" ({points:,} point{'s' * (points != 1)}, {seeds} seeds each)"
    if seconds is None:
        return f"{said}. How long this takes is known once the first ones are done."
    early = ", or less, since poor ones are stopped early" if plan.halving else ""
    return f"{said}, {about(seconds)} here{early}."


def about(seconds: float) -> str:
    """A length of time that was only estimated: ``about 2 minutes``."""
    if seconds < 0.75 * _MINUTE_S:
        return f"about {max(1, round(seconds / 5)) * 5} seconds"
    minutes = seconds / _MINUTE_S
    if minutes < 90:
        count = max(1, round(minutes))
        return f"about {count} minute{'s' * (count != 1)}"
    return f"about {round(minutes / 60)} hours"


def left(seconds: float | None) -> str:
    """Time that is left: ``2 min left``."""
    if seconds is None:
        return ""
    if seconds >= 1.5 * _MINUTE_S:
        return f"{seconds / _MINUTE_S:.0f} min left"
    return f"{seconds:.0f} s left" if seconds >= 1 else "a moment left"


def score_text(score: float | None, is_accuracy: bool) -> str:
    """A score as it is shown: ``97.31 %`` or ``0.1042``; empty for None."""
    if score is None:
        return ""
    return f"{100 * score:.2f} %" if is_accuracy else short_number(score, 4)


def progress_words(record: SearchRecord) -> str:
    """``12 of 48 · 30 a minute · best 97.31 %``."""
    parts = [f"{len(record.trials):,} of {record.total:,}"]
    pace = record.per_minute
    if pace is not None:
        parts.append(f"{pace:,.0f} a minute" if pace >= 3 else f"{pace:.1f} a minute")
    if record.best is not None:
        parts.append(f"best {score_text(record.best.score, record.is_accuracy)}")
    return " · ".join(parts)


def setting_words(name: str) -> str:
    """A setting's name in a sentence, and at an axis."""
    return {"hidden": "hidden layers"}.get(name, words(name))


def values_words(trial: TrialCompleted, varied: tuple[str, ...]) -> str:
    """What it has of each setting that varies: ``learning rate 0.1, hidden 100 50``."""
    named = [
        f"{setting_words(name)} {value_text(trial.values[name])}" for name in varied if name in trial.values
    ]
    return ", ".join(named) or f"seed {trial.trial.settings.seed}"


def short_words(trial: TrialCompleted, varied: tuple[str, ...]) -> str:
    """Its number and values alone, for a legend: ``4: 256, 0.05``."""
    values = ", ".join(value_text(trial.values[name]) for name in varied if name in trial.values)
    return f"{trial.trial.number}: {values or f'seed {trial.trial.settings.seed}'}"


def trial_words(trial: TrialCompleted, record: SearchRecord) -> str:
    """All that is to be said of a trial, in a sentence or two."""
    seed = f", seed {trial.trial.settings.seed}" if len(record.plan.space.seeds) > 1 and record.varied else ""
    said = f"Trial {trial.trial.number}: {values_words(trial, record.varied)}{seed}."
    if trial.figures:
        last = trial.figures[-1]
        epochs = trial.trial.settings.epochs
        after = f"after {last.epoch} of {epochs} epochs"
        early = {STOPPED: f", stopped early {after}", UNDER_WAY: f", {after} so far"}.get(trial.state, "")
        said += (
            f" Validation {100 * last.validation_accuracy:.2f} %, loss "
            f"{short_number(last.validation_loss, 4)}{early}."
        )
    return f"{said} {trial.message}".strip()


def state_words(trial: TrialCompleted) -> str:
    """How it ended, in a word or two."""
    return {FINISHED: "", STOPPED: "stopped early", FAILED: "failed"}.get(trial.state, trial.state)


def end_words(ended: SearchEnded, record: SearchRecord) -> str:
    """What came of a search."""
    if ended.state != FINISHED:
        done = f"{len(record.trials):,} of {record.total:,} trainings"
        return f"Stopped after {done}. Press Go on to train the rest."
    best = ended.best
    if best is None:
        return "No training succeeded: try smaller learning rates."
    said = f"Best: {values_words(best, record.varied)}"
    validation, test = ended.validation_accuracy, ended.test_accuracy
    if ended.point_spread is not None and ended.point_score is not None:
        mean = score_text(ended.point_score, record.is_accuracy)
        spread = score_text(ended.point_spread, record.is_accuracy)
        said += f"; {mean} ± {spread} over {len(record.plan.space.seeds)} seeds"
    said += "."
    if validation is not None:
        said += f" Validation {100 * validation:.2f} %, chosen as the best of {len(record.trials):,}"
        if test is not None:
            test_set = "MNIST’s test set" if record.data in DATA_SOURCES else "the test set"
            said += f"; {test_set}, measured once, {100 * test:.2f} %"
        if ended.choosing_cost is not None:
            said += f" ({100 * ended.choosing_cost:+.2f} points)".replace("-", "−")
        said += "."
    return said


def command_line(settings: TrainingSettings, data: str) -> str:
    """The training as a command, without what is usual anyway."""
    usual = TrainingSettings()
    parts = ["python -m engine train", f"--data {shlex.quote(data)}"]
    for each in fields(TrainingSettings):
        value = getattr(settings, each.name)
        if value == getattr(usual, each.name) and each.name != "learning_rate":
            continue
        option = "--" + each.name.replace("_", "-")
        if isinstance(value, bool):
            parts.append(option)
        else:
            parts.append(f"{option} {shlex.quote(value_text(value))}")
    return " ".join(parts)


def data_words(data: str, set_names: Mapping[str, str]) -> str:
    """Data in a sentence, of which the user's own sets have names by their paths."""
    if data in set_names:
        return f"“{set_names[data]}”"
    known = {MNIST: "MNIST", DRAWINGS: "your drawings", ALL_DRAWINGS: "your drawings of all classes"}
    return known.get(data, "the built-in handwriting")
