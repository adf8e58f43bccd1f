"""Processes of this machine: the same numbers as here, a process that is killed, and an end in good order."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from engine.errors import DataError
from engine.search.events import TrialProgress, TrialStarted
from engine.search.request import SearchRequest
from engine.search.search import run_search
from engine.search.store_recording import StoreRecording
from engine.search.ways import processes
from engine.search.ways.processes import Processes
from engine.store.run import FINISHED, STOPPED
from engine.store.store import Store
from tests.engine.search.searching import BASE, completed, ended, plan, search, search_data, tiny_data
from tests.engine.search.ways.quick_processes import START, context

pytestmark = pytest.mark.threaded

LONG = plan(base=replace(BASE, epochs=1000), learning_rate="0.01 0.05")


@pytest.fixture(scope="module", autouse=True)
def server():
    context()


def in_processes(jobs=2):
    return Processes(jobs, threads=1, start=START)


@pytest.mark.whole_program
def test_spawned_processes_compute_the_same_and_leave_nothing(tmp_path, monkeypatch):
    """As the program starts them, with a module to be imported anew."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    here = completed(search())
    there = sorted(completed(search(way=Processes(1, threads=1))), key=lambda each: each.trial.number)
    assert [each.trial for each in there] == [each.trial for each in here]
    assert [each.figures for each in there] == [each.figures for each in here]
    assert [each.losses for each in there] == [each.losses for each in here]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_two_at_a_time_with_their_progress():
    events = search(way=in_processes(), side_by_side=2)
    assert events[0].way == "2 processes on this machine"
    assert len(completed(events)) == 4
    assert any(isinstance(each, TrialProgress) for each in events)
    assert ended(events).best is not None


def workers(way):
    return list(way._pool._processes.values())


def test_a_process_that_is_killed_costs_no_trial_and_none_is_there_twice(tmp_path):
    store = Store.open(tmp_path, tick_s=None)
    recording, way, killed, started = StoreRecording(store), in_processes(), False, []
    base = replace(BASE, epochs=30)
    events = []
    for event in run_search(
        SearchRequest(
            plan(base=base, learning_rate="0.01..0.1 in 6"), tiny_data(), way=way, recording=recording
        )
    ):
        events.append(event)
        if isinstance(event, TrialStarted):
            started.append(event.trial.number)
        if isinstance(event, TrialProgress) and not killed:
            killed = True
            workers(way)[0].kill()
    assert killed
    assert len(started) > 6
    assert sorted(each.trial.number for each in completed(events)) == [1, 2, 3, 4, 5, 6]
    assert {each.state for each in completed(events)} == {FINISHED}
    assert len(store.searches.trials(recording.search)) == 6
    store.close()


def test_a_trial_that_kills_every_process_is_marked_in_the_end(monkeypatch):
    way = in_processes(1)
    events = []
    for event in run_search(SearchRequest(LONG, tiny_data(), way=way)):
        events.append(event)
        if isinstance(event, TrialProgress):
            workers(way)[0].kill()
    assert [each.state for each in completed(events)] == ["failed", "failed"]
    assert "ended 3 times" in completed(events)[0].message
    assert ended(events).model is None


def test_stopping_ends_the_processes_in_the_middle_of_a_trial():
    way, stops, alive = in_processes(), [], []
    for event in run_search(SearchRequest(LONG, tiny_data(), way=way, is_stopped=lambda: bool(stops))):
        if isinstance(event, TrialProgress):
            alive = workers(way)
            stops.append(True)
    assert event.state == STOPPED
    assert len(alive) == 2
    assert not any(process.is_alive() for process in alive)


def test_hopeless_trials_are_given_up_in_other_processes(monkeypatch):
    base = replace(BASE, epochs=300)
    of = plan(base=base, learning_rate="0.1 0.00001 0.00002 0.00003", halving=True)
    trials = completed(search(of, way=in_processes(1)))
    assert [each.state for each in trials] == [FINISHED, STOPPED, STOPPED, STOPPED]
    assert all(len(each.figures) < 300 for each in trials[1:])


PROGRAM = """
import multiprocessing, pathlib, sys
from engine.processes.parent_watch import end_with_parent

def work():
    end_with_parent(pathlib.Path(sys.argv[1]))
    print("begun", flush=True)
    multiprocessing.Event().wait()

if __name__ == "__main__":
    multiprocessing.get_context("spawn").Process(target=work).start()
    multiprocessing.Event().wait()
"""


def test_a_process_of_a_program_that_was_killed_ends_with_it(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    (tmp_path / "digits").mkdir()
    with subprocess.Popen(
        [sys.executable, str(path), str(tmp_path / "digits")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as started:
        assert started.stdout.readline() == "begun\n"
        started.kill()
        # The pipe comes to its end when nobody is left who could write to it.
        assert started.stdout.read() == ""
    assert not (tmp_path / "digits").exists()


def test_no_place_for_the_digits_is_said_in_a_sentence(monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(processes, "write_data", refuse)
    with pytest.raises(DataError, match="free some space"):
        Processes(1).start(search_data(), print)
