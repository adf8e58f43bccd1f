"""What is measured beside training, in the time that is left."""

import subprocess

import pytest

from tests.benchmarks.ratios.ratio import Ratio
from tests.benchmarks.speed import others
from tests.benchmarks.speed.deadline import Deadline
from tests.benchmarks.speed.made_up_clock import MadeUpClock
from tests.benchmarks.speed.plan import Plan

RATIO = Ratio.of("a over b", (1.0, 2.0))


@pytest.fixture
def clock(monkeypatch) -> MadeUpClock:
    """Ten seconds are left; the first part fails, and the others take six each."""
    clock = MadeUpClock()

    def fail(_plan):
        raise subprocess.TimeoutExpired("start", 3)

    def measure(_plan):
        clock.go_on(6)
        return (RATIO,)

    parts = {"start": fail, "memory": measure, "networks": measure, "import": measure}
    monkeypatch.setattr(others, "PARTS", parts)
    return clock


def test_parts_that_fail_or_for_which_there_is_no_time_are_named(clock, capsys):
    assert others.run(Plan(deadline=Deadline(10, clock))) == [RATIO, RATIO]
    rows = capsys.readouterr().out.splitlines()[2:6]
    assert rows[0].startswith("| start | not measured: ")
    assert rows[1] == rows[2] == "| a over b | 1.50 (1.00 to 2.00) | lower |"
    assert rows[3] == "| import | there was no time | |"


def test_rounds_begin_as_long_as_another_as_long_would_end_in_time(clock):
    deadline = Deadline(10, clock)
    for _ in deadline.rounds(5):
        clock.go_on(4)
    assert deadline.left_s() == 2


def test_without_a_deadline_all_rounds_are_there(clock):
    assert list(Deadline(clock=clock).rounds(5)) == [0, 1, 2, 3, 4]


def test_the_first_round_begins_in_any_case(clock):
    for _ in Deadline(0, clock).rounds(5):
        clock.go_on(1)
    assert clock.now == 101


def test_no_deadline_is_a_number_of_seconds_that_can_be_waited(clock):
    assert 3600 < Deadline(clock=clock).left_s() < 10**6
