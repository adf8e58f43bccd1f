"""The worker: what it hands over, how it ends, which device it falls back to."""

import threading
from dataclasses import replace

import pytest
import torch

from desktop.networks.model_library import ModelLibrary
from desktop.services.folders import handwriting_folder
from desktop.training.data.data_cache import DataCache
from desktop.training.thread import TrainingThread
from desktop.training.trainer import Trainer
from desktop.training.training_job import TrainingJob
from engine.data import sources
from engine.data.handwriting.written_digits import Handwriting
from engine.errors import DeviceError
from engine.settings import TrainingSettings
from engine.training.device import DeviceChoice
from engine.training.fit import EpochCompleted, StepsCompleted
from tests.desktop.patience import PATIENCE_MS

pytestmark = pytest.mark.threaded

SETTINGS = TrainingSettings(hidden=(16,), epochs=2, batch_size=20)


def no_store():
    return None


@pytest.fixture(autouse=True)
def little_data(monkeypatch):
    monkeypatch.setattr(sources, "HANDWRITING_COUNT", 300)
    monkeypatch.setattr(sources, "HANDWRITING_HELD_OUT", 100)


@pytest.fixture
def make_thread(tmp_path, qtbot):
    def make(settings=SETTINGS, device="cpu", cache=None, find_store=no_store):
        job = TrainingJob("handwriting", tmp_path / "nothing", settings, device)
        return TrainingThread(job, cache or DataCache(), ModelLibrary(tmp_path / "networks"), find_store)

    return make


def run(thread, qtbot):
    """Run to the end; what was handed over and how it ended."""
    with qtbot.waitSignal(thread.run_finished, timeout=60_000) as ended:
        thread.start()
    assert thread.wait(PATIENCE_MS)
    return thread.take_results(), ended.args[0]


def test_all_steps_arrive_in_order_however_slow_the_window_is(make_thread, qtbot):
    results, finished = run(make_thread(), qtbot)
    steps = [result for result in results if isinstance(result, StepsCompleted)]
    assert sum(len(chunk.losses) for chunk in steps) == 20
    assert steps[0].first_step == 0
    assert sum(chunk.examples for chunk in steps) == 400
    assert [result.epoch for result in results if isinstance(result, EpochCompleted)] == [1, 2]
    assert len(results) <= 4, "chunks that nobody took were not merged"
    assert finished.path.is_file()
    assert finished.message == ""


def test_an_interruption_before_the_first_step_leaves_no_network(make_thread, qtbot, tmp_path, monkeypatch):
    thread = make_thread()
    load = sources.load_training_data

    def interrupted_load(*arguments):
        thread.requestInterruption()
        return load(*arguments)

    monkeypatch.setattr(sources, "load_training_data", interrupted_load)
    _, finished = run(thread, qtbot)
    assert finished.was_stopped
    assert finished.model is None
    assert not list(tmp_path.glob("networks/*.safetensors"))


def test_an_unexpected_failure_is_told_and_changes_nothing(make_thread, qtbot, monkeypatch):
    monkeypatch.setattr("engine.training.fit.fit", lambda *_, **_more: 1 / 0)
    _, finished = run(make_thread(), qtbot)
    assert finished.model is None
    assert "unexpectedly" in finished.message
    assert "ZeroDivisionError" in finished.details


def test_a_device_that_fails_hands_over_to_the_cpu(make_thread, qtbot, monkeypatch):
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
    started = []
    thread = make_thread(device="auto")
    thread.run_started.connect(started.append)
    _, finished = run(thread, qtbot)
    qtbot.waitUntil(lambda: len(started) == 2)
    assert [each.device for each in started] == ["Broken card", "CPU"]
    assert "ran out of memory" in finished.message
    assert finished.path.is_file()


def test_the_same_data_are_not_made_twice(make_thread, qtbot, monkeypatch):
    cache = DataCache()
    run(make_thread(cache=cache), qtbot)
    monkeypatch.setattr("engine.data.sources.load_training_data", lambda *_: pytest.fail("made again"))
    _, finished = run(make_thread(cache=cache), qtbot)
    assert finished.model is not None


def test_the_next_program_need_not_write_the_digits_again(make_thread, qtbot, monkeypatch):
    parts = []
    write_part = Handwriting.write_part
    monkeypatch.setattr(Handwriting, "write_part", lambda writing: (parts.append(1), write_part(writing)))
    monkeypatch.setattr(sources, "HANDWRITING_COUNT", 1200)
    run(make_thread(), qtbot)
    assert len(parts) == 3
    assert [path.name for path in handwriting_folder().iterdir()] == ["digits-1200-1.npz"]
    parts.clear()
    thread = make_thread()
    told = []
    thread.preparation_progressed.connect(lambda *progress: told.append(progress))
    _, finished = run(thread, qtbot)
    assert finished.model is not None
    assert len(parts) == 1
    assert told == []


def test_a_profile_that_takes_nothing_is_no_reason_not_to_train(make_thread, qtbot):
    handwriting_folder().parent.mkdir(parents=True)
    handwriting_folder().write_text("a file where the folder should be")
    _, finished = run(make_thread(), qtbot)
    assert finished.model is not None
    assert finished.message == ""


def test_two_networks_of_one_name_are_both_kept(make_thread, qtbot, tmp_path):
    run(make_thread(), qtbot)
    run(make_thread(), qtbot)
    assert len(list(tmp_path.glob("networks/*.safetensors"))) == 2


def test_slots_of_the_trainer_run_in_the_window_s_thread(qtbot, tmp_path):
    trainer = Trainer(ModelLibrary(tmp_path / "networks"), no_store)
    threads = set()
    # A signal of the trainer itself: told in the thread in which its slot runs.
    trainer.results_arrived.connect(lambda _results: threads.add(threading.get_ident()))
    with qtbot.waitSignal(trainer.run_finished, timeout=60_000):
        trainer.start(TrainingJob("handwriting", tmp_path / "nothing", SETTINGS, "cpu"))
    assert threads == {threading.main_thread().ident}


def test_whoever_draws_gets_a_core_for_a_moment(qtbot, tmp_path, monkeypatch, held_training):
    asked = []
    monkeypatch.setattr("desktop.training.trainer._CORE_LEFT_MS", 30)
    monkeypatch.setattr(TrainingThread, "leave_a_core", lambda _thread, is_wanted: asked.append(is_wanted))
    trainer = Trainer(ModelLibrary(tmp_path / "networks"), no_store)
    trainer.leave_a_core()
    assert asked == []
    with qtbot.waitSignal(trainer.run_finished, timeout=60_000):
        endless = replace(SETTINGS, epochs=1000)
        trainer.start(TrainingJob("handwriting", tmp_path / "nothing", endless, "cpu"))
        trainer.leave_a_core()
        trainer.leave_a_core()
        qtbot.waitUntil(lambda: False in asked)
        trainer.stop()
    assert asked == [True, True, False]
    trainer.leave_a_core()
    assert len(asked) == 3
