"""Search row: the trials of a search in one row of the table, and what there is to say of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.runs import run_text
from engine.store.run import FAILED

if TYPE_CHECKING:
    from engine.store.run import Run


def row_number(search: int) -> int:
    """Of a search's row: below zero, where no run has its number."""
    return -search


def search_of(number: int) -> int:
    """The search whose row has that number."""
    return -number


def is_search(row: Run) -> bool:
    """Whether a row stands for a search."""
    return row.id < 0


def is_trial(row: Run) -> bool:
    """Whether a row is one of the trials of a search."""
    return row.search is not None and not is_search(row)


def best_of(trials: Sequence[Run]) -> Run:
    """The winner, which alone has seen the test set; before there is one, the best on the validation set."""
    return max(
        trials,
        key=lambda trial: (trial.test_accuracy is not None, trial.validation_accuracy or 0.0, -trial.id),
    )


def search_row(search: int, trials: Sequence[Run], state: str) -> Run:
    """The trials of a search as one row: the figures and settings of the best, the time of all.

    Args:
        search: Its number.
        trials: One or more.
        state: Of the search.
    """
    best = best_of(trials)
    return replace(
        best,
        id=row_number(search),
        name=name_of(trials),
        created=min(trial.created for trial in trials),
        state=state,
        message="",
        steps=sum(trial.steps for trial in trials),
        total_steps=0,
        seconds=sum(trial.seconds for trial in trials),
    )


def name_of(trials: Sequence[Run]) -> str:
    """``Search of 48 trainings, best 97.9 %``."""
    accuracy = best_of(trials).validation_accuracy
    said = f"Search of {len(trials):,} training{'s' * (len(trials) != 1)}"
    return said if accuracy is None else f"{said}, best {100 * accuracy:.1f} %"


def details(trials: Sequence[Run], now: datetime) -> str:
    """What is known of the trials of a search, and all that is known of the best of them."""
    failed = sum(trial.state == FAILED for trial in trials)
    best = best_of(trials)
    together = run_text.length(sum(trial.seconds for trial in trials))
    said = f"{len(trials):,} training{'s' * (len(trials) != 1)}, {together} in all"
    said += f"; {failed:,} failed" if failed else ""
    return f"{said}. The best is “{best.name}”: {run_text.details(best, now)}"
