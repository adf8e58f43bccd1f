"""Stretches give the numbers of steps one by one, whatever recording does on the way."""

from dataclasses import replace

import pytest
import torch

from engine.data.digits import Standardisation
from engine.errors import DivergedError
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, StepsCompleted, fit
from engine.training.stretches.recorder import CudaRecorder
from engine.training.stretches.way import StretchWay, way_of
from tests.engine.digit_sets import small_set
from tests.engine.training.stretches.call_again import CallAgain

# 400 digits: six mini-batches of 64 and one of 16 in an epoch.
SETTINGS = TrainingSettings(hidden=(12,), batch_size=64, epochs=3)
ADAM = {"optimiser": "adam", "learning_rate": 0.002}


def run(settings, recorder=None, device="cpu", interval_s=100.0, **more):
    way = recorder and StretchWay(recorder, is_fused=False)
    digits = small_set()
    standardisation = Standardisation.of(digits)
    more = {"report_interval_s": interval_s, "way": way, **more}
    return list(fit(digits, small_set(100, 8), settings, standardisation, device, **more))


def losses_of(results):
    return [loss for each in results if isinstance(each, StepsCompleted) for loss in each.losses]


def same(one, other, **tolerance):
    torch.testing.assert_close(losses_of(one), losses_of(other), **tolerance)
    torch.testing.assert_close(dict(one[-1].weights), dict(other[-1].weights), **tolerance)
    figures = [
        [each.figures for each in results if isinstance(each, EpochCompleted)] for results in (one, other)
    ]
    for first, second in zip(*figures, strict=True):
        assert (first.epoch, first.step) == (second.epoch, second.step)
        assert first.training_accuracy == pytest.approx(second.training_accuracy, abs=0.006)
        assert first.validation_loss == pytest.approx(second.validation_loss, rel=1e-3)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"momentum": 0.0},
        {"weight_decay": 0.01},
        {"momentum": 0.0, "weight_decay": 0.01},
        {"schedule": "constant", "momentum": 0.5},
        {"hidden": ()},
        {"hidden": (12, 9), "activation": "elu"},
        {"averaging": True},
        {"warps": True},
        {"batch_size": 50},
        {"batch_size": 400},
        {"batch_size": 2, "epochs": 1},
        ADAM,
        ADAM | {"weight_decay": 0.01, "averaging": True},
        {"level": 5},
        {"level": 5, "averaging": True},
        {"level": 5, "momentum": 0.0, "weight_decay": 0.01},
        {"level": 5} | ADAM,
        {"level": 6, "warps": True},
        {"level": 6, "weight_decay": 0.01} | ADAM,
    ],
    ids=str,
)
def test_stretches_equal_steps(change):
    settings, recorder = replace(SETTINGS, **change), CallAgain()
    same(run(settings, recorder), run(settings), rtol=2e-4, atol=1e-5)
    assert recorder.records > 0


def test_each_kind_is_recorded_once():
    recorder = CallAgain()
    # 200 mini-batches of 2 are three stretches of 64 and one of 8.
    run(replace(SETTINGS, batch_size=2, epochs=2), recorder)
    assert (recorder.records, recorder.runs) == (2, 8)


def test_what_the_library_does_is_not_recorded():
    recorder = CallAgain()
    settings = replace(SETTINGS, level=3, epochs=1)
    assert losses_of(run(settings, recorder)) == losses_of(run(settings))
    assert recorder.records == 0


def test_python_does_not_run_ahead():
    recorder = CallAgain()
    run(replace(SETTINGS, batch_size=1, epochs=1), recorder)
    assert recorder.runs == 7
    assert recorder.waits == 6  # all but the last, which reading waits for


@pytest.mark.parametrize("interval_s", [0.0, 100.0])
def test_every_step_is_reported_once_in_order(interval_s):
    settings = replace(SETTINGS, batch_size=2, epochs=2)
    results = [
        each for each in run(settings, CallAgain(), interval_s=interval_s) if isinstance(each, StepsCompleted)
    ]
    assert len(results) == (2 if interval_s else 8)
    steps = [each.first_step + place for each in results for place in range(len(each.losses))]
    assert steps == list(range(400))
    assert sum(each.examples for each in results) == 800


def test_how_often_it_reports_changes_no_number():
    settings = replace(SETTINGS, batch_size=2, warps=True)
    often, seldom = run(settings, CallAgain(), interval_s=0), run(settings, CallAgain())
    assert losses_of(often) == losses_of(seldom)


def test_it_stops_after_the_stretch_under_way():
    asked = []

    def is_stopped():
        asked.append(1)
        return len(asked) == 2

    settings = replace(SETTINGS, batch_size=2)
    results = run(settings, CallAgain(), interval_s=0, is_stopped=is_stopped)
    assert [type(each) for each in results] == [StepsCompleted, StepsCompleted, EpochCompleted]
    assert results[-1].step == 128


def test_a_loss_that_is_not_finite_is_found():
    settings = replace(SETTINGS, hidden=(100, 100), activation="leaky-relu", learning_rate=10.0, epochs=50)
    with pytest.raises(DivergedError):
        run(replace(settings, batch_size=8), CallAgain())


def test_only_cuda_records_by_itself():
    assert way_of("cpu") is None
    assert isinstance(way_of("cuda").recorder, CudaRecorder)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA graphics card")
@pytest.mark.parametrize("change", [{}, {"averaging": True}, ADAM, {"level": 5}, {"level": 6}], ids=str)
def test_a_recorded_graph_equals_steps_on_the_cpu(change):
    settings = replace(SETTINGS, **change)
    same(run(settings, CudaRecorder(), "cuda"), run(settings), rtol=1e-3, atol=1e-4)
