"""A search that is kept: trials are runs, the best have weights, and a stopped or killed one goes on."""

import contextlib
from dataclasses import replace

import pytest

from engine.errors import ModelFileError, StoreError
from engine.models.model_file import load_model
from engine.search import kept_weights, store_recording
from engine.search import search as searching
from engine.search.events import SearchMessage, SearchStarted, TrialCompleted, TrialStarted
from engine.search.request import SearchRequest
from engine.search.search import run_search
from engine.search.store_recording import StoreRecording
from engine.store.run import FAILED, FINISHED, INTERRUPTED, STOPPED
from engine.store.store import FILE_NAME, Store
from tests.engine.search.searching import BASE, RATES, completed, ended, plan, search, tiny_data
from tests.engine.store.test_store import set_most_pages
from tests.engine.store.test_store_damage import execute

pytestmark = pytest.mark.threaded


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path, tick_s=None)
    yield store
    store.close()


def test_every_trial_is_a_run_and_the_winner_has_its_figures(store):
    recording = StoreRecording(store)
    events = search(recording=recording)
    end = ended(events)
    runs = {run.id: run for run in store.searches.trials(recording.search)}
    assert events[0].search == recording.search
    for trial in completed(events):
        run = runs[trial.run]
        assert (run.settings, run.state, run.search, run.point) == (
            trial.trial.settings,
            FINISHED,
            recording.search,
            trial.trial.point,
        )
        assert run.validation_accuracy == trial.score
        curves = store.runs.curves(run.id)
        assert curves.epochs == trial.figures
        assert curves.losses == trial.losses
        assert len(curves.losses) == 6
    best = runs[end.best.run]
    assert best.test_accuracy == end.test_accuracy
    assert load_model(best.path).provenance == end.model.provenance
    assert [run.test_accuracy for run in runs.values()].count(None) == 3
    assert store.searches.get(recording.search).state == FINISHED


def test_the_weights_of_the_best_are_kept_and_no_others(store, monkeypatch, tmp_path):
    monkeypatch.setattr(searching, "KeptWeights", lambda objective: kept_weights.KeptWeights(objective, 2))
    recording = StoreRecording(store)
    end = ended(search(plan(learning_rate="0.001..0.3 in 7"), recording=recording))
    have = {run.id for run in store.searches.trials(recording.search) if run.path is not None}
    assert have == {each.run for each in end.trials[:2]}
    assert len(list((tmp_path / "runs").iterdir())) == 2


def stopped_after(count, recording, of=RATES):
    seen = []
    for event in run_search(
        SearchRequest(of, tiny_data(), recording=recording, is_stopped=lambda: len(seen) >= count)
    ):
        if isinstance(event, TrialCompleted):
            seen.append(event)
    return event


@pytest.mark.parametrize("written", [{}, {"seed": "1 2"}], ids=str)
@pytest.mark.parametrize("sampler", ["grid", "random", "tpe"])
def test_a_stopped_search_goes_on_without_doing_anything_twice(store, sampler, written):
    if sampler == "tpe":
        pytest.importorskip("optuna")
    of = plan(sampler=sampler, trials=6, learning_rate="0.01..0.3", hidden="4..9", **written)
    whole = ended(search(of))
    recording = StoreRecording(store)
    first = stopped_after(3, recording, of)
    assert first.state == STOPPED
    assert store.searches.get(recording.search).state == STOPPED
    again = StoreRecording(store, recording.search)
    events = search(of, recording=again)
    assert isinstance(events[0], SearchStarted)
    assert (events[0].done, events[0].total) == (3, 6)
    known = [each for each in completed(events) if each.is_known]
    assert {each.trial for each in known} == {each.trial for each in first.trials}
    assert len([each for each in events if isinstance(each, TrialStarted)]) == 3
    end = ended(events)
    assert sorted(each.trial.number for each in end.trials) == [1, 2, 3, 4, 5, 6]
    assert len(store.searches.trials(recording.search)) == 6
    assert store.searches.get(recording.search).state == FINISHED
    if sampler != "tpe":
        assert [each.score for each in end.trials] == [each.score for each in whole.trials]
        assert end.best.trial == whole.best.trial
        assert end.test_accuracy == whole.test_accuracy


def test_a_killed_search_loses_the_trials_in_progress_alone(store, tmp_path):
    events = run_search(SearchRequest(RATES, tiny_data(), recording=StoreRecording(store)))
    while not isinstance(next(events), TrialCompleted):
        pass
    store.close()  # as if the program had been killed: nothing more is written
    execute(tmp_path / FILE_NAME, "UPDATE searches SET updated = updated - 60")
    with contextlib.closing(Store.open(tmp_path)) as again:
        (found,) = again.searches.entries()
        assert found.state == INTERRUPTED
        result = search(recording=StoreRecording(again, found.id))
        assert result[0].done == 1
        assert len(again.searches.trials(found.id)) == 4
    events.close()


def test_a_trial_that_failed_is_not_done_again(store):
    of = plan(batch_size="5000 100")
    recording = StoreRecording(store)
    assert stopped_after(1, recording, of).trials[0].state == FAILED
    events = search(of, recording=StoreRecording(store, recording.search))
    assert [each.state for each in completed(events)] == [FAILED, FINISHED]
    assert "300" in completed(events)[0].message


def test_another_plan_or_other_data_do_not_go_on(store):
    recording = StoreRecording(store)
    stopped_after(1, recording)
    for of, data, words in (
        (plan(base=BASE, learning_rate="0.1"), tiny_data(), "another plan"),
        (RATES, replace(tiny_data(), training=renamed(tiny_data().training)), "learned from"),
    ):
        with pytest.raises(StoreError, match=words):
            next(run_search(SearchRequest(of, data, recording=StoreRecording(store, recording.search))))


def renamed(digits):
    return replace(digits, name="other digits")


def test_weights_that_cannot_be_kept_are_said_once_and_the_search_goes_on(store, monkeypatch):
    def refuse(*_, **__):
        raise ModelFileError("The disk is full.")

    monkeypatch.setattr(store_recording, "save_model", refuse)
    events = search(recording=StoreRecording(store))
    said = [each.text for each in events if isinstance(each, SearchMessage)]
    assert said[0] == "The disk is full. The search goes on."
    assert len(said) == len(set(said))
    assert ended(events).state == FINISHED
    assert len(store.runs.entries()) == 4


def test_a_full_disk_is_said_while_the_search_goes_on_and_trials_wait_for_room(store, tmp_path):
    recording, events = StoreRecording(store), []
    base = replace(BASE, epochs=60)  # whose curves take more room than a page has
    for event in run_search(
        SearchRequest(plan(base, learning_rate="0.01..0.1 in 9"), tiny_data(), recording=recording)
    ):
        if isinstance(event, SearchStarted):
            set_most_pages(store, 1)
        events.append(event)
    said = [each.text for each in events if isinstance(each, SearchMessage)]
    assert "is full: free some space" in said[0]
    assert ended(events).state == FINISHED
    assert store.searches.get(recording.search).state != FINISHED
    set_most_pages(store, 1_000_000)
    store.close()
    with contextlib.closing(Store.open(tmp_path)) as again:
        assert again.searches.get(recording.search).state == FINISHED
        assert len(again.searches.trials(recording.search)) == 9


def test_a_store_that_may_not_be_written_to_refuses_the_search_in_a_sentence(tmp_path):
    store = Store.open(tmp_path)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        next(run_search(SearchRequest(RATES, tiny_data(), recording=StoreRecording(store))))
