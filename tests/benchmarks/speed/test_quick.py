"""The quick suite fits its three minutes, by calculation and by its deadline."""

from dataclasses import replace

import pytest

from tests.benchmarks.__main__ import SECTIONS, plan_of
from tests.benchmarks.speed import quick, rounds, training
from tests.benchmarks.speed.contestants import BATCH_SIZES, CONTESTANTS, JAX, NUMPY, OURS
from tests.benchmarks.speed.made_up_clock import MadeUpClock
from tests.benchmarks.speed.plan import Plan
from tests.benchmarks.speed.rounds import Entry, run_rounds, split_into_processes
from tests.benchmarks.speed.training import entries
from tests.benchmarks.speed.training_ratios import PAIRS


@pytest.fixture
def clock() -> MadeUpClock:
    """Stands still by itself."""
    return MadeUpClock()


@pytest.fixture
def processes(monkeypatch, clock) -> list[tuple[str, ...]]:
    """Arguments of the processes that were started; each takes ten seconds and finds a tenth of one."""
    started = []

    def run_worker(_module, arguments, longest_s):
        settings = tuple(each for each in arguments if not each.startswith("--"))
        started.append(settings)
        clock.go_on(min(10.0, longest_s))
        if longest_s < 10:
            raise TimeoutError
        return {"runs": [{"seconds": [0.2, 0.1], "calibration_s": 1.0, "others": 0.0} for _ in settings]}

    monkeypatch.setattr(rounds, "run_worker", run_worker)
    return started


def test_it_is_expected_to_take_three_minutes_on_two_slow_cores():
    plan = quick.quick_plan()
    assert quick.expected_s(plan) <= quick.LIMIT_S == 180
    assert quick.FEWEST_ROUNDS >= 3


def test_training_leaves_the_others_their_time(clock):
    plan = quick.quick_plan(clock)
    training = plan_of("training", plan)
    assert training.deadline.left_s() == pytest.approx(plan.deadline.left_s() - quick.others_s())
    assert quick.FEWEST_ROUNDS * quick.training_round_s(plan) <= training.deadline.left_s()


def test_a_round_has_a_process_for_each_group_with_all_its_rows():
    plan = quick.quick_plan()
    groups = split_into_processes(list(entries(plan)), plan)
    assert [sorted({entry.contestant for entry in group}) for group in groups] == [
        sorted(names) for names in plan.together
    ]
    assert {name for group in groups for name in (entry.contestant for entry in group)} == set(plan.rows)
    for group in groups:
        assert {entry.batch_size for entry in group} == set(BATCH_SIZES)


def test_without_the_quick_suite_each_row_has_a_process():
    plan = Plan()
    rows = list(entries(plan))
    assert split_into_processes(rows, plan) == [[row] for row in rows]


def test_rounds_that_would_not_end_in_time_are_dropped(clock, processes):
    plan = quick.quick_plan(clock)
    measured = run_rounds(list(entries(plan)), plan)
    # 170 s are there, and a round takes 50.
    assert (measured.rounds, measured.planned) == (3, quick.MOST_ROUNDS)
    assert len(processes) == 3 * len(plan.together)
    assert f"Left out: rounds 4 to {quick.MOST_ROUNDS}, for which there was no time." in measured.notes()
    assert all(len(runs) == 3 for runs in measured.runs.values())


def test_every_other_round_goes_backwards(clock, processes):
    plan = quick.quick_plan(clock)
    run_rounds(list(entries(plan)), plan)
    assert processes[5:10] == processes[4::-1]


def test_what_the_first_round_has_no_time_for_is_named(clock, processes):
    plan = quick.quick_plan(clock)
    plan = replace(plan, deadline=plan.deadline.earlier(145))
    measured = run_rounds(list(entries(plan)), plan)
    # 25 s: two processes, and one that is given up.
    assert len(processes) == 3
    assert measured.reasons[Entry(JAX, 64, 0)] == "it took too long"
    assert measured.reasons[Entry(NUMPY, 64, 0)] == "there was no time"
    assert Entry(OURS, 64, -1) in measured.summaries


def test_who_cannot_take_part_is_not_asked_again(monkeypatch, clock):
    asked = []

    def run_worker(_module, arguments, _longest_s):
        asked.append(arguments[0])
        return {"unavailable": "JAX is not installed"}

    monkeypatch.setattr(rounds, "run_worker", run_worker)
    plan = quick.quick_plan(clock)
    measured = run_rounds([entry for entry in entries(plan) if entry.contestant == JAX], plan)
    assert asked == ["jax:64:0"]
    assert set(measured.reasons.values()) == {"JAX is not installed"}


def test_it_prints_the_rows_and_gives_a_ratio_of_each_pair_that_it_has(clock, processes, capsys):
    plan = quick.quick_plan(clock)
    ratios = training.run(plan)
    names = {
        f"{pair.name}, batch {size}" for pair in PAIRS for size in BATCH_SIZES if "tutorial" not in pair.name
    }
    assert {ratio.name for ratio in ratios} == names
    assert {(ratio.median, ratio.rounds) for ratio in ratios} == {(1.0, 3)}
    printed = capsys.readouterr().out
    figures = " | 0.100 | 1.00 | 1.00 | 0.100 | 1.00 | 1.00 |"
    assert f"| {CONTESTANTS[JAX].title} | default{figures}" in printed
    assert "(measured with 20,000 digits, and scaled up)" in printed
    assert "tutorial" not in printed


def test_it_says_what_it_leaves_out():
    said = quick.left_out(SECTIONS)
    for title in ("busy", "time_to_accuracy", CONTESTANTS["scikit"].title, "ours with 2 threads"):
        assert title in said
    assert "JAX" not in said
