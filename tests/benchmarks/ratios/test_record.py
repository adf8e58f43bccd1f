"""Ratios as data."""

import json

import pytest

from tests.benchmarks.ratios.machine import Machine
from tests.benchmarks.ratios.ratio import Ratio
from tests.benchmarks.ratios.record import Record, RecordError, read_record, write_record


def test_a_ratio_is_the_median_of_its_rounds_and_their_range():
    assert Ratio.of("a", (3.0, 1.0, 2.0)) == Ratio("a", 2.0, 1.0, 3.0, 3)


def test_what_is_written_is_read_and_every_ratio_has_a_line(tmp_path):
    ratios = (Ratio.of("a", (0.5,)), Ratio.of("b", (1.25, 1.75), is_lower_better=False, is_disturbed=True))
    record = Record.of_today("in words", ratios)
    write_record(tmp_path / "run.json", record)
    assert read_record(tmp_path / "run.json") == record
    text = (tmp_path / "run.json").read_text("utf-8")
    assert [json.loads(line.rstrip(","))["name"] for line in text.splitlines() if '"median"' in line] == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("median", "1"),
        ("median", -1.0),
        ("least", 2.0),
        ("greatest", float("nan")),
        ("rounds", None),
        ("is_lower_better", 1),
        ("name", 5),
    ],
)
def test_a_ratio_that_is_none_is_refused(tmp_path, name, value):
    write_record(tmp_path / "run.json", Record.of_today("in words", (Ratio.of("a", (1.0, 1.0)),)))
    values = json.loads((tmp_path / "run.json").read_text("utf-8"))
    values["ratios"][0][name] = value
    (tmp_path / "run.json").write_text(json.dumps(values), "utf-8")
    with pytest.raises(RecordError):
        read_record(tmp_path / "run.json")


@pytest.mark.parametrize(
    ("name", "value"), [("cores", 0), ("cores", "2"), ("system", 1), ("instructions", "AVX")]
)
def test_a_machine_that_is_none_is_refused(name, value):
    values = {**Machine("P", 2, "Linux", "x86_64", ("AVX",)).as_json(), name: value}
    with pytest.raises(ValueError, match="machine"):
        Machine.from_json(values)


def test_this_machine_is_of_its_own_kind():
    machine = Machine.this()
    assert machine.is_same_kind(Machine.from_json(machine.as_json()))
