"""A search as a user goes through it: opened, started, stopped, gone on with, its networks put to work."""

import contextlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.search.search_pages import PROGRESS, SCORES, SETTINGS, TRIALS
from desktop.services.folders import data_folder
from engine.errors import ScratchpadError
from engine.search import search as engine_search
from engine.store.store import Store
from engine.training.run_states import FINISHED, STOPPED

pytestmark = pytest.mark.threaded


@pytest.fixture(autouse=True)
def few_digits(monkeypatch, no_mnist):
    """Enough to learn from; written in a moment, without MNIST."""
    monkeypatch.setattr("engine.data.sources.HANDWRITING_COUNT", 300)
    monkeypatch.setattr("engine.data.sources.HANDWRITING_HELD_OUT", 60)


@pytest.fixture(autouse=True)
def trained_in_this_program(monkeypatch):
    """A process of its own takes seconds to begin."""
    monkeypatch.setattr("desktop.search.search_form.usual_jobs", lambda _cores: 0)


@pytest.fixture
def often_shown(monkeypatch):
    """Events come into the window at once."""
    monkeypatch.setattr("desktop.search.searcher._SHOW_MS", 0)


@pytest.fixture
def window(make_window, often_shown):
    return make_window()


def opened(window, **texts):
    """The search, with these texts in its fields."""
    window._actions.search.setChecked(True)
    search = window._side_views.search
    form = search._planner.page.form
    usual = {"hidden": "5; 10", "learning_rate": "0.05 0.2", "epochs": "1", "batch_size": "60"}
    for name, text in {**usual, **texts}.items():
        form.fields[name].setText(text)
        form.fields[name].textEdited.emit(text)
    return search


def ended(search, qtbot):
    qtbot.waitUntil(lambda: not search.is_running)
    return search.record


def kept_searches():
    """What another program would find in the store: state and number of trials of each search."""
    with contextlib.closing(Store.open(data_folder())) as store:
        return [(each.state, len(store.searches.trials(each.id))) for each in store.searches.entries()]


def stop_after(monkeypatch, trials):
    """Each search stops itself once so many trials are over, as if someone had pressed Stop then."""
    run = engine_search.run_search

    def stopping(request):
        from engine.search.events import TrialCompleted

        for event in run(request):
            yield event
            if isinstance(event, TrialCompleted) and not event.is_known and event.completed >= trials:
                from PySide6.QtCore import QThread

                QThread.currentThread().requestInterruption()

    monkeypatch.setattr(engine_search, "run_search", stopping)


def test_a_link_beside_the_training_opens_it_and_start_finds_a_network(window, qtbot):
    link = next(each for each in window.training.findChildren(QPushButton) if each.text() == "Search")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    search = opened(window)
    assert search.view.isVisible()
    assert search.view.current == SETTINGS
    assert search.foot.plan.startswith("4 trainings on the built-in handwriting")
    search.foot.start_button.click()
    assert not search.foot.start_button.isEnabled()
    record = ended(search, qtbot)
    assert search.view.current == SCORES
    assert record.ended.state == FINISHED
    assert len(record.trials) == 4
    assert search.view.remark.startswith("Best: hidden layers")
    assert "about" in search.foot.plan, "the pace is known now"
    assert search.foot.trial.startswith(f"Trial {record.ended.best.trial.number}")
    assert search.foot.start_button.isEnabled()
    for page in (SCORES, PROGRESS, TRIALS):
        search.view.choose(page)
    assert search.view.page(TRIALS).model.rowCount() == 4
    search.foot.read_button.click()
    assert window.networks.model is record.ended.model
    assert "is in use now" in search.view.remark


def test_the_key_opens_and_closes_it(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_S, keys)
    qtbot.waitUntil(lambda: window._side_views.search.view.isVisible())
    QTest.keyClick(window, Qt.Key.Key_S, keys)
    qtbot.waitUntil(lambda: not window._side_views.search.view.isVisible())


def test_pages_are_made_while_nothing_else_is_to_do_and_before_they_are_chosen(window, qtbot):
    search = opened(window)
    assert search.view.page(PROGRESS) is None, "all at once would hold the pad"
    qtbot.waitUntil(lambda: search.view.page(TRIALS) is not None)
    assert search.view.current == SETTINGS
    made = {name: search.view.page(name) for name in (SCORES, PROGRESS, TRIALS)}
    assert not any(page.isVisible() for page in made.values())
    for name, page in made.items():
        search.view.choose(name)
        assert search.view.page(name) is page
        assert page.isVisible()


def test_a_page_that_is_chosen_before_it_was_prepared_is_made_once(window, qtbot):
    search = opened(window)
    for name in (PROGRESS, SCORES):
        search.view.choose(name)
    page = search.view.page(PROGRESS)
    qtbot.waitUntil(lambda: search.view.page(TRIALS) is not None)
    assert search.view.page(PROGRESS) is page


def test_a_window_that_closes_at_once_prepares_nothing_more(make_window, often_shown, qtbot):
    window = make_window()
    search = opened(window)
    window.close()
    assert search._pages._preparation.is_over
    assert search.view.page(TRIALS) is None


def test_what_stands_in_the_form_is_there_after_a_restart_until_defaults_are_restored(make_window, qtbot):
    window = make_window()
    search = opened(window, epochs="2 3")
    form = search._planner.page.form
    first = form.first_texts
    form.halving.setChecked(True)
    form.trials.setText("7")
    form.trials.textEdited.emit("7")
    search.foot.following.setChecked(True)
    written = form.texts()
    window.close()

    window = make_window()
    window._actions.search.setChecked(True)
    search = window._side_views.search
    form = search._planner.page.form
    assert form.texts() == written
    assert search.foot.following.isChecked()
    window._program_controller._on_restore_confirmed()
    assert form.texts() == first
    assert not search.foot.following.isChecked()


def test_what_is_wrong_is_said_at_the_field_and_nothing_starts(window):
    search = opened(window, learning_rate="0.5..0.1")
    search.view.choose(SCORES)
    search.foot.start_button.click()
    assert not search.is_running
    assert search.view.current == SETTINGS
    assert "0.1..0.5" in search._planner.page.form.fault
    search = opened(window, learning_rate="0.1..0.5 in 10000", momentum="0..0.9 in 1000")
    search.foot.start_button.click()
    assert not search.is_running
    assert "20,000,000" in search._planner.page.form.fault
    assert not window.training_controller.training_lock.is_taken


def test_a_search_that_was_stopped_goes_on_after_a_restart(make_window, often_shown, qtbot, monkeypatch):
    window = make_window()
    search = opened(window, optimiser="sgd adam", learning_rate="", hidden="4; 5; 6; 7; 8")
    monkeypatch.setattr("desktop.search.search_thread.TOGETHER", 1)
    with monkeypatch.context() as stopping:
        stop_after(stopping, 2)
        search.foot.start_button.click()
        record = ended(search, qtbot)
    assert record.ended.state == STOPPED
    done = len(record.trials)
    assert 2 <= done < 10
    assert search.view.remark.startswith("Stopped after")
    window.close()
    assert kept_searches() == [(STOPPED, done)]

    window = make_window()
    search = opened(window)
    qtbot.waitUntil(lambda: not search.foot.go_on_button.isHidden())
    assert f"{done} trainings are done" in search.foot.go_on_button.toolTip()
    search.foot.go_on_button.click()
    assert search._planner.page.form.fields["hidden"].text() == '"4" "5" "6" "7" "8"'
    record = ended(search, qtbot)
    assert record.ended.state == FINISHED
    assert sorted(record.trials) == list(range(1, 11))
    qtbot.waitUntil(search.foot.go_on_button.isHidden)
    window.close()
    assert kept_searches() == [(FINISHED, 10)]


def test_closing_the_window_ends_a_search_in_good_order(make_window, often_shown, qtbot):
    window = make_window()
    search = opened(window, epochs="1000", hidden="50")
    search.foot.following.setChecked(True)
    search.foot.start_button.click()
    qtbot.waitUntil(lambda: bool(search.record.under_way))
    window.close()
    assert not search.is_running
    ((state, _),) = kept_searches()
    assert state == STOPPED


def test_stop_ends_it_and_training_waits_meanwhile(window, qtbot):
    search = opened(window, epochs="1000", hidden="50")
    search.foot.start_button.click()
    qtbot.waitUntil(lambda: bool(search.record.under_way))
    window.training.request_training()
    assert not window.training_controller.is_running
    assert "A search is running" in window.notice.text
    search.choose(next(iter(search.record.under_way)))
    assert "so far" in search.foot.trial
    assert not search.foot.read_button.isEnabled()
    search.foot.stop_button.click()
    assert search.foot.stop_button.text() == "Stopping…"
    ended(search, qtbot)
    assert search.foot.stop_button.text() == "Stop"
    assert not window.training_controller.training_lock.is_taken


def test_the_pad_is_read_by_the_best_so_far_if_asked_to(window, qtbot, monkeypatch):
    former = window.networks.model
    read = []
    window.networks.network_changed.connect(read.append)
    search = opened(window)
    search.foot.following.setChecked(True)
    search.foot.start_button.click()
    qtbot.waitUntil(lambda: bool(read))
    assert "trial" in read[0].name
    ended(search, qtbot)
    assert window.networks.model is former
    assert not window.networks.is_lent


def test_settings_and_command_of_a_trial_can_be_taken(window, qtbot):
    search = opened(window)
    search.foot.start_button.click()
    record = ended(search, qtbot)
    search.choose(2)
    search.foot.train_button.click()
    settings = window.training.fields.settings()
    assert (settings.hidden, settings.learning_rate, settings.epochs) == ((5,), 0.2, 1)
    search.foot.copy_button.click()
    assert (
        QGuiApplication.clipboard().text().startswith("python -m engine train --data handwriting --hidden 5")
    )
    # Not the best: its weights come from the store.
    other = next(number for number in record.trials if number != record.ended.best.trial.number)
    search.choose(other)
    search.foot.read_button.click()
    qtbot.waitUntil(lambda: window.networks.title.endswith(f"trial {other}"))


def test_only_the_ten_best_can_read(window, qtbot):
    search = opened(window, hidden="3; 4; 5; 6; 7; 8", learning_rate="0.05 0.2")
    search.foot.start_button.click()
    record = ended(search, qtbot)
    search.choose(record.ranked()[-1].trial.number)
    search.foot.read_button.click()
    qtbot.waitUntil(lambda: "ten best" in search.view.remark)


def test_what_goes_wrong_is_told_in_a_sentence(window, qtbot, monkeypatch):
    def failing(_request):
        raise ScratchpadError("The workers are on holiday.")
        yield

    monkeypatch.setattr(engine_search, "run_search", failing)
    search = opened(window)
    search.foot.start_button.click()
    ended(search, qtbot)
    assert search.view.remark == "The workers are on holiday."
    assert search.foot.start_button.isEnabled()
    assert not window.training_controller.training_lock.is_taken


@pytest.mark.whole_program
def test_processes_of_their_own_train_as_well(window, qtbot):
    search = opened(window, hidden="5")
    jobs = search._planner.page.form.jobs
    jobs.setCurrentIndex(jobs.findData(1))
    search.foot.start_button.click()
    record = ended(search, qtbot)
    assert record.started.way == "1 process on this machine"
    assert record.ended.state == FINISHED
    assert len(record.trials) == 2


def test_a_search_without_a_store_is_run_all_the_same(window, qtbot):
    search = opened(window)
    search.searcher._find_store = lambda: None
    search.foot.start_button.click()
    record = ended(search, qtbot)
    assert record.ended.state == FINISHED
    search.foot.read_button.click()
    assert window.networks.model is record.ended.model
