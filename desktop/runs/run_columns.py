"""Run columns: what the table says of each run, and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.runs import run_text

if TYPE_CHECKING:
    from engine.store.run import Run


@dataclass(frozen=True, slots=True)
class RunColumn:
    """One column.

    Attributes:
        key: What it is called in the settings.
        title: What it is called in the table.
        widest: A text as wide as it may become.
        text: Of a cell.
        value: What runs are sorted by; None if there is none, which comes last.
        is_number: Whether it is set to the right.
        is_first_descending: Whether the largest comes first when it is first sorted by.
        tip: What it is, where its title does not say.
    """

    key: str
    title: str
    widest: str
    text: Callable[[Run], str]
    value: Callable[[Run], Any]
    is_number: bool = False
    is_first_descending: bool = False
    tip: str = ""


def _of_settings(name: str, form: str = "") -> tuple[Callable[[Run], str], Callable[[Run], Any]]:
    def value(run: Run) -> Any:
        return getattr(run.settings, name) if run.settings else None

    def text(run: Run) -> str:
        return format(value(run), form) if run.settings else ""

    return text, value


def _when(run: Run) -> str:
    return run_text.when(run.created, datetime.now().astimezone())


COLUMNS = (
    RunColumn("name", "Name", "", lambda run: run.name, lambda run: run.name.casefold()),
    RunColumn("created", "When", "yesterday 00:00", _when, lambda run: run.created, False, True),
    RunColumn(
        "test_accuracy",
        "Test",
        "100.00 %",
        lambda run: run_text.percent(run.test_accuracy),
        lambda run: run.test_accuracy,
        True,
        True,
        "Accuracy on the test set: MNIST's, or that of your own data",
    ),
    RunColumn("state", "State", "training 99 %", run_text.state, lambda run: run.state),
    RunColumn(
        "validation_accuracy",
        "Validation",
        "100.00 %",
        lambda run: run_text.percent(run.validation_accuracy),
        lambda run: run.validation_accuracy,
        True,
        True,
        "Accuracy on the validation set, of the weights that were kept",
    ),
    RunColumn(
        "validation_loss",
        "Valid. loss",
        "0.0000",
        lambda run: run_text.loss(run.validation_loss),
        lambda run: run.validation_loss,
        True,
        tip="Loss on the validation set, of the weights that were kept",
    ),
    RunColumn("sizes", "Network", "784-512-256-10", run_text.network, lambda run: run.sizes or None),
    RunColumn("data", "Data", "built-in handwriting", lambda run: run.data, lambda run: run.data.casefold()),
    RunColumn("learning_rate", "Rate", "0.0025", *_of_settings("learning_rate", "g"), True),
    RunColumn("batch_size", "Batch", "1,024", *_of_settings("batch_size", ","), True),
    RunColumn("epochs", "Epochs", "1,000", *_of_settings("epochs", ","), True),
    RunColumn("steps", "Steps", "100,000", lambda run: f"{run.steps:,}", lambda run: run.steps, True, True),
    RunColumn(
        "seconds",
        "Time",
        "00 min 00 s",
        lambda run: run_text.length(run.seconds),
        lambda run: run.seconds,
        True,
    ),
    RunColumn("seed", "Seed", "10000", *_of_settings("seed"), True),
)
"""From left to right; the name comes first."""

NAME = 0
"""The place of the name."""
USUAL = "created"
"""What runs are sorted by at first, the newest first."""


def place_of(key: str) -> int:
    """Of a column; that of `USUAL` for a key that there is none of."""
    keys = [column.key for column in COLUMNS]
    return keys.index(key if key in keys else USUAL)
