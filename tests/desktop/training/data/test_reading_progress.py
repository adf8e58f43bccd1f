"""How far the reading of a set is can be seen, and it can be stopped: nothing has changed then."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from desktop.search.search_controller import _NOTHING
from desktop.settings.set_settings import KnownSet
from engine.settings import TrainingSettings
from tests.engine.data.sets.every_source import write_source


def by_click(dialog):
    QTest.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)


def by_space(dialog):
    assert dialog.focusWidget() is dialog.stop
    QTest.keyClick(dialog.stop, Qt.Key.Key_Space)


def by_enter(dialog):
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def by_escape(dialog):
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def by_closing(dialog):
    dialog.close()


STOPS = (by_click, by_space, by_enter, by_escape, by_closing)


@pytest.fixture
def half_read(window, qtbot, tmp_path, half_reading):
    """The controller of sets and its dialog, while a table is read to its half."""
    sets = window.training_controller.sets
    sets.read(write_source(tmp_path, "csv"))
    qtbot.waitUntil(lambda: sets.reading_dialog is not None and sets.reading_dialog.share >= 0.5)
    return sets


def choose_unread_set(window, path):
    """A set that is known from an earlier time is chosen: it is read once it is trained on."""
    window._settings.sets.remember(KnownSet(str(path), "mine"))
    window.training_controller.sets.show_known()
    choice = window.training.fields.data
    choice.setCurrentIndex(choice.findData(str(path)))
    window.training.fields.set_settings(TrainingSettings(hidden=(8,), epochs=1), str(path), "cpu")


def ends_given_up(reading, qtbot):
    """What is left behind ends with the next piece."""
    assert not reading.is_over.is_set()
    reading.go_on()
    qtbot.waitUntil(reading.is_over.is_set)
    return "was stopped" in str(reading.error)


def test_the_share_is_shown_until_the_set_is(half_read, window, qtbot, half_reading):
    dialog = half_read.reading_dialog
    assert dialog.isVisible()
    assert not dialog.isModal()  # drawing and all else goes on
    assert 0.5 <= dialog.share < 1
    assert dialog._percent.text() == f"{100 * dialog.share:.0f} %"
    assert dialog._sentence.text() == "Reading mine.csv…"
    spoken = QAccessible.queryAccessibleInterface(dialog._bar)
    assert spoken.text(QAccessible.Text.Name) == "How much of mine.csv is read"
    half_reading.go_on()
    qtbot.waitUntil(lambda: half_read.dialog is not None)
    assert half_read.reading_dialog is None
    half_read.dialog.reject()
    assert half_reading.error is None


@pytest.mark.parametrize("stop", STOPS)
def test_stop_leaves_everything_as_it_was(half_read, window, qtbot, half_reading, stop):
    stop(half_read.reading_dialog)
    assert not half_read.is_reading
    assert half_read.reading_dialog is None
    assert window.status.text == "Stopped reading mine.csv; nothing has changed"
    assert window.notice.isHidden()
    assert window.training.fields.data_name == "handwriting"
    assert window._settings.sets.known == ()
    qtbot.waitUntil(lambda: not half_read._task._threads)  # whoever watched the reading has left it
    assert ends_given_up(half_reading, qtbot)
    assert half_read.dialog is None
    assert window.status.text == "Stopped reading mine.csv; nothing has changed"


def test_the_same_set_can_be_read_after_a_stop(half_read, window, qtbot, tmp_path, half_reading):
    by_escape(half_read.reading_dialog)
    half_reading.go_on()
    half_read.read(tmp_path / "mine.csv")
    qtbot.waitUntil(lambda: half_read.dialog is not None)
    half_read.dialog.reject()


def test_whoever_chooses_something_else_is_not_shown_the_reading_any_more(half_read, window):
    choice = window.training.fields.data
    choice.setCurrentIndex(choice.findData("mnist"))
    assert half_read.reading_dialog is None
    assert not half_read.is_reading


def test_the_window_closes_with_the_dialog(half_read, window, qtbot, half_reading):
    window.close()
    assert half_read.reading_dialog is None
    assert ends_given_up(half_reading, qtbot)


def test_a_training_shows_the_share_and_obeys_stop(window, qtbot, tmp_path, half_reading):
    choose_unread_set(window, write_source(tmp_path, "csv"))
    panel = window.training
    with qtbot.waitSignal(window.training_controller.trainer.run_finished) as ended:
        QTest.mouseClick(panel.train_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: panel._bar.value() >= panel._bar.maximum() / 2)
        assert panel._pace.text() == "reading mine.csv"
        share = panel._bar.value() / panel._bar.maximum()
        assert panel._left.text() == f"{100 * share:.0f} %"
        QTest.mouseClick(panel.stop_button, Qt.MouseButton.LeftButton)
    assert ended.args[0].was_stopped
    assert window.status.text == "Stopped before the first step"
    assert window.notice.isHidden()  # nothing that would stay is said of what somebody did
    assert panel.train_button.isEnabled()
    assert ends_given_up(half_reading, qtbot)


def test_a_search_shows_the_share_and_obeys_stop(window, qtbot, tmp_path, half_reading):
    choose_unread_set(window, write_source(tmp_path, "csv"))
    window._actions.search.trigger()
    search = window._side_views.search
    qtbot.waitUntil(lambda: "on “mine”" in search.foot._plan.text())
    with qtbot.waitSignal(search.searcher.finished):
        search.start()
        qtbot.waitUntil(
            lambda: search.foot._progress.text().startswith(("reading mine.csv, 5", "reading mine.csv, 6"))
        )
        search.foot.stop_requested.emit()
    assert search.view._remark.text() == _NOTHING
    assert ends_given_up(half_reading, qtbot)


def test_the_search_for_a_rate_shows_the_share_and_obeys_stop(window, qtbot, tmp_path, half_reading):
    choose_unread_set(window, write_source(tmp_path, "csv"))
    window._actions.lesson.trigger()
    runner = window._side_views.lesson.rate_runner
    told, failures = [], []
    runner.data_progressed.connect(lambda share, words: told.append((share, words)))
    runner.failed.connect(failures.append)
    runner.find(window.training_controller.requested_job())
    qtbot.waitUntil(lambda: bool(told) and told[-1][0] >= 0.5)
    assert {words for _, words in told} == {"reading mine.csv"}
    runner.stop()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert failures == []
    assert ends_given_up(half_reading, qtbot)
