"""Every training is recorded as it goes on, however it ends, and is none the worse where it cannot be."""

import contextlib
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from desktop.networks.model_library import ModelLibrary
from desktop.training.data.data_cache import DataCache
from desktop.training.run_recording import RunRecording
from desktop.training.thread import TrainingThread
from desktop.training.training_job import TrainingJob
from engine.data import sources
from engine.errors import DeviceError, ModelFileError
from engine.models.model_file import load_model
from engine.settings import TrainingSettings
from engine.store.run import FAILED, FINISHED, STOPPED
from engine.store.store import FILE_NAME, Store
from engine.training.device import DeviceChoice
from engine.training.fit import StepsCompleted
from tests.desktop.patience import PATIENCE_MS
from tests.engine.store.store_writer import description, steps

pytestmark = pytest.mark.threaded

ROOT = Path(__file__).parents[3]
SETTINGS = TrainingSettings(hidden=(16,), epochs=2, batch_size=20, seed=3)


@pytest.fixture(autouse=True)
def little_data(monkeypatch):
    monkeypatch.setattr(sources, "HANDWRITING_COUNT", 300)
    monkeypatch.setattr(sources, "HANDWRITING_HELD_OUT", 100)


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "kept")
    yield store
    store.close()


@pytest.fixture
def train(tmp_path, qtbot):
    """Train to the end; the results that were handed over and how it ended."""

    def train(store, settings=SETTINGS, device="cpu"):
        job = TrainingJob("handwriting", tmp_path / "nothing", settings, device)
        thread = TrainingThread(job, DataCache(), ModelLibrary(tmp_path / "networks"), lambda: store)
        with qtbot.waitSignal(thread.run_finished, timeout=60_000) as ended:
            thread.start()
        assert thread.wait(PATIENCE_MS)
        return thread.take_results(), ended.args[0]

    return train


def test_a_training_is_kept_with_its_settings_curves_figures_and_weights(store, train):
    results, finished = train(store)
    (run,) = store.runs.entries()
    assert (run.state, run.settings, run.sizes, run.device) == (FINISHED, SETTINGS, (784, 16, 10), "CPU")
    assert (run.name, run.steps, run.total_steps) == (finished.model.name, 20, 20)
    assert run.data == finished.model.provenance.data
    assert run.validation_accuracy == finished.model.provenance.validation_accuracy
    losses = [loss for each in results if isinstance(each, StepsCompleted) for loss in each.losses]
    assert list(store.runs.curves(run.id).losses) == losses
    assert len(store.runs.curves(run.id).epochs) == 2
    kept = load_model(run.path)
    assert all(torch.equal(kept.weights[name], weights) for name, weights in finished.model.weights.items())
    assert kept.temperature == finished.model.temperature
    assert finished.path.is_file()
    assert finished.unkept == ""


def test_a_stopped_training_is_kept_as_far_as_it_went(store, train, monkeypatch):
    monkeypatch.setattr(TrainingThread, "isInterruptionRequested", lambda thread: bool(thread._results))
    _, finished = train(store, replace(SETTINGS, epochs=1000))
    (run,) = store.runs.entries()
    assert finished.was_stopped
    assert run.state == STOPPED
    assert 0 < run.steps < run.total_steps
    assert run.path.is_file()
    # One figure, of the weights that are kept: where the curve ends, in the table and of the network.
    last = store.runs.curves(run.id).epochs[-1]
    assert last.step == run.steps
    kept = finished.model.provenance.validation_accuracy
    assert last.validation_accuracy == run.validation_accuracy == kept
    assert run.validation_loss == last.validation_loss


def test_a_training_that_diverges_is_kept_with_the_reason(store, train):
    _, finished = train(store, replace(SETTINGS, hidden=(100, 100), epochs=50, learning_rate=10.0))
    (run,) = store.runs.entries()
    assert run.state == FAILED
    assert "learning rate of 10" in run.message
    assert run.message == finished.message


def test_a_training_that_fails_unexpectedly_is_kept_as_failed(store, train, monkeypatch):
    from engine.training import fit

    real_fit = fit.fit

    def failing_fit(*arguments, **more):
        yield next(real_fit(*arguments, report_interval_s=0, **more))
        raise ZeroDivisionError

    monkeypatch.setattr("engine.training.fit.fit", failing_fit)
    _, finished = train(store)
    (run,) = store.runs.entries()
    assert finished.model is None
    assert (run.state, run.steps, run.message) == (FAILED, 1, finished.message)
    assert load_model(run.path).architecture.sizes == (784, 16, 10)


def test_a_device_that_fails_leaves_a_failed_run_beside_that_of_the_cpu(store, train, monkeypatch):
    from engine.training import device, fit

    real_fit, real_choose = fit.fit, device.choose_device

    def failing_fit(training_set, validation, settings, standardisation, chosen, **more):
        if chosen.type != "cpu":
            raise DeviceError("META ran out of memory: use smaller layers or a smaller batch size.")
        return real_fit(training_set, validation, settings, standardisation, chosen, **more)

    def choose(wanted):
        broken = DeviceChoice(torch.device("meta"), "Broken card", "It was there.")
        return broken if wanted == "auto" else real_choose(wanted)

    monkeypatch.setattr("engine.training.fit.fit", failing_fit)
    monkeypatch.setattr("engine.training.device.choose_device", choose)
    train(store, device="auto")
    newer, older = store.runs.entries()
    assert (newer.device, newer.state) == ("CPU", FINISHED)
    assert (older.device, older.state, older.path) == ("Broken card", FAILED, None)
    assert "ran out of memory" in older.message


def test_without_a_store_a_training_is_as_before(train):
    results, finished = train(None)
    assert sum(len(each.losses) for each in results if isinstance(each, StepsCompleted)) == 20
    assert finished.path.is_file()
    assert finished.unkept == ""


def test_a_store_of_a_newer_version_is_left_alone(store, train, tmp_path):
    import sqlite3

    store.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "kept" / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("ALTER TABLE runs ADD COLUMN mood TEXT")
        connection.commit()
    with contextlib.closing(Store.open(tmp_path / "kept")) as newer:
        _, finished = train(newer)
        assert newer.runs.entries() == []
    assert finished.path.is_file()
    assert finished.unkept == ""


def test_a_store_that_is_closed_meanwhile_costs_the_run_alone(store, train):
    store.close()
    _, finished = train(store)
    assert finished.path.is_file()
    assert finished.unkept.startswith("The run is not kept. The store is closed")


def test_weights_that_the_disk_does_not_take_are_told_beside_the_figures(store, monkeypatch):
    def refuse(_model, path, **_):
        raise ModelFileError(f"{path.name} could not be written: the disk is full.")

    monkeypatch.setattr("engine.store.run_recorder.save_model", refuse)
    recording = RunRecording(lambda: store)
    recording.begin(description())
    recording.add(steps(0, 10))
    recording.end(STOPPED)
    assert recording.trouble.startswith("The run is kept without its weights. ")
    assert recording.trouble.endswith("the disk is full.")
    (run,) = store.runs.entries()
    assert (run.state, run.steps, run.path) == (STOPPED, 10, None)


def test_nothing_begun_is_nothing_kept(store):
    recording = RunRecording(lambda: store)
    recording.add(steps(0))
    recording.end(FAILED)
    assert store.runs.entries() == []
    assert recording.trouble == ""
