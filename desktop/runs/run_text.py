"""Run words: what there is to say of a run, as people say it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop.widgets.text.short_number import short_number
from engine.cli.progress import duration
from engine.nn.registry import ACTIVATIONS, OPTIMISERS
from engine.store.run import FAILED, INTERRUPTED, TRAINING

if TYPE_CHECKING:
    from engine.settings import TrainingSettings
    from engine.store.run import Run

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SHORT_S = 10.0

ENDED_BADLY = (FAILED, INTERRUPTED)
"""States that one should see at a glance."""


def when(created: str, now: datetime) -> str:
    """A time as people say it: ``today 14:03``, ``yesterday 09:12``, ``12 Nov``, ``12 Nov 2025``.

    Args:
        created: ISO 8601 with time zone, as the store keeps it.
        now: With the time zone of whoever reads it.
    """
    try:
        time = datetime.fromisoformat(created).astimezone(now.tzinfo)
    except ValueError:  # as in a store that was damaged
        return ""
    if time.date() == now.date():
        return f"today {time:%H:%M}"
    if time.date() == now.date() - timedelta(days=1):
        return f"yesterday {time:%H:%M}"
    day = f"{time.day} {_MONTHS[time.month - 1]}"
    return day if time.year == now.year else f"{day} {time.year}"


def state(run: Run) -> str:
    """How it ended, or how far it is."""
    if run.state == TRAINING and run.total_steps:
        return f"training {100 * run.steps // run.total_steps} %"
    return run.state


def network(run: Run) -> str:
    """Such as ``784-100-10``."""
    return "-".join(map(str, run.sizes))


def percent(share: float | None) -> str:
    """An accuracy, 0 to 1; empty for None."""
    return "" if share is None else f"{100 * share:.2f} %"


def loss(value: float | None) -> str:
    """Four decimals, few signs where it is huge; empty for None."""
    return "" if value is None else short_number(value, 4)


def length(seconds: float) -> str:
    """How long it took."""
    return f"{seconds:.1f} s" if seconds < _SHORT_S else duration(seconds)


def settings_text(settings: TrainingSettings | None) -> str:
    """All settings but the network's sizes, in one sentence."""
    if settings is None:
        return "Its settings were written by another version and cannot be read."
    parts = [
        OPTIMISERS[settings.optimiser].title,
        f"rate {settings.learning_rate:g}",
        f"momentum {settings.momentum:g}",
        f"{settings.schedule} schedule",
        f"mini-batches of {settings.batch_size:,}",
        f"{settings.epochs:,} epoch{'s' * (settings.epochs != 1)}",
        f"seed {settings.seed}",
        f"level {settings.level}",
    ]
    if settings.weight_decay:
        parts.append(f"weight decay {settings.weight_decay:g}")
    parts += ["warps"] * settings.warps + ["averaged weights"] * settings.averaging
    return f"{', '.join(parts)}."


def details(run: Run, now: datetime) -> str:
    """All that is known of a run, in a few sentences."""
    sizes = network(run)
    activation = (
        f" with {ACTIVATIONS[run.settings.activation].title}" if run.settings and run.settings.hidden else ""
    )
    about = " · ".join(part for part in (run.data, f"{sizes}{activation}", run.device) if part)
    took = f"{run.steps:,} of {run.total_steps:,} steps in {length(run.seconds)}"
    try:
        began = f"{datetime.fromisoformat(run.created).astimezone(now.tzinfo):%Y-%m-%d %H:%M:%S}"
    except ValueError:
        began = "at a time that is not known"
    sentences = [f"{about}.", settings_text(run.settings), f"Began {began}; {took}.", run.message]
    if run.path is None:
        sentences.append("It has no weights.")
    return " ".join(sentence for sentence in sentences if sentence)
