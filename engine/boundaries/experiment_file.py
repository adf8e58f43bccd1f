"""Experiment files: an experiment as JSON, small and readable, which opens again on any machine.

Points are written only where no pattern makes them. What an older or newer version does not know is left at
its usual value; what makes no sense is refused in one sentence.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from engine.boundaries.experiment import Experiment, PatternSettings
from engine.boundaries.model_settings import ModelSettings
from engine.errors import DataError, SettingsError
from engine.files.regular_files import open_regular
from engine.files.safe_writing import replacing
from engine.plain_text import plain_name
from engine.plane.points import MOST_CLASSES, MOST_POINTS, Points

_KIND, _VERSION = "scratchpad-boundaries", 1
_LARGEST_FILE = 32 * 2**20
_LONGEST_NAME = 40

_Any = TypeVar("_Any")


def experiment_text(experiment: Experiment) -> str:
    """The experiment as JSON."""
    written: dict[str, Any] = {"kind": _KIND, "version": _VERSION, **asdict(experiment)}
    points = experiment.points
    if points is None:
        del written["points"]
    else:
        written["points"] = [
            [x, y, label]
            for (x, y), label in zip(points.coordinates.tolist(), points.labels.tolist(), strict=True)
        ]
    return json.dumps(written, ensure_ascii=False, indent=1, allow_nan=False)


def parse_experiment(text: str, source: str = "The text") -> Experiment:
    """Read what `experiment_text` wrote.

    Args:
        text: JSON.
        source: What to call it at the beginning of a sentence.

    Raises:
        DataError: It is none, or something in it makes no sense.
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{source} holds no experiment: it is not JSON.") from error
    if not isinstance(said, dict) or said.get("kind") != _KIND:
        raise DataError(f"{source} holds no experiment: save one from Boundaries, or open points as CSV.")
    try:
        experiment = Experiment(
            pattern=_made(PatternSettings(), said.get("pattern", {})),
            points=None if said.get("points") is None else _points(said["points"]),
            names=tuple(plain_name(str(name))[:_LONGEST_NAME] for name in said.get("names", []))[
                :MOST_CLASSES
            ],
            test_share=float(said.get("test_share", Experiment().test_share)),
            split_seed=int(said.get("split_seed", Experiment().split_seed)),
            models=tuple(_made(ModelSettings(), model) for model in said.get("models", [{}])),
        )
        experiment.check()
        if experiment.points is None:
            experiment.pattern.make()
    except SettingsError as error:
        raise DataError(f"{source} has a setting that makes no sense. {error}") from error
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
        raise DataError(f"{source} is damaged: a part of it is not what it should be.") from error
    return experiment


def read_experiment(path: Path) -> Experiment:
    """Read a file.

    Raises:
        DataError: It cannot be opened, is too large, or holds no experiment.
    """
    name = f"“{plain_name(path.name)}”"
    try:
        with open_regular(path) as file:
            if os.fstat(file.fileno()).st_size > _LARGEST_FILE:
                raise DataError(f"{name} is too large for an experiment: the largest has 32 MB.")
            return parse_experiment(file.read().decode("utf-8-sig", "replace"), name)
    except OSError as error:
        raise DataError(f"{name} could not be opened: {error.strerror or error}.") from error


def write_experiment(path: Path, experiment: Experiment, is_private: bool = False) -> None:
    """Write a file that `read_experiment` reads; an older one of that name is replaced.

    Args:
        path: Of the file.
        experiment: To write.
        is_private: Whether the file is its owner's alone.

    Raises:
        DataError: The folder is missing, or it or the disk does not take it.
    """
    try:
        with replacing(path, is_private) as file:
            file.write(experiment_text(experiment).encode())
    except OSError as error:
        raise DataError(
            f"“{plain_name(path.name)}” could not be written: {error.strerror or error}."
        ) from error


def _made(usual: _Any, said: Mapping[str, Any]) -> _Any:
    """A dataclass like `usual`, with what is said of its fields, each of the type of the usual one."""
    if not isinstance(said, dict):
        raise TypeError("no table")
    values = {}
    for field in fields(usual):  # type: ignore[arg-type]
        now = getattr(usual, field.name)
        values[field.name] = _like(now, said[field.name]) if field.name in said else now
    return type(usual)(**values)


def _like(usual: Any, value: Any) -> Any:
    if is_dataclass(usual):
        return _made(usual, value)
    if isinstance(usual, tuple):
        kind = type(usual[0]) if usual else str
        return tuple(_plain(kind, each) for each in value)
    if usual is None:
        return None if value is None else _plain(int, value)
    return _plain(type(usual), value)


def _plain(kind: type, value: Any) -> Any:
    """A text, a truth value or a number; True is no number, and 2.5 no whole one."""
    is_right = isinstance(value, (int, float) if kind is float else kind)
    if not is_right or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"no {kind.__name__}")
    if kind is float and not math.isfinite(value):
        raise ValueError("no finite number")
    return kind(value)


def _points(rows: Any) -> Points:
    if not isinstance(rows, list):
        raise TypeError("no list")
    if len(rows) > MOST_POINTS:
        raise SettingsError("points", f"There can be {MOST_POINTS:,} points.")
    values = np.array(rows, dtype=np.float64).reshape(-1, 3)
    labels = values[:, 2].astype(np.int64)
    if not np.array_equal(labels, values[:, 2]):
        raise ValueError("classes are whole numbers")
    return Points(np.ascontiguousarray(values[:, :2]), labels)
