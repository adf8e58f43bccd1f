"""Trial columns: what the table says of each trial, and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.runs import run_text
from desktop.search.search_text import setting_words, state_words
from engine.search.space import value_text

if TYPE_CHECKING:
    from engine.search.events import TrialCompleted
    from engine.search.plan import SearchPlan


@dataclass(frozen=True, slots=True)
class TrialColumn:
    """One column.

    Attributes:
        title: What it is called.
        text: Of a cell.
        value: What trials are sorted by; None if there is none, which comes last.
        is_first_descending: Whether the largest comes first when it is first sorted by.
        is_number: Whether it is set to the right.
    """

    title: str
    text: Callable[[TrialCompleted], str]
    value: Callable[[TrialCompleted], Any]
    is_first_descending: bool = False
    is_number: bool = True


NUMBER = 0
"""The place of the trial's number."""
ACCURACY_COLUMN, LOSS_COLUMN = 1, 2
"""Places of the scores."""


def columns_of(plan: SearchPlan | None) -> tuple[TrialColumn, ...]:
    """From left to right; one for each setting that varies."""
    varied = () if plan is None else tuple(_of_setting(name) for name in plan.space.varied)
    return (
        TrialColumn("Trial", lambda each: str(each.trial.number), lambda each: each.trial.number),
        TrialColumn("Validation", lambda each: run_text.percent(_accuracy(each)), _accuracy, True),
        TrialColumn("Valid. loss", lambda each: run_text.loss(_loss(each)), _loss),
        *varied,
        TrialColumn(
            "Seed", lambda each: str(each.trial.settings.seed), lambda each: each.trial.settings.seed
        ),
        TrialColumn("Epochs", lambda each: str(len(each.figures)), lambda each: len(each.figures)),
        TrialColumn("Time", lambda each: run_text.length(each.seconds), lambda each: each.seconds),
        TrialColumn("State", state_words, state_words, is_number=False),
    )


def _accuracy(each: TrialCompleted) -> float | None:
    return each.figures[-1].validation_accuracy if each.figures and each.score is not None else None


def _loss(each: TrialCompleted) -> float | None:
    return each.figures[-1].validation_loss if each.figures and each.score is not None else None


def _of_setting(name: str) -> TrialColumn:
    is_text = name in ("hidden", "activation", "optimiser", "schedule")
    return TrialColumn(
        setting_words(name)[:1].upper() + setting_words(name)[1:],
        lambda each: value_text(each.values[name]),
        lambda each: (
            (len(each.trial.settings.hidden), each.trial.settings.hidden)
            if name == "hidden"
            else each.values[name]
        ),
        is_number=not is_text,
    )
