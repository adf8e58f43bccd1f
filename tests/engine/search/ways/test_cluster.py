"""A real Dask scheduler and two workers on loopback: the same numbers, a killed worker, and faults."""

import sys
from dataclasses import replace

import pytest

from engine.errors import SettingsError
from engine.search.events import TrialProgress, TrialStarted
from engine.search.request import SearchRequest
from engine.search.search import run_search
from engine.search.store_recording import StoreRecording
from engine.search.ways import cluster as clusters
from engine.search.ways.cluster import LOCAL, Cluster, check_versions
from engine.store.run import FINISHED, STOPPED
from engine.store.store import Store
from engine.training.fit import EpochCompleted, fit
from tests.engine.search.searching import BASE, completed, ended, plan, search, search_data, tiny_data
from tests.engine.search.ways.quick_processes import context, work

distributed = pytest.importorskip("distributed")

pytestmark = [
    pytest.mark.threaded,
    # Dask leaves it to the garbage collector to close some of its sockets.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def make_worker(address, folder):
    process = context().Process(target=work, args=(address, str(folder)), daemon=True)
    process.start()
    return process


class School:
    """A scheduler in this process, and two workers in processes of their own."""

    def __init__(self, folder):
        self.scheduler = distributed.LocalCluster(
            n_workers=0, processes=False, dashboard_address="127.0.0.1:0", host="127.0.0.1", protocol="tcp"
        )
        self.address = self.scheduler.scheduler_address
        self.workers = [make_worker(self.address, folder / str(number)) for number in range(2)]

    def close(self):
        for worker in self.workers:
            worker.kill()
            worker.join()
        self.scheduler.close()


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    school = School(tmp_path_factory.mktemp("workers"))
    with distributed.Client(school.address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)
    yield school
    school.close()


def on(school):
    return Cluster(school.address, patience_s=120)


def test_trials_on_a_cluster_are_those_of_fit(school):
    events = search(plan(learning_rate="0.01 0.05 0.1 0.2"), way=on(school))
    assert events[0].jobs == 2
    assert any(isinstance(each, TrialProgress) for each in events)
    assert len(completed(events)) == 4
    data = search_data()
    for trial in completed(events):
        epochs = [
            each.figures
            for each in fit(data.training, data.validation, trial.trial.settings, data.standardisation)
            if isinstance(each, EpochCompleted)
        ]
        for found, expected in zip(trial.figures, epochs, strict=True):
            assert found.validation_loss == pytest.approx(expected.validation_loss, rel=1e-4)
            assert found.validation_accuracy == pytest.approx(expected.validation_accuracy, abs=0.011)
    assert ended(events).test_accuracy is not None


def test_side_by_side_and_halving_on_a_cluster(school):
    base = replace(BASE, epochs=300)
    of = plan(base=base, learning_rate="0.1 0.00001 0.00002 0.00003", halving=True)
    end = ended(search(of, way=on(school), side_by_side=2))
    assert len(end.trials) == 4
    assert end.trials[0].state == FINISHED
    assert any(each.state == STOPPED for each in end.trials)


def test_stopping_cancels_everything(school):
    stops = []
    of = plan(base=replace(BASE, epochs=1000), learning_rate="0.01 0.02 0.05 0.1")
    for event in run_search(SearchRequest(of, tiny_data(), way=on(school), is_stopped=lambda: bool(stops))):
        if isinstance(event, TrialProgress):
            stops.append(True)
    assert event.state == STOPPED
    # The workers are free for the next search.
    assert len(completed(search(way=on(school)))) == 4


def test_a_worker_that_is_killed_costs_no_trial_and_none_is_there_twice(school, tmp_path):
    """The last of them that uses both workers."""
    store = Store.open(tmp_path, tick_s=None)
    recording, events, killed = StoreRecording(store), [], False
    base = replace(BASE, epochs=30)
    of = plan(base=base, learning_rate="0.01..0.1 in 6")
    for event in run_search(SearchRequest(of, tiny_data(), way=on(school), recording=recording)):
        events.append(event)
        if isinstance(event, TrialProgress) and not killed:
            killed = True
            school.workers[0].kill()
    assert killed
    assert sorted(each.trial.number for each in completed(events)) == [1, 2, 3, 4, 5, 6]
    assert {each.state for each in completed(events)} == {FINISHED}
    assert len({each.trial.number for each in events if isinstance(each, TrialStarted)}) == 6
    assert len(store.searches.trials(recording.search)) == 6
    store.close()


def refused(way):
    with pytest.raises(SettingsError) as caught:
        way.start(search_data(), print)
    assert caught.value.field == "scheduler"
    return str(caught.value)


def test_no_scheduler_is_said_in_a_sentence():
    assert "There is no Dask scheduler at tcp://127.0.0.1:9" in refused(
        Cluster("tcp://127.0.0.1:9", patience_s=0.5)
    )
    assert "There is no Dask scheduler at nonsense://x" in refused(Cluster("nonsense://x", patience_s=0.5))


def test_a_scheduler_without_workers_is_said_in_a_sentence():
    with distributed.LocalCluster(
        n_workers=0, processes=False, dashboard_address="127.0.0.1:0", host="127.0.0.1", protocol="tcp"
    ) as alone:
        assert "has no workers" in refused(Cluster(alone.scheduler_address, patience_s=0.5))


def versions(dask="2026.8.0", python="3.11.2.final.0"):
    return {"packages": {"distributed": dask}, "host": {"python": python}}


@pytest.mark.parametrize(
    ("scheduler", "worker", "words"),
    [
        (versions("2020.1.0"), versions(), "A scheduler of tcp://x has Dask 2020.1.0 with Python 3.11"),
        (versions(), versions(python="3.9.1"), "A worker of tcp://x has Dask 2026.8.0 with Python 3.9"),
    ],
)
def test_another_version_is_said_in_a_sentence(scheduler, worker, words):
    with pytest.raises(SettingsError) as caught:
        check_versions({"client": versions(), "scheduler": scheduler, "workers": {"a": worker}}, "tcp://x")
    assert str(caught.value).startswith(words)
    check_versions({"client": versions(), "scheduler": versions(), "workers": {"a": versions()}}, "tcp://x")


def test_another_version_of_the_program_is_said_in_a_sentence(school, monkeypatch):
    monkeypatch.setattr(clusters, "VERSION", "99.0")
    assert "and this is 99.0: install the same version there." in refused(on(school))


def missing():
    raise ModuleNotFoundError("No module named 'engine'")


def test_workers_without_the_program_are_said_in_a_sentence(school, monkeypatch):
    monkeypatch.setattr(clusters.cluster_worker, "version", missing)
    assert "cannot run this program (ModuleNotFoundError): install Scratchpad" in refused(on(school))


def test_without_dask_a_sentence_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingsError, match="pip install") as caught:
        Cluster(LOCAL)
    assert caught.value.field == "scheduler"
