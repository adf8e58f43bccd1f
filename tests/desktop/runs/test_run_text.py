"""What is said of a run."""

from datetime import datetime, timedelta, timezone

import pytest

from desktop.runs import run_text
from engine.settings import TrainingSettings
from engine.store.run import FAILED, FINISHED, TRAINING
from tests.desktop.some_runs import some_run

NOW = datetime(2026, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("created", "said"),
    [
        ("2026-02-28T22:10:00.000+00:00", "today 00:10"),
        ("2026-02-28T21:59:00.000+00:00", "yesterday 23:59"),
        ("2026-02-27T21:00:00.000+00:00", "27 Feb"),
        ("2025-11-12T12:00:00.000+00:00", "12 Nov 2025"),
        ("nonsense", ""),
    ],
)
def test_times_are_said_as_people_do_where_they_are(created, said):
    assert run_text.when(created, NOW) == said


def test_a_state_says_how_far_it_is():
    assert run_text.state(some_run(state=TRAINING, steps=417, total_steps=1000)) == "training 41 %"
    assert run_text.state(some_run(state=TRAINING, total_steps=0)) == "training"
    assert run_text.state(some_run(state=FINISHED)) == "finished"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.04, "0.0 s"), (9.94, "9.9 s"), (12.4, "12 s"), (125, "2 min 05 s")]
)
def test_lengths_are_short(seconds, said):
    assert run_text.length(seconds) == said


def test_what_is_not_known_is_left_out():
    assert run_text.percent(None) == run_text.loss(None) == ""
    assert run_text.percent(0.98765) == "98.77 %"
    assert run_text.loss(0.12345) == "0.1235"


def test_details_say_all_that_decided_it():
    settings = TrainingSettings(
        (100,), "leaky-relu", 7, 128, 0.01, 0.5, 0.001, "constant", True, True, 42, "adam", 3
    )
    run = some_run(settings=settings, state=FAILED, message="It diverged.", device="CPU", data="MNIST")
    said = run_text.details(run, NOW)
    for part in (
        "MNIST",
        "784-100-10 with leaky ReLU",
        "CPU",
        "Adam",
        "rate 0.01",
        "momentum 0.5",
        "constant schedule",
        "mini-batches of 128",
        "7 epochs",
        "seed 42",
        "level 3",
        "weight decay 0.001",
        "warps",
        "averaged weights",
        "10 of 20 steps",
        "It diverged.",
        "It has no weights.",
    ):
        assert part in said


def test_what_cannot_be_read_is_said_so():
    said = run_text.details(some_run(settings=None, created="nonsense", sizes=()), NOW)
    assert "written by another version" in said
    assert "a time that is not known" in said
