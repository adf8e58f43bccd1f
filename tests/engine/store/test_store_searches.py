"""Searches in the store: trials that are whole or not there, found again after whatever happened."""

import contextlib
import sqlite3
from array import array

import pytest

from engine.errors import StoreError
from engine.models.model import Model
from engine.models.model_file import load_model, save_model
from engine.store.run import FINISHED, INTERRUPTED, STOPPED, TRAINING
from engine.store.schema import MIGRATIONS, migrate, version_of
from engine.store.search import EndedTrial
from engine.store.store import FILE_NAME, Store
from engine.training.epoch_figures import EpochFigures
from tests.engine.store.store_writer import description, drawing, epoch, steps
from tests.engine.store.test_store_damage import PAGE, change, execute

pytestmark = pytest.mark.threaded

FIGURES = (EpochFigures(1, 3, 0.5, 0.8, 0.6, 0.7), EpochFigures(2, 6, 0.4, 0.9, 0.5, 0.8))
LOSSES = array("f", [1.0, 0.9, 0.8, 0.7, 0.6, 0.5])


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path, tick_s=None)
    yield store
    store.close()


def ended_trial(search, point, seed=1, state=FINISHED, figures=FIGURES):
    about = description(f"trial {point}", seed=seed)
    return EndedTrial(search, point, about, state, "", 1.5, figures, LOSSES)


def add(store, *trial, **more):
    return store.searches.add_trial(ended_trial(*trial, **more), store.searches.new_weights())


def test_trials_are_runs_of_their_search(store):
    search = store.searches.start("rates", "MNIST", "a plan")
    first = add(store, search, 0)
    second = add(store, search, 0, seed=2)
    (found,) = store.searches.entries()
    assert (found.id, found.name, found.state, found.data, found.plan) == (
        search,
        "rates",
        TRAINING,
        "MNIST",
        "a plan",
    )
    runs = store.searches.trials(search)
    assert [(run.id, run.search, run.point) for run in runs] == [(first, search, 0), (second, search, 0)]
    assert {run.id for run in store.runs.entries()} == {first, second}
    assert (runs[0].state, runs[0].steps, runs[0].validation_accuracy, runs[0].path) == (
        FINISHED,
        6,
        0.8,
        None,
    )
    curves = store.runs.curves(first)
    assert (curves.losses, curves.epochs) == (LOSSES, FIGURES)
    store.searches.end(search, STOPPED)
    assert store.searches.get(search).state == STOPPED
    with pytest.raises(StoreError, match="no longer there"):
        store.searches.get(99)


def test_a_trial_that_comes_twice_is_there_once(store):
    search = store.searches.start("rates", "MNIST", "a plan")
    assert add(store, search, 3) == add(store, search, 3, state=STOPPED)
    assert add(store, store.searches.start("again", "MNIST", "a plan"), 3)
    assert [run.state for run in store.searches.trials(search)] == [FINISHED]


def test_weights_come_and_go_and_the_run_stays(store):
    search = store.searches.start("rates", "MNIST", "a plan")
    about, weights = description(), store.searches.new_weights()
    model = Model(
        "winner", about.architecture, epoch(1, 1).weights, about.standardisation, provenance_of(0.9, 0.8)
    )
    save_model(model, weights, is_private=True)
    run = store.searches.add_trial(ended_trial(search, 0), weights)
    store.searches.name_winner(run, model)
    (found,) = store.searches.trials(search)
    assert (found.name, found.test_accuracy, found.path) == ("winner", 0.8, weights)
    assert load_model(found.path).name == "winner"
    store.searches.remove_weights(run)
    store.searches.remove_weights(run)
    store.searches.remove_weights(99)
    assert store.searches.trials(search)[0].path is None


def provenance_of(validation, test):
    from engine.models.model import Provenance

    return Provenance("MNIST", validation, test)


def test_a_search_whose_program_was_killed_can_go_on_elsewhere(store, tmp_path):
    search = store.searches.start("rates", "MNIST", "a plan")
    add(store, search, 0)
    with contextlib.closing(Store.open(tmp_path)) as other:
        assert other.searches.get(search).state == TRAINING
        with pytest.raises(StoreError, match="Another program"):
            other.searches.go_on(search)
    store.close()  # without `end`, as if the program had been killed
    execute(tmp_path / FILE_NAME, "UPDATE searches SET updated = updated - 60")
    with contextlib.closing(Store.open(tmp_path)) as again:
        assert again.searches.get(search).state == INTERRUPTED
        again.searches.go_on(search)
        assert again.searches.get(search).state == TRAINING
        assert len(again.searches.trials(search)) == 1


def test_a_search_that_runs_says_so_between_its_trials(store, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.store.searches._WORD_S", 0.0)
    search = store.searches.start("rates", "MNIST", "a plan")
    execute(tmp_path / FILE_NAME, "UPDATE searches SET updated = updated - 60")
    store.tick().result()
    with contextlib.closing(Store.open(tmp_path)) as other:
        assert other.searches.get(search).state == TRAINING
    store.searches.end(search, FINISHED)
    assert store.searches.get(search).state == FINISHED


def first_version(path):
    """A store as it was before searches, with a drawing and a run."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection, MIGRATIONS[:1])
        connection.execute(
            "INSERT INTO runs (name, created, session, updated, state, data, settings, sizes, seed, "
            "total_steps, weights) "
            "VALUES ('old', '2026-01-01', 's', 1, 'finished', 'MNIST', '{}', '[784, 10]', 1, 10, 'w')"
        )
        connection.execute(
            "INSERT INTO drawings (created, label, ink, fingerprint) VALUES ('2026', 7, ?, 'f')",
            ('{"strokes": [[[0, 0], [5, 5]]]}',),
        )


def test_a_store_from_before_searches_is_brought_up_to_date(tmp_path):
    first_version(tmp_path / FILE_NAME)
    with contextlib.closing(Store.open(tmp_path)) as store:
        assert store.notice == ""
        (run,) = store.runs.entries()
        assert (run.name, run.search, run.point) == ("old", None, None)
        assert store.searches.entries() == []
        add(store, store.searches.start("new", "MNIST", "a plan"), 0)
    with contextlib.closing(Store.open(tmp_path)) as store:
        assert store.notice == ""
        assert len(store.runs.entries()) == 2
    with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert version_of(connection) == len(MIGRATIONS)


def test_a_damaged_store_keeps_old_runs_and_searches(tmp_path):
    path = tmp_path / FILE_NAME
    first_version(path)
    with contextlib.closing(Store.open(tmp_path)) as store:
        search = store.searches.start("new", "MNIST", "a plan")
        add(store, search, 0)
        add(store, search, 1)
        store.drawings.add(drawing(1), "1").result()
        recorder = store.runs.start(description("by itself"))
        recorder.add(steps(0, 10))
        recorder.finish()
    change(path, 0, bytes(100))
    with contextlib.closing(Store.open(tmp_path)) as store:
        assert "2 drawings and 4 runs could be recovered, and" in store.notice
        assert [run.point for run in store.searches.trials(search)] == [0, 1]
        assert store.searches.get(search).plan == "a plan"
        assert {run.name for run in store.runs.entries() if run.search is None} == {"old", "by itself"}


def test_trials_of_a_search_that_is_lost_are_runs_by_themselves(tmp_path):
    path = tmp_path / FILE_NAME
    with contextlib.closing(Store.open(tmp_path)) as store:
        add(store, store.searches.start("new", "MNIST", "a plan"), 0)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'searches'").fetchone()
    change(path, (root - 1) * PAGE, b"\xff" * PAGE)
    with contextlib.closing(Store.open(tmp_path)) as store:
        assert store.searches.entries() == []
        assert [(run.search, run.point) for run in store.runs.entries()] == [(None, None)]


def test_a_search_that_is_damaged_hides_no_other(store, tmp_path):
    search = store.searches.start("whole", "MNIST", "a plan")
    store.searches.start("damaged", "MNIST", "a plan")
    execute(tmp_path / FILE_NAME, f"UPDATE searches SET plan = x'00ff' WHERE id <> {search}")
    assert [each.name for each in store.searches.entries()] == ["whole"]
