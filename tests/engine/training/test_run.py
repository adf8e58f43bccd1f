"""One way to run a training: which weights come of it, however it ends, and what is told and recorded."""

from dataclasses import replace

import pytest
import torch

from engine.data.digits import Standardisation
from engine.data.sources import TrainingData
from engine.errors import DeviceError, SettingsError
from engine.evaluation.predictions import predictions_of
from engine.nn.network import Network
from engine.settings import TrainingSettings
from engine.training import device as devices
from engine.training import fit as fitting
from engine.training.device import DeviceChoice
from engine.training.fit import EpochCompleted, StepsCompleted
from engine.training.replacement import Verdict
from engine.training.run import RunRequest, run_training
from engine.training.run_events import UNEXPECTED, RunMessage, RunOutcome, RunStarted
from engine.training.run_states import FAILED, FINISHED, INTERRUPTED, STOPPED
from tests.engine.digit_sets import small_set

SETTINGS = TrainingSettings(hidden=(12,), epochs=2, batch_size=50, seed=3)
DIVERGING = replace(
    SETTINGS, hidden=(64, 64, 64), epochs=30, learning_rate=10.0, momentum=0.99, schedule="constant"
)
CARD = DeviceChoice(torch.device("meta"), "A card", "It answered.")


class Recorded:
    """Notes what a run tells its recording."""

    def __init__(self, name=""):
        self.name = name
        self.begun, self.results, self.ended = [], [], []
        self._is_open = False

    def begin(self, description):
        self.begun.append(description)
        self._is_open = True

    def add(self, result):
        self.results.append(result)

    def end(self, state, model=None, message=""):
        if self._is_open:
            self.ended.append((state, model, message))
        self._is_open = False


def request(settings=SETTINGS, **more):
    training = small_set()
    validation = small_set(200, seed=5)
    data = TrainingData(training, validation, None, Standardisation.of(training), "Some people")
    return RunRequest(data, settings, **({"device": "cpu"} | more))


def results(events):
    return [event for event in events if isinstance(event, StepsCompleted | EpochCompleted)]


def same(one, other):
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


@pytest.fixture
def step_by_step(monkeypatch):
    """Every step is reported, so that a run can be stopped after any of them."""
    fit = fitting.fit
    monkeypatch.setattr(fitting, "fit", lambda *a, **more: fit(*a, **more, report_interval_s=0))


@pytest.mark.parametrize("averaging", [False, True])
def test_a_finished_run_has_the_weights_of_its_last_epoch(averaging):
    recorded = Recorded()
    started, *events, outcome = run_training(request(replace(SETTINGS, averaging=averaging)), recorded)
    assert isinstance(started, RunStarted)
    assert (started.steps, started.device, started.architecture.sizes) == (16, "CPU", (784, 12, 10))
    assert (outcome.state, outcome.steps, outcome.message, outcome.error) == (FINISHED, 16, "", None)
    assert same(outcome.model.weights, events[-1].weights)
    assert outcome.model.provenance.validation_accuracy == pytest.approx(events[-1].validation_accuracy)
    assert outcome.model.provenance.attribution == "Some people"
    assert outcome.judgement.may_replace
    assert recorded.results == events
    assert [(state, message) for state, _, message in recorded.ended] == [(FINISHED, "")]
    assert recorded.ended[0][1].weights is outcome.model.weights


@pytest.mark.parametrize(("is_closing", "state"), [(False, STOPPED), (True, INTERRUPTED)])
def test_a_stopped_run_has_the_weights_of_the_step_and_their_figures(step_by_step, is_closing, state):
    seen = []
    recorded = Recorded()
    asked = request(is_stopped=lambda: len(results(seen)) >= 3, is_closing=lambda: is_closing)
    for event in run_training(asked, recorded):
        seen.append(event)
    *_, last, outcome = seen
    assert (outcome.state, outcome.steps) == (state, 3)
    assert isinstance(last, EpochCompleted)
    assert last.step == 3
    assert same(outcome.model.weights, last.weights)
    assert same(outcome.model.weights, seen[-3].weights)
    assert outcome.model.provenance.validation_accuracy == pytest.approx(last.validation_accuracy)
    assert (outcome.judgement.verdict is Verdict.UNFINISHED) == is_closing
    assert recorded.ended[0][0] == state


def test_a_diverging_run_has_the_last_weights_that_were_finite(step_by_step):
    recorded = Recorded()
    *events, outcome = run_training(request(DIVERGING), recorded)
    assert outcome.state == FAILED
    assert "learning rate of 10" in outcome.message
    assert outcome.message == str(outcome.error)
    assert same(outcome.model.weights, results(events)[-1].weights)
    assert all(bool(weights.isfinite().all()) for weights in outcome.model.weights.values())
    assert recorded.ended == [(FAILED, outcome.model, outcome.message)]


def test_a_cpu_that_fails_on_the_way_leaves_the_last_good_weights(monkeypatch):
    fit = fitting.fit

    def failing(*arguments, **more):
        yield next(fit(*arguments, report_interval_s=0, **more))
        raise DeviceError("CPU ran out of memory: use smaller layers.")

    monkeypatch.setattr(fitting, "fit", failing)
    *events, outcome = run_training(request())
    assert (outcome.state, outcome.steps, outcome.message) == (
        FAILED,
        1,
        "CPU ran out of memory: use smaller layers.",
    )
    assert same(outcome.model.weights, results(events)[-1].weights)


def test_a_cpu_that_fails_before_the_first_step_is_an_error(monkeypatch):
    def failing(*_, **__):
        raise DeviceError("CPU ran out of memory: use smaller layers.")

    monkeypatch.setattr(fitting, "fit", failing)
    recorded = Recorded()
    with pytest.raises(DeviceError):
        list(run_training(request(), recorded))
    assert recorded.ended == [(FAILED, None, "CPU ran out of memory: use smaller layers.")]


def test_a_card_that_fails_hands_over_to_the_cpu_from_the_first_step(monkeypatch):
    fit, choose = fitting.fit, devices.choose_device

    def failing(training, validation, settings, standardisation, device, **more):
        steps = fit(training, validation, settings, standardisation, "cpu", **more, report_interval_s=0)
        if device.type == "cpu":
            return steps
        return iter_then_fail(next(steps))

    def iter_then_fail(first):
        yield first
        raise DeviceError("META ran out of memory.")

    monkeypatch.setattr(fitting, "fit", failing)
    monkeypatch.setattr(devices, "choose_device", lambda wanted: CARD if wanted == "auto" else choose(wanted))
    recorded = Recorded()
    *events, outcome = run_training(request(device="auto"), recorded)
    assert [event.device for event in events if isinstance(event, RunStarted)] == ["A card", "CPU"]
    (told,) = [event.text for event in events if isinstance(event, RunMessage)]
    assert told == outcome.message == "META ran out of memory. The CPU took over from the first step."
    assert (outcome.state, outcome.steps, outcome.error) == (FINISHED, 16, None)
    *_, expected = run_training(request())
    assert same(outcome.model.weights, expected.model.weights)
    assert [(state, message) for state, _, message in recorded.ended] == [
        (FAILED, "META ran out of memory."),
        (FINISHED, outcome.message),
    ]


def test_settings_without_sense_are_an_error_and_recorded():
    recorded = Recorded()
    with pytest.raises(SettingsError) as refused:
        list(run_training(request(replace(SETTINGS, batch_size=8000)), recorded))
    assert recorded.ended == [(FAILED, None, str(refused.value))]


def test_an_unexpected_failure_is_recorded(monkeypatch):
    monkeypatch.setattr(fitting, "fit", lambda *_, **__: 1 / 0)
    recorded = Recorded()
    with pytest.raises(ZeroDivisionError):
        list(run_training(request(), recorded))
    assert recorded.ended == [(FAILED, None, UNEXPECTED)]


def test_a_run_that_nobody_asks_on_is_recorded_as_interrupted():
    recorded = Recorded()
    events = run_training(request(), recorded)
    next(events), next(events)
    events.close()
    assert recorded.ended == [(INTERRUPTED, None, "")]


def test_a_run_is_compared_with_the_network_in_use():
    *_, able = run_training(request(replace(SETTINGS, epochs=10)))
    assert isinstance(able, RunOutcome)
    slow = replace(SETTINGS, epochs=1, learning_rate=1e-4)
    asked = request(slow, in_use=able.model)
    *_, outcome = run_training(asked)
    network = Network.from_weights(able.model.architecture, able.model.weights)
    former = predictions_of(network, asked.data.validation, able.model.standardisation).accuracy
    assert outcome.judgement.former == former
    assert not outcome.judgement.may_replace


def test_the_model_is_called_as_asked_or_as_its_recording_is():
    *_, outcome = run_training(request(name="Mine"))
    assert outcome.model.name == "Mine"
    *_, outcome = run_training(request(name="Mine"), Recorded("Renamed"))
    assert outcome.model.name == "Renamed"
