"""Runs: what a training comes to is kept while it goes on, and found again."""

import contextlib
import math
import sqlite3
import threading
import time
from dataclasses import replace

import pytest
import torch

from engine.data.digits import Standardisation
from engine.errors import ModelFileError, StoreError
from engine.models.model import Model, Provenance
from engine.models.model_file import load_model
from engine.settings import TrainingSettings
from engine.store.run import FAILED, FINISHED, INTERRUPTED, STOPPED, TRAINING
from engine.store.run_recorder import RunDescription
from engine.store.runs import ORDERS
from engine.store.store import FILE_NAME, Store
from engine.store.writer import TICK_S
from engine.training.fit import StepsCompleted, fit
from engine.training.learner import architecture_of
from tests.engine.digit_sets import small_set
from tests.engine.store.store_writer import ARCHITECTURE, description, epoch, steps, weights_at

pytestmark = pytest.mark.threaded


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path, tick_s=None)
    yield store
    store.close()


def finished_run(store, name="a run", accuracy=0.9, count=10, **settings):
    recorder = store.runs.start(description(name, **settings))
    recorder.add(steps(0, count))
    recorder.add(epoch(1, count, accuracy))
    recorder.finish()
    return recorder.run


def test_a_real_training_comes_back_to_the_last_bit(store):
    training, validation = small_set(400).split(100, 0)
    settings = TrainingSettings(hidden=(8,), epochs=2, batch_size=50, seed=2**63 - 1, averaging=True)
    standardisation = Standardisation.of(training)
    about = RunDescription(
        "ours", training.name, settings, architecture_of(settings), standardisation, 12, "CPU", "nobody"
    )
    recorder = store.runs.start(about)
    results = list(fit(training, validation, settings, standardisation, report_interval_s=0))
    for result in results:
        recorder.add(result)
    weights = results[-1].weights
    model = Model(
        "ours, 50 %",
        about.architecture,
        weights,
        standardisation,
        Provenance(training.name, 0.5, 0.4, settings.seed),
    )
    path = recorder.finish(FINISHED, model)
    (run,) = store.runs.entries()
    assert (run.name, run.state, run.settings, run.path) == ("ours, 50 %", FINISHED, settings, path)
    assert (run.steps, run.total_steps, run.sizes, run.device) == (12, 12, (784, 8, 10), "CPU")
    assert (run.validation_accuracy, run.test_accuracy) == (0.5, 0.4)
    curves = store.runs.curves(run.id)
    told = [loss for result in results if isinstance(result, StepsCompleted) for loss in result.losses]
    assert list(curves.losses) == told
    ends = [result for result in results if not isinstance(result, StepsCompleted)]
    for name in (
        "epoch",
        "step",
        "training_loss",
        "training_accuracy",
        "validation_loss",
        "validation_accuracy",
    ):
        assert [getattr(each, name) for each in curves.epochs] == [getattr(each, name) for each in ends]
    again = load_model(run.path)
    assert all(torch.equal(again.weights[name], weights[name]) for name in weights)
    assert again.provenance.seed == settings.seed


def test_a_run_is_on_the_disk_while_it_goes_on(store, tmp_path):
    recorder = store.runs.start(description())
    recorder.add(steps(0, 30))
    recorder.add(epoch(1, 30))
    store.tick().result()
    with contextlib.closing(Store.open(tmp_path)) as other:
        (run,) = other.runs.entries()
        assert (run.state, run.steps, run.validation_accuracy) == (TRAINING, 30, 0.9)
        assert len(other.runs.curves(run.id).losses) == 30
        assert float(load_model(run.path).weights["0.bias"][0]) == 30
    recorder.finish(STOPPED)
    assert store.runs.entries()[0].state == STOPPED


def test_ticks_come_by_themselves_and_twice_in_a_second_that_may_be_lost(tmp_path):
    assert TICK_S <= 0.5
    with contextlib.closing(Store.open(tmp_path, tick_s=0.0)) as store:
        recorder, has_ticked = store.runs.start(description()), threading.Event()
        recorder.add(steps(0, 30))
        store._writer.start_ticking(has_ticked.set)  # after the recorder, which has ticked before it then
        assert has_ticked.wait(60)
        store.drawings.delete([]).result()  # what was asked for before it is done
        assert store.runs.get(recorder.run).steps == 30
        recorder.finish(STOPPED)


def test_a_long_run_that_came_in_pieces_is_whole_and_in_few_rows_at_its_end(store, tmp_path):
    recorder = store.runs.start(description())
    for first in range(0, 40_000, 100):
        recorder.add(steps(first, 100))
        if first % 10_000 == 0:
            store.tick()
    recorder.finish()
    losses = store.runs.curves(recorder.run).losses
    assert list(losses) == pytest.approx([1 / (1 + step) for step in range(40_000)])
    with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert connection.execute("SELECT count(*) FROM losses").fetchone() == (3,)


def test_handing_a_result_over_never_waits_for_the_disk(store):
    gate = threading.Event()
    store._writer.submit(lambda connection: gate.wait())
    recorder = store.runs.start(description())
    for step in range(1000):
        recorder.add(steps(step))
    gate.set()
    recorder.finish()
    assert len(store.runs.curves(recorder.run).losses) == 1000


def test_a_run_whose_program_ended_without_a_word_is_shown_as_interrupted_and_can_be_used(store, tmp_path):
    recorder = store.runs.start(description())
    recorder.add(steps(0, 20))
    store.tick()
    store.close()  # without `finish`, as if the program had been killed
    with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("UPDATE runs SET updated = updated - 60")
        connection.commit()
    with contextlib.closing(Store.open(tmp_path)) as again:
        (run,) = again.runs.entries()
        assert run.state == INTERRUPTED
        assert load_model(run.path).architecture == ARCHITECTURE
        assert len(again.runs.curves(run.id).losses) == 20


def test_a_run_that_ended_before_its_first_step_has_no_weights(store):
    recorder = store.runs.start(description())
    assert recorder.finish(FAILED, message="The loss\nstopped being a number.") is None
    (run,) = store.runs.entries()
    assert (run.state, run.message, run.path) == (FAILED, "The loss stopped being a number.", None)
    assert list(store.runs.curves(run.id).losses) == []


def test_figures_that_are_no_numbers_are_kept(store):
    recorder = store.runs.start(description())
    recorder.add(StepsCompleted(0, (1.0, math.nan, math.inf), 3, 3, weights_at(3)))
    recorder.add(replace(epoch(1, 3), validation_loss=math.nan, training_loss=math.inf))
    recorder.finish()
    curves = store.runs.curves(recorder.run)
    assert [str(loss) for loss in curves.losses] == ["1.0", "nan", "inf"]
    assert math.isnan(curves.epochs[0].validation_loss)
    assert curves.epochs[0].training_loss == math.inf


def test_weights_that_cannot_be_kept_are_told_and_the_figures_kept(tmp_path):
    (tmp_path / "runs").write_text("a file where the folder should be")
    with contextlib.closing(Store.open(tmp_path)) as store:
        recorder = store.runs.start(description())
        recorder.add(steps(0, 20))
        store.tick().result()
        assert "could not be saved" in recorder.trouble
        with pytest.raises(ModelFileError):
            recorder.finish()
        (run,) = store.runs.entries()
        assert (run.state, run.steps, run.path) == (FINISHED, 20, None)


@pytest.mark.parametrize("order", ORDERS)
def test_runs_are_sorted_by_any_column(store, order):
    for name, accuracy, count, seed in (("b", 0.8, 30, 5), ("A", 0.95, 10, 7), ("c", 0.9, 20, 1)):
        finished_run(store, name, accuracy, count, seed=seed)
    runs = store.runs.entries(order, is_descending=False)
    values = [run.settings.seed if order == "seed" else getattr(run, order) for run in runs]
    if order == "name":
        assert values == ["A", "b", "c"]
    elif order != "test_accuracy":
        assert values == sorted(values)
    up, down = ([run.id for run in store.runs.entries(order, way)] for way in (False, True))
    assert down == up[::-1]


def test_runs_without_a_figure_come_last_either_way(store):
    without = store.runs.start(description())
    without.finish()
    finished_run(store)
    for way in (False, True):
        assert store.runs.entries("validation_accuracy", way)[-1].id == without.run


def test_a_run_is_renamed_and_a_blank_name_refused(store):
    run = finished_run(store)
    store.runs.rename(run, "  my \n best\ud800 ").result()
    assert store.runs.get(run).name == "my best?"
    with pytest.raises(StoreError, match="needs a name"):
        store.runs.rename(run, "  ").result()
    with pytest.raises(StoreError, match="at most 200 characters"):
        store.runs.rename(run, "x" * 10_000).result()
    with pytest.raises(StoreError, match="no longer there"):
        store.runs.rename(run + 1, "x").result()
    with pytest.raises(StoreError, match="no longer there"):
        store.runs.get(run + 1)
    assert store.runs.get(run).name == "my best?"


def test_a_name_given_while_a_run_goes_on_stays(store):
    recorder = store.runs.start(description("as planned"))
    recorder.add(steps(0))
    store.tick().result()
    store.runs.rename(recorder.run, "my best").result()
    model = Model(
        "as it came out", ARCHITECTURE, weights_at(1), Standardisation(0.1, 0.3), Provenance("", 0.5)
    )
    recorder.finish(FINISHED, model)
    run = store.runs.get(recorder.run)
    assert (run.name, run.validation_accuracy) == ("my best", 0.5)


def test_what_changed_is_asked_for_again_and_again(store):
    old = finished_run(store)
    going_on = store.runs.start(description("going on"))
    going_on.add(steps(0, 30))
    store.tick().result()
    assert {run.id for run in store.runs.changed(0)} == {old, going_on.run}
    assert [run.id for run in store.runs.changed(time.time() + 60)] == [going_on.run]
    store.runs.delete([old]).result()
    assert [run.id for run in store.runs.changed(0)] == [going_on.run]
    going_on.finish(STOPPED)
    assert [run.state for run in store.runs.changed(0)] == [STOPPED]
    assert store.runs.changed(time.time() + 60) == []


def test_curves_are_read_on_from_any_step(store):
    recorder = store.runs.start(description())
    expected = [pytest.approx(1 / (1 + step)) for step in range(20_000)]
    for first in range(0, 20_000, 100):
        recorder.add(steps(first, 100))
        if first % 5_000 == 0:
            store.tick().result()
    for known in (15_100, 20_000):
        if known == 20_000:
            recorder.finish()
        assert store.runs.get(recorder.run).steps == known
        for first in (0, 1, 99, 100, 12_345, known - 1, known, known + 5):
            losses = store.runs.curves(recorder.run, first).losses
            assert list(losses) == expected[first:known]


def test_deleting_is_undone_until_it_is_purged(store, tmp_path):
    first, second = finished_run(store, "first"), finished_run(store, "second")
    paths = [store.runs.get(run).path for run in (first, second)]
    store.runs.delete([first]).result()
    assert [run.id for run in store.runs.entries()] == [second]
    assert [run.id for run in store.runs.entries(are_deleted=True)] == [first]
    store.runs.restore([first]).result()
    assert {run.id for run in store.runs.entries()} == {first, second}
    assert len(store.runs.curves(first).losses) == 10
    store.runs.delete([first]).result()
    assert store.runs.purge(least_age_s=3600).result() == 0
    assert store.runs.purge().result() == 1
    assert [path.exists() for path in paths] == [False, True]
    with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        for table in ("losses", "epochs"):
            assert connection.execute(f"SELECT DISTINCT run FROM {table}").fetchall() == [(second,)]
    assert store.runs.entries(are_deleted=True) == []
    assert finished_run(store) > second  # numbers are never used again


def test_a_tick_that_comes_after_the_end_changes_nothing(store):
    recorder = store.runs.start(description())
    recorder.add(steps(0, 20))
    recorder.finish(STOPPED)
    recorder._tick()
    store.drawings.delete([]).result()  # what was asked for before it is done
    assert store.runs.get(recorder.run).state == STOPPED


def test_two_runs_at_once_do_not_mix(store):
    recorders = [store.runs.start(description(name)) for name in ("one", "two")]
    for step in range(50):
        for recorder in recorders:
            recorder.add(steps(step))
    paths = {recorder.finish() for recorder in recorders}
    assert len(paths) == 2
    assert {(run.name, run.steps) for run in store.runs.entries()} == {("one", 50), ("two", 50)}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"hidden": 3}', '{"hidden": [100], "epochs": -1}'])
def test_settings_that_cannot_be_read_hide_no_run(store, tmp_path, text):
    run = finished_run(store)
    with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("UPDATE runs SET settings = ?, sizes = ?", (text, text))
        connection.commit()
    assert store.runs.get(run).settings is None
    assert store.runs.get(run).sizes == ()


def test_settings_of_a_later_version_are_read_as_far_as_they_are_known(store, tmp_path):
    run = finished_run(store, seed=5)
    with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("UPDATE runs SET settings = json_set(settings, '$.dropout', 0.5)")
        connection.commit()
    assert store.runs.get(run).settings.seed == 5
