"""A run as it is shown: one training, its figures and its curves."""

from __future__ import annotations

import json
import sqlite3
import time
from array import array
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from engine.errors import SettingsError
from engine.settings import TrainingSettings
from engine.training.epoch_figures import EpochFigures
from engine.training.run_states import FAILED as FAILED
from engine.training.run_states import FINISHED as FINISHED
from engine.training.run_states import INTERRUPTED as INTERRUPTED
from engine.training.run_states import STOPPED as STOPPED
from engine.training.run_states import TRAINING as TRAINING

SILENCE_S = 10.0
"""After so long without a word a run is interrupted: a program that trains says so twice a second."""


@dataclass(frozen=True, slots=True)
class Run:
    """One training.

    Attributes:
        id: Of the run, never used again.
        name: What to call it.
        created: When it began, ISO 8601 with time zone.
        state: `TRAINING`, `FINISHED`, `STOPPED`, `FAILED` or `INTERRUPTED`.
        message: One sentence on what went wrong, or empty.
        data: What it learned from, in words.
        settings: It was trained with, seed included; None if another version wrote what this one cannot read.
        sizes: Of the layers, inputs first.
        device: It was trained on.
        steps: Done.
        total_steps: Planned.
        seconds: From its start to its last word.
        validation_loss: After its last epoch, or None.
        validation_accuracy: After its last epoch, 0 to 1, or None.
        test_accuracy: On the test set of its data, MNIST's for digits, 0 to 1, or None.
        path: Its newest weights, a model file to be put to work with; None if there are none, or, of a
            search's trial, none any more.
        search: Number of the search that it is a trial of, or None.
        point: Of the search's space; trials of one point differ in their seeds alone. None without a search.
    """

    id: int
    name: str
    created: str
    state: str
    message: str
    data: str
    settings: TrainingSettings | None
    sizes: tuple[int, ...]
    device: str
    steps: int
    total_steps: int
    seconds: float
    validation_loss: float | None
    validation_accuracy: float | None
    test_accuracy: float | None
    path: Path | None
    search: int | None = None
    point: int | None = None


@dataclass(frozen=True, slots=True)
class Curves:
    """What a run has shown.

    Attributes:
        losses: Loss of each step, float32, from step 0 on; NaN where it is not known.
        epochs: In order.
    """

    losses: array[float]
    epochs: tuple[EpochFigures, ...]


def run_from(row: sqlite3.Row, folder: Path, session: str) -> Run:
    """A run from its row, its weights in `folder`, seen by a program of that `session`."""
    state = row["state"]
    is_silent = row["session"] != session and abs(time.time() - row["updated"]) > SILENCE_S
    return Run(
        id=row["id"],
        name=row["name"],
        created=row["created"],
        state=INTERRUPTED if state == TRAINING and is_silent else state,
        message=row["message"],
        data=row["data"],
        settings=_settings(row["settings"]),
        sizes=_sizes(row["sizes"]),
        device=row["device"],
        steps=row["steps"],
        total_steps=row["total_steps"],
        seconds=row["seconds"],
        validation_loss=row["validation_loss"],
        validation_accuracy=row["validation_accuracy"],
        test_accuracy=row["test_accuracy"],
        path=_weights(folder, row["weights"]),
        search=row["search"] if "search" in row.keys() else None,  # noqa: SIM118  (a row has values, not keys)
        point=row["point"] if "point" in row.keys() else None,  # noqa: SIM118
    )


def _weights(folder: Path, name: str) -> Path | None:
    """The file of the weights, in the folder whatever its name says; None if there is none."""
    path = folder / Path(name).name
    try:
        return path if path.is_file() else None
    except (OSError, ValueError):  # no file has such a name
        return None


def _sizes(text: str) -> tuple[int, ...]:
    """Empty where they cannot be read, as in a store that was damaged."""
    try:
        return tuple(int(size) for size in json.loads(text))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return ()


def _settings(text: str) -> TrainingSettings | None:
    """What is not known here was added by a later version, and is left out."""
    known = {field.name for field in fields(TrainingSettings)}
    try:
        stored = json.loads(text)
        read: dict[str, Any] = {name: value for name, value in stored.items() if name in known}
        if "rung" in stored:  # as a level was called until version 0.2
            read.setdefault("level", stored["rung"])
        read["hidden"] = tuple(read["hidden"])
        settings = TrainingSettings(**read)
        settings.check()
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, SettingsError):
        return None
    return settings
