"""Record: the ratios of one run, with where and when, and the files that hold one or many of them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.ratios.machine import Machine
from tests.benchmarks.ratios.ratio import Ratio
from tests.benchmarks.speed.machine import versions

KEPT = Path(__file__).parents[1] / "ratios.json"
"""The last ratios, one record for each kind of machine."""


class RecordError(Exception):
    """A file holds no ratios; says why in a sentence."""


@dataclass(frozen=True)
class Record:
    """One run.

    Attributes:
        date: ISO.
        measured: How thoroughly, in words.
        machine: Where.
        versions: Of Python and the packages that were there, by their names.
        ratios: All that were measured.
    """

    date: str
    measured: str
    machine: Machine
    versions: dict[str, str]
    ratios: tuple[Ratio, ...]

    @classmethod
    def of_today(cls, measured: str, ratios: Sequence[Ratio]) -> Record:
        """On this machine."""
        return cls(datetime.date.today().isoformat(), measured, Machine.this(), versions(), tuple(ratios))

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        return {
            "date": self.date,
            "measured": self.measured,
            "machine": self.machine.as_json(),
            "versions": self.versions,
            "ratios": [ratio.as_json() for ratio in self.ratios],
        }

    @classmethod
    def from_json(cls, values: Any) -> Record:
        """What `as_json` gave.

        Raises:
            ValueError: It is something else.
        """
        try:
            date, measured, found = values["date"], values["measured"], values["versions"]
            machine = Machine.from_json(values["machine"])
            ratios = tuple(Ratio.from_json(each) for each in values["ratios"])
        except (TypeError, KeyError) as error:
            raise ValueError("a run lacks one of its fields") from error
        if not isinstance(found, dict) or not all(
            isinstance(word, str) for word in (date, measured, *found, *found.values())
        ):
            raise ValueError("the words of a run are none")
        return cls(date, measured, machine, found, ratios)


def write_record(file: Path, record: Record) -> None:
    """One run, in a file of its own."""
    file.write_text(_text(record) + "\n", "utf-8")


def read_record(file: Path) -> Record:
    """One run.

    Raises:
        RecordError: The file is missing or damaged.
    """
    try:
        return Record.from_json(_read(file))
    except ValueError as error:
        raise RecordError(f"{file} holds no ratios of a run: {error}.") from error


def read_kept(file: Path) -> list[Record]:
    """All that are kept.

    Raises:
        RecordError: The file is missing or damaged.
    """
    try:
        values = _read(file)
        if not isinstance(values, list):
            raise ValueError("it is no list of runs")
        return [Record.from_json(each) for each in values]
    except ValueError as error:
        raise RecordError(f"{file} holds no ratios to compare with: {error}.") from error


def keep(file: Path, record: Record) -> None:
    """Put a run in the place of the last one on a machine of its kind, or beside those that are there.

    Raises:
        RecordError: The file is damaged, or the run has measured nothing.
    """
    if not record.ratios:
        raise RecordError("The run has no ratios and is not kept.")
    others = [each for each in read_kept(file) if not each.machine.is_same_kind(record.machine)]
    kept = sorted([*others, record], key=lambda each: each.machine.kind_in_words())
    file.write_text("[\n" + ",\n".join(map(_text, kept)) + "\n]\n", "utf-8")


def _read(file: Path) -> Any:
    """Its JSON; ValueError where it is none."""
    try:
        return json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise RecordError(f"{file} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ValueError("it is no JSON") from error


def _text(record: Record) -> str:
    """Its JSON with a line for each ratio, so that a diff shows which have changed."""
    values = record.as_json()
    ratios = ",\n".join("  " + json.dumps(each) for each in values.pop("ratios"))
    return json.dumps(values, indent=1).removesuffix("\n}") + f',\n "ratios": [\n{ratios}\n ]\n}}'
