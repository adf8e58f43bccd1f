"""A search as it is kept, and a trial of it that is to be kept."""

from __future__ import annotations

import sqlite3
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.store.run import INTERRUPTED, SILENCE_S, TRAINING
from engine.training.epoch_figures import EpochFigures

if TYPE_CHECKING:
    from engine.training.run_events import RunDescription


@dataclass(frozen=True, slots=True)
class Search:
    """A search.

    Attributes:
        id: Of the search, never used again.
        name: What to call it.
        created: When it began, ISO 8601 with time zone.
        state: `TRAINING` while it runs, `FINISHED`, `STOPPED`, or `INTERRUPTED`; all but a finished one can
            go on later.
        data: What its trials learn from, in words.
        plan: What it does, as whoever started it has written it.
    """

    id: int
    name: str
    created: str
    state: str
    data: str
    plan: str


@dataclass(frozen=True, slots=True)
class EndedTrial:
    """A trial that is over, to be kept.

    Attributes:
        search: It belongs to.
        point: Of the search's space.
        about: What was trained.
        state: How it ended, one of `engine.training.run_states`.
        message: What went wrong, in a sentence, or empty.
        seconds: It took.
        figures: Of each epoch.
        losses: Of each step, from step 0 on.
    """

    search: int
    point: int
    about: RunDescription
    state: str
    message: str
    seconds: float
    figures: Sequence[EpochFigures]
    losses: array[float]


def search_from(row: sqlite3.Row, session: str) -> Search:
    """A search from its row, seen by a program of that `session`."""
    is_silent = row["session"] != session and abs(time.time() - row["updated"]) > SILENCE_S
    state = row["state"]
    return Search(
        row["id"],
        row["name"],
        row["created"],
        INTERRUPTED if state == TRAINING and is_silent else state,
        row["data"],
        row["plan"],
    )
