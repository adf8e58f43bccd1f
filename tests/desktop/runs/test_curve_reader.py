"""Curves are read on while a run goes on, and are the same as if they were read at once."""

import pytest

from desktop.runs.curve_reader import CurveReader
from engine.settings import TrainingSettings
from engine.store.run import STOPPED
from engine.store.store import Store
from tests.desktop.some_runs import begin_run, keep_run
from tests.engine.store.store_writer import epoch, steps

pytestmark = pytest.mark.threaded


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path, tick_s=None)
    yield store
    store.close()


def on_disk(store, recorder):
    """The run, with all that was recorded."""
    store.tick().result()
    return store.runs.get(recorder.run)


def test_a_run_that_goes_on_is_read_on(store, monkeypatch):
    recorder, reader = begin_run(store, "going on", TrainingSettings(epochs=4), total_steps=400), None
    reader = CurveReader(store.runs)
    recorder.add(steps(0, 100))
    recorder.add(epoch(1, 100, 0.8))
    (first,) = reader.read([on_disk(store, recorder)])
    assert first.steps_per_epoch == 100
    assert len(first.curves.figures) == 1
    asked = []
    read = store.runs.curves
    monkeypatch.setattr(
        store.runs, "curves", lambda run, first_step=0: asked.append(first_step) or read(run, first_step)
    )
    recorder.add(steps(100, 150))
    recorder.add(epoch(2, 200, 0.9))
    run = on_disk(store, recorder)
    (second,) = reader.read([run])
    assert asked == [100]
    assert [each.validation_accuracy for each in second.curves.figures] == [0.8, 0.9]
    assert second.curves.steps == 250
    (fresh,) = CurveReader(store.runs).read([run])
    assert second.curves.bold == fresh.curves.bold
    assert first.curves.steps == 100, "what was handed over has changed"
    asked.clear()
    reader.read([run])
    assert asked == []
    recorder.finish(STOPPED)


def test_a_run_stopped_early_is_thinned_out_by_what_it_did(store):
    recorder = begin_run(store, "stopped early", TrainingSettings(epochs=1000), total_steps=1_000_000)
    recorder.add(steps(0, 500))
    reader = CurveReader(store.runs)
    (going_on,) = reader.read([on_disk(store, recorder)])
    assert not going_on.curves.bold[0]
    recorder.finish(STOPPED)
    (ended,) = reader.read([store.runs.get(recorder.run)])
    assert len(ended.curves.bold[0]) > 200
    assert ended.curves.bold[0][-1] == 499
    assert ended.steps_per_epoch == 1000


def test_a_run_without_a_step_has_no_curve(store):
    number = keep_run(store, "nothing", is_trained=False)
    (compared,) = CurveReader(store.runs).read([store.runs.get(number)])
    assert compared.curves.bold == ([], [])
    assert compared.curves.figures == []


def test_epochs_are_found_without_settings(store):
    from dataclasses import replace

    number = keep_run(store, "unreadable")
    (compared,) = CurveReader(store.runs).read([replace(store.runs.get(number), settings=None)])
    assert compared.steps_per_epoch == 40
