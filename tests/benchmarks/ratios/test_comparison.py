"""The ratios of a run next to the last ones."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.ratios.__main__ import main
from tests.benchmarks.ratios.comparison import WORSE, comparison
from tests.benchmarks.ratios.machine import Machine
from tests.benchmarks.ratios.ratio import Ratio
from tests.benchmarks.ratios.record import Record, keep, read_kept, write_record

OLD = Machine("Old Processor", 2, "Linux", "x86_64", ("AVX2", "AVX"))
NEW = Machine("New Processor", 2, "Linux", "x86_64", ("AVX-512", "AVX2", "AVX"))
VERSIONS = {"Python": "3.11.2", "torch": "2.13.0"}
JAX, GAIN = "ours over JAX, batch 64", "level 5 over ours, batch 64"


def record(*ratios: Ratio, machine: Machine = OLD, date: str = "2026-11-01") -> Record:
    return Record(date, "in three rounds", machine, VERSIONS, ratios)


def lower(*values: float) -> Ratio:
    return Ratio.of(JAX, values)


def higher(*values: float) -> Ratio:
    return Ratio.of(GAIN, values, is_lower_better=False)


def row(text: str, name: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {name} ")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_ratio_is_marked_where_even_the_best_round_is_worse_than_the_worst_one_was():
    text = comparison(record(lower(1.5, 1.4, 1.6)), [record(lower(1.2, 1.1, 1.3))])
    assert row(text, JAX) == [JAX, "lower", "1.20 (1.10 to 1.30)", "1.50 (1.40 to 1.60)", "+25 %", WORSE]
    assert "Last: 2026-11-01, Old Processor (Linux x86_64, 2 cores, AVX2), in three rounds." in text


@pytest.mark.parametrize("now", [(1.4, 1.25, 1.5), (1.2, 1.1, 1.3), (0.6, 0.5, 0.7)])
def test_within_the_range_or_better_is_not_marked(now):
    cells = row(comparison(record(lower(*now)), [record(lower(1.2, 1.1, 1.3))]), JAX)
    assert cells[-1] == ""


def test_where_higher_is_better_less_is_worse():
    last = [record(higher(2.0, 1.9, 2.1))]
    assert row(comparison(record(higher(1.5, 1.4, 1.6)), last), GAIN)[-2:] == ["-25 %", WORSE]
    assert row(comparison(record(higher(3.0, 2.9, 3.1)), last), GAIN)[-2:] == ["+50 %", ""]


def test_one_round_alone_marks_nothing():
    assert row(comparison(record(lower(9.0)), [record(lower(1.0))]), JAX)[2:] == [
        "1.00",
        "9.00",
        "+800 %",
        "",
    ]


def test_what_only_one_of_them_has_is_there_without_a_change():
    text = comparison(record(higher(2, 2)), [record(lower(1, 1))])
    assert row(text, GAIN)[2:] == ["not measured", "2.00 (2.00 to 2.00)", "", ""]
    assert row(text, JAX)[2:] == ["1.00 (1.00 to 1.00)", "not measured", "", ""]


def test_a_disturbed_ratio_has_a_star():
    disturbed = Ratio.of(JAX, (1.0, 2.0), is_disturbed=True)
    assert row(comparison(record(disturbed), [record(lower(1, 2))]), JAX)[3] == "1.50* (1.00 to 2.00)"


def test_other_versions_are_named():
    new = replace(record(lower(1, 1)), versions={"Python": "3.11.2", "torch": "2.14.0", "jax": "0.10"})
    text = comparison(new, [record(lower(1, 1))])
    assert "Other versions: torch 2.13.0 then, 2.14.0 now; jax missing then, 0.10 now." in text


def test_an_unknown_kind_of_machine_is_compared_with_the_nearest():
    arm = replace(OLD, processor="Another", architecture="arm64", instructions=("NEON",))
    four = replace(OLD, processor="Near", cores=4)
    text = comparison(record(lower(1, 1), machine=NEW), [record(lower(2, 2), machine=arm)])
    assert "No ratios are kept for this kind of machine (Linux x86_64, 2 cores, AVX-512)." in text
    assert "The nearest: 2026-11-01, Another (Linux arm64, 2 cores, NEON)" in text
    assert row(text, JAX)[-2] == "-50 %"
    every = [record(lower(2, 2), machine=machine) for machine in (arm, NEW, four)]
    assert "The nearest: 2026-11-01, Near" in comparison(record(lower(1, 1), machine=OLD), every)


def test_without_any_others_the_new_ones_are_shown_alone():
    text = comparison(record(lower(1, 1.2)), [])
    assert "No ratios are kept yet to compare them with." in text
    assert row(text, JAX)[2:] == ["1.10 (1.00 to 1.20)"]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A run, and the last ratios."""
    run, kept = tmp_path / "run.json", tmp_path / "kept.json"
    write_record(run, record(lower(2, 3), date="2026-12-01"))
    kept.write_text("[]", "utf-8")
    return run, kept


def test_a_run_takes_the_place_of_the_last_one_on_such_a_machine(files, capsys):
    run, kept = files
    keep(kept, record(lower(1, 1)))
    keep(kept, record(lower(5, 5), machine=NEW))
    main([str(run), "--compare", str(kept), "--keep"])
    assert "+150 %" in capsys.readouterr().out
    assert [(each.machine, each.date) for each in read_kept(kept)] == [
        (NEW, "2026-11-01"),
        (OLD, "2026-12-01"),
    ]


def test_a_run_without_ratios_is_not_kept(files, capsys):
    run, kept = files
    write_record(run, record())
    main([str(run), "--compare", str(kept), "--keep"])
    assert capsys.readouterr().out.splitlines()[-1] == "The run has no ratios and is not kept."
    assert read_kept(kept) == []


@pytest.mark.parametrize("text", ["", "{", "{}", "[1]", '[{"date": "today"}]', "\udcff"])
def test_a_damaged_file_of_last_ratios_is_one_sentence(files, capsys, text):
    run, kept = files
    kept.write_bytes(text.encode("utf-8", "surrogateescape"))
    main([str(run), "--compare", str(kept), "--keep"])
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{kept} holds no ratios to compare with: ")
    assert line.endswith(".")
    assert kept.read_bytes() == text.encode("utf-8", "surrogateescape")


def test_a_missing_or_damaged_run_is_one_sentence(files, capsys):
    run, kept = files
    run.write_text('{"ratios": [{"name": "ours"}]}', "utf-8")
    main([str(run), "--compare", str(kept)])
    run.unlink()
    main([str(run), "--compare", str(kept)])
    damaged, missing = capsys.readouterr().out.splitlines()
    assert damaged == f"{run} holds no ratios of a run: a run lacks one of its fields."
    assert missing == f"{run} cannot be read: No such file or directory."


def test_the_ratios_that_are_kept_can_be_read():
    for each in read_kept(Path(__file__).parents[1] / "ratios.json"):
        assert each.ratios
