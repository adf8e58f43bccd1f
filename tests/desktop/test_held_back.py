"""A network that learned nothing, or that was not finished, never takes over without being asked."""

import contextlib

import pytest

from desktop.networks.model_library import ModelLibrary
from desktop.networks.networks import Networks
from desktop.services.folders import data_folder
from desktop.services.store_service import StoreService
from desktop.settings.settings import SHIPPED, Settings
from desktop.training.data.data_cache import DataCache
from desktop.training.thread import TrainingThread
from desktop.training.training_job import TrainingJob
from desktop.training.unfinished_offer import UnfinishedOffer
from desktop.window.main_window import MainWindow
from engine.data import sources
from engine.models.model_file import load_model
from engine.settings import TrainingSettings
from engine.store.run import INTERRUPTED
from engine.store.store import Store
from engine.training import run as training_run
from engine.training.replacement import Verdict
from tests.desktop.networks.test_networks import make_model
from tests.desktop.some_runs import begin_run, keep_run
from tests.engine.store.store_writer import steps

PATIENCE_MS = 300_000
GOOD = TrainingSettings(hidden=(16,), epochs=4, batch_size=20)
HOPELESS = TrainingSettings(hidden=(16,), epochs=1, batch_size=20, optimiser="adam", learning_rate=10.0)
ENDLESS = TrainingSettings(hidden=(16,), epochs=1000, batch_size=20)


@pytest.fixture(autouse=True)
def little_data(monkeypatch):
    monkeypatch.delenv("SCRATCHPAD_DATA", raising=False)
    monkeypatch.setattr(sources, "HANDWRITING_COUNT", 900)
    monkeypatch.setattr(sources, "HANDWRITING_HELD_OUT", 300)


@pytest.fixture
def train(tmp_path, qtbot):
    cache = DataCache()

    def train(settings, in_use=None, store=None, begun=None):
        job = TrainingJob("handwriting", tmp_path / "nothing", settings, "cpu")
        library = ModelLibrary(tmp_path / "networks")
        thread = TrainingThread(job, cache, library, lambda: store, in_use=in_use)
        if begun is not None:
            thread.results_arrived.connect(lambda: begun(thread))
        with qtbot.waitSignal(thread.run_finished, timeout=PATIENCE_MS) as ended:
            thread.start()
        assert thread.wait(5000)
        return ended.args[0]

    return train


@pytest.fixture
def store(qapp):
    with contextlib.closing(Store.open(data_folder())) as made:
        yield made


def test_what_learned_nothing_is_kept_among_the_runs_alone(train, store, tmp_path):
    finished = train(HOPELESS, in_use=make_model(), store=store)
    assert finished.judgement.verdict is Verdict.LEARNED_NOTHING
    assert finished.is_held
    assert finished.path is None
    assert not list(tmp_path.glob("networks/*"))
    (run,) = store.runs.entries()
    assert load_model(run.path).provenance.validation_accuracy == finished.judgement.accuracy


def test_without_a_store_it_is_kept_among_the_networks(train):
    finished = train(HOPELESS)
    assert not finished.judgement.may_replace
    assert finished.path.is_file()


def test_it_is_compared_on_the_same_digits(train, store):
    good = train(GOOD, in_use=make_model(), store=store)
    assert good.judgement.verdict is Verdict.USABLE
    assert good.path.is_file()
    again = train(GOOD, in_use=good.model, store=store)
    assert again.judgement.former == pytest.approx(good.judgement.accuracy, abs=0.02)


def test_a_window_that_closes_leaves_an_unfinished_run(train, store):
    finished = train(ENDLESS, store=store, begun=lambda thread: thread.interrupt())
    assert finished.judgement.verdict is Verdict.UNFINISHED
    (run,) = store.runs.entries()
    assert run.state == INTERRUPTED
    assert run.path.is_file()


def wait_for_training(window, qtbot, settings):
    window.training.fields.set_settings(settings, "handwriting", "cpu")
    with qtbot.waitSignal(window.training_controller.trainer.run_finished, timeout=PATIENCE_MS):
        window.training.request_training()


def test_the_network_in_use_reads_on_and_the_new_one_is_offered(make_window, qtbot, tmp_path):
    window = make_window()
    shipped, title = window.networks.model, window.networks.title
    wait_for_training(window, qtbot, HOPELESS)
    assert window.networks.model is shipped
    assert window.reader.network_name == title
    assert "learned nothing" in window.notice.text
    assert f"“{title}” stays in use" in window.notice.text
    assert window.status.text == f"Still using {title}"
    assert Settings(tmp_path / "scratchpad.ini").network == SHIPPED
    use, smaller = window.notice._buttons
    assert (use.text(), smaller.text()) == ("Use it anyway", "Try a smaller rate")
    use.click()
    assert window.notice.isHidden()
    assert window.networks.model is not shipped
    assert window.networks.is_current(window.networks.entries()[0].path)


def test_a_smaller_rate_is_tried_at_a_click(make_window, qtbot):
    window = make_window()
    wait_for_training(window, qtbot, HOPELESS)
    with qtbot.waitSignal(window.training_controller.trainer.run_finished, timeout=PATIENCE_MS):
        window.notice._buttons[1].click()
    assert window.training.fields.learning_rate.value() == 0.002


def test_a_training_that_fails_gives_the_reading_back(make_window, qtbot, monkeypatch):
    window = make_window()
    real = training_run.finish_model
    monkeypatch.setattr("engine.training.run.finish_model", lambda *_: 1 / 0)
    wait_for_training(window, qtbot, GOOD)
    assert real is not training_run.finish_model
    assert "unexpectedly" in window.notice.text
    assert window.reader.network_name == window.networks.title


def test_the_start_after_closing_in_a_training_says_what_reads(make_window, qtbot, tmp_path, theme):
    window = make_window()
    title = window.networks.title
    window.training.fields.set_settings(ENDLESS, "handwriting", "cpu")
    with qtbot.waitSignal(window.training_controller.trainer.results_arrived, timeout=PATIENCE_MS):
        window.training.request_training()
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: "was interrupted" in again.notice.text, timeout=PATIENCE_MS)
    assert again.networks.title == title
    assert f"“{title}” is in use" in again.notice.text
    offer = again.notice._buttons[0]
    assert offer.text() == "Use the unfinished network"
    offer.click()
    assert again.networks.title != title
    again.close()
    third = make_window()
    qtbot.waitUntil(lambda: third.store_service.store is not None, timeout=PATIENCE_MS)
    assert isinstance(third, MainWindow)
    assert "was interrupted" not in third.notice.text


@pytest.fixture
def offer(qtbot, tmp_path, store):
    """What looks at the store as the next start does; the sentences and offers it came to."""
    settings = Settings(tmp_path / "s.ini")
    networks = Networks(ModelLibrary(tmp_path / "networks"), settings)
    networks.use_shipped()
    store_service = StoreService(data_folder())
    made = UnfinishedOffer(store_service, networks, settings)
    made.networks, made.told = networks, []
    made.offered.connect(lambda sentence, offers: made.told.append((sentence, offers)))
    with qtbot.waitSignal(store_service.opened, timeout=PATIENCE_MS):
        store_service.open()
    yield made
    made._later.stop()
    store_service.close()


def test_what_a_crash_left_is_offered_once(store, qtbot, tmp_path, offer):
    assert offer.told == []
    keep_run(store, "a crash", 0.951, INTERRUPTED)
    offer.look()
    ((sentence, (use,)),) = offer.told
    assert "“a crash” was interrupted after 40 of 40 steps" in sentence
    assert "95.1 %" in sentence
    use.do()
    assert offer.networks.title == "a crash"
    offer.look()
    assert len(offer.told) == 1


def test_a_run_that_may_go_on_elsewhere_is_looked_at_again(store, qtbot, offer, monkeypatch):
    recorder = begin_run(store, "going on")
    recorder.add(steps(0, 5))
    qtbot.waitUntil(lambda: recorder.path.is_file())
    offer.look()
    assert offer.told == []
    assert offer.is_waiting
    # Its program was killed, and has been silent since.
    store._writer.stop_ticking(recorder._tick)
    monkeypatch.setattr("engine.store.run.SILENCE_S", -1.0)
    offer._later.stop()
    offer.look()
    assert len(offer.told) == 1
    recorder.finish()


def test_a_run_that_came_to_its_end_is_not_offered(store, offer):
    keep_run(store, "an early crash", 0.5, INTERRUPTED)
    keep_run(store, "finished since")
    offer.look()
    assert offer.told == []
