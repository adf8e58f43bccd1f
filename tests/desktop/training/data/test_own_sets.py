"""A set of the user's own: chosen, looked at, trained on, remembered, and missed where it is gone."""

import shutil

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.settings.set_settings import KnownSet
from desktop.training.data import data_cache
from desktop.training.data.set_reading import set_key
from desktop.widgets.text.plain_text import tool_tip
from engine.settings import TrainingSettings
from tests.engine.data.sets.every_source import COUNT, SOURCES, write_source
from tests.engine.data.sets.made_sets import pictures

NAMES = {"emnist": "emnist-digits", "qmnist": "qmnist"}
FILE, FOLDER = "Choose a file…", "Choose a folder…"


def choice(window):
    return window.training.fields.data


def pick(window, text):
    choice(window).setCurrentIndex(choice(window).findText(text))


def shown_dialog(window, qtbot):
    sets = window.training_controller.sets
    qtbot.waitUntil(lambda: sets.dialog is not None)
    return sets.dialog


def use(window, qtbot, path):
    """Read a set and take it."""
    window.training_controller.sets.read(path)
    QTest.mouseClick(shown_dialog(window, qtbot).use, Qt.MouseButton.LeftButton)
    assert window.training.fields.data_name == str(path)


def train(window, qtbot):
    fields = window.training.fields
    settings = TrainingSettings(hidden=(8,), epochs=1, batch_size=32)
    fields.set_settings(settings, fields.data_name, "cpu")
    with qtbot.waitSignal(window.training_controller.trainer.run_finished) as ended:
        QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)
    return ended.args[0]


@pytest.mark.parametrize("form", SOURCES)
def test_a_set_is_chosen_shown_and_trained_on_and_read_once(window, qtbot, tmp_path, answer, readings, form):
    path = write_source(tmp_path, form)
    answer(path)
    pick(window, FOLDER if path.is_dir() else FILE)
    dialog = shown_dialog(window, qtbot)
    assert choice(window).name == "handwriting"
    name = NAMES.get(form, "mine")
    assert dialog.sentence.text().startswith(f"{name}: {COUNT} pictures of 10 classes, 12 each")
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    expected = words if form == "quick_draw" else list("0123456789")
    assert sorted(each.name for each in dialog.read.samples) == sorted(expected)
    QTest.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    assert choice(window).currentText() == name
    assert choice(window).toolTip() == tool_tip(str(path))
    assert window._settings.data == str(path)
    finished = train(window, qtbot)
    assert finished.message == ""
    assert finished.model.provenance.data == name
    assert "MNIST test" not in window.training._figures.text()
    assert train(window, qtbot).model is not None
    assert readings == [path]
    kept = window.store_service.store.runs.newest()
    assert kept.data == name


def test_letters_are_trained_on_as_digits_are(window, qtbot, tmp_path):
    images, labels = pictures(COUNT)
    path = tmp_path / "letters.npz"
    np.savez(path, images=images, labels=np.array(list("ABCD"))[labels % 4])
    use(window, qtbot, path)
    finished = train(window, qtbot)
    assert finished.model.classes.names == ("A", "B", "C", "D")
    assert finished.model.architecture.sizes == (784, 8, 4)
    assert "MNIST" not in window.training._figures.text()
    window._actions.lesson.trigger()
    runner = window._side_views.lesson.rate_runner
    with qtbot.waitSignal(runner.rate_found):
        runner.find(window.training_controller.requested_job())


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, None])
def test_nothing_changes_where_somebody_thinks_better_of_it(window, qtbot, tmp_path, answer, key):
    answer(write_source(tmp_path, "npz") if key else None)
    pick(window, FILE)
    if key:
        QTest.keyClick(shown_dialog(window, qtbot), key)
    else:
        qtbot.waitUntil(lambda: choice(window).name == "handwriting")
        assert not window.training_controller.sets.is_reading
    assert window.training_controller.sets.dialog is None
    assert choice(window).name == "handwriting"
    assert window._settings.sets.known == ()
    assert window._settings.data == ""
    assert choice(window).findText("mine") < 0


def test_what_is_no_set_is_refused_in_a_sentence_that_goes_with_the_next_try(window, qtbot, tmp_path, answer):
    (tmp_path / "notes.txt").write_text("Bread, milk\n")
    answer(tmp_path / "notes.txt")
    pick(window, FILE)
    qtbot.waitUntil(lambda: "notes.txt" in window.notice.text)
    assert "785" in window.notice.text
    assert choice(window).name == "handwriting"
    assert window._settings.sets.known == ()
    use(window, qtbot, write_source(tmp_path, "npz"))
    assert window.notice.isHidden()


def test_a_set_is_there_after_a_restart_and_trained_on(make_window, window, qtbot, tmp_path, readings):
    path = write_source(tmp_path, "csv")
    use(window, qtbot, path)
    window.close()
    again = make_window()
    assert choice(again).name == str(path)
    assert choice(again).currentText() == "mine"
    pick(again, "Built-in handwriting")
    pick(again, "mine")
    finished = train(again, qtbot)
    assert finished.model.provenance.data == "mine"
    assert readings == [path, path]


def test_a_set_that_is_gone_is_missed_when_it_is_chosen_and_at_train(window, qtbot, tmp_path):
    path = write_source(tmp_path, "idx")
    use(window, qtbot, path)
    shutil.rmtree(path)
    QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)
    assert "“mine” cannot be trained on" in window.notice.text
    assert str(path) in window.notice.text
    assert not window.training_controller.is_running
    pick(window, "Built-in handwriting")
    assert window.notice.isHidden()
    pick(window, "mine")
    assert "Bring it back" in window.notice.text
    assert choice(window).name == window._settings.data == "handwriting"


def test_one_that_goes_between_train_and_its_reading_is_told_as_well(
    window, qtbot, tmp_path, monkeypatch, held_reading
):
    path = write_source(tmp_path, "csv")
    window._settings.sets.remember(KnownSet(str(path), "mine"))
    window.training_controller.sets.show_known()
    pick(window, "mine")
    with qtbot.waitSignal(window.training_controller.trainer.run_finished):
        QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(held_reading.has_begun.is_set)
        path.unlink()
        held_reading.go_on()
    assert "mine.csv cannot be read" in window.notice.text


def test_a_training_can_be_stopped_while_its_set_is_read(window, qtbot, tmp_path, held_reading):
    path = write_source(tmp_path, "csv")
    window._settings.sets.remember(KnownSet(str(path), "mine"))
    window.training_controller.sets.show_known()
    pick(window, "mine")
    with qtbot.waitSignal(window.training_controller.trainer.run_finished) as ended:
        QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(held_reading.has_begun.is_set)
        QTest.mouseClick(window.training.stop_button, Qt.MouseButton.LeftButton)
    assert ended.args[0].was_stopped
    assert window.training.train_button.isEnabled()


def test_a_window_closes_while_a_set_is_read(window, qtbot, tmp_path, held_reading):
    window.training_controller.sets.read(write_source(tmp_path, "csv"))
    qtbot.waitUntil(held_reading.has_begun.is_set)
    assert "Reading mine.csv" in window.status.text
    window.close()  # though the reading goes on until the test lets it
    assert not held_reading.is_over.is_set()
    assert not window.training_controller.sets.is_reading


def test_a_window_closes_while_it_asks(window, qtbot, tmp_path):
    window.training_controller.sets.read(write_source(tmp_path, "npz"))
    shown_dialog(window, qtbot)
    window.close()
    assert window.training_controller.sets.dialog is None
    assert window._settings.sets.known == ()


def test_whoever_chooses_something_else_is_not_asked_about_the_set(window, qtbot, tmp_path, held_reading):
    sets = window.training_controller.sets
    sets.read(write_source(tmp_path, "csv"))
    qtbot.waitUntil(held_reading.has_begun.is_set)
    pick(window, "MNIST · not here yet")
    assert not sets.is_reading
    held_reading.go_on()
    qtbot.waitUntil(lambda: held_reading.is_over.is_set() and not sets._task._threads)
    assert sets.dialog is None
    assert choice(window).name == "mnist"


def test_a_set_that_was_written_anew_is_read_anew(window, qtbot, tmp_path, readings):
    path = write_source(tmp_path, "csv")
    use(window, qtbot, path)
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:61]))
    assert train(window, qtbot).model is not None
    assert readings == [path, path]
    data = window.training_controller.trainer.cache._data
    assert sum(map(len, (data.training, data.validation, data.test))) == 60


def test_of_a_folder_a_file_that_was_written_anew_is_seen(tmp_path):
    path = write_source(tmp_path, "idx")
    before = set_key(str(path))
    assert set_key(str(path)) == before
    with (path / "train-labels-idx1-ubyte").open("ab") as file:
        file.write(b"1")
    assert set_key(str(path)) != before


def test_a_large_set_does_not_wait_in_memory(window, qtbot, tmp_path, readings, monkeypatch):
    monkeypatch.setattr(data_cache, "MOST_WAITING_BYTES", 1000)
    path = write_source(tmp_path, "npz")
    use(window, qtbot, path)
    train(window, qtbot)
    assert readings == [path, path]


def test_a_folder_without_mnist_that_has_another_set_is_offered(window, qtbot, tmp_path):
    path = write_source(tmp_path, "idx")
    window.training_controller.mnist.use_folder(path)
    dialog = shown_dialog(window, qtbot)
    assert dialog.sentence.text().startswith("This is not MNIST, but another set. mine: 120 pictures")
    QTest.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    assert window.training.fields.data_name == str(path)
    assert window._settings.mnist_folder != path


@pytest.mark.parametrize("text", [FILE, FOLDER])
def test_mnist_chosen_as_a_set_is_mnist(window, qtbot, tmp_path, answer, monkeypatch, text):
    folder = write_source(tmp_path, "idx")
    monkeypatch.setattr("engine.data.mnist.files.has_all_files", lambda place: place == folder)
    monkeypatch.setattr("engine.data.mnist.files.check_mnist", lambda _folder: None)
    answer(next(folder.iterdir()) if text == FILE else folder)
    pick(window, text)
    qtbot.waitUntil(lambda: choice(window).name == "mnist")
    assert window._settings.data == "mnist"
    assert window._settings.mnist_folder == folder
    assert window.training_controller.sets.dialog is None
    assert choice(window).set_names == {}


def test_resetting_the_settings_forgets_sets(window, qtbot, tmp_path):
    use(window, qtbot, write_source(tmp_path, "npz"))
    window._settings.restore_defaults()
    window.training_controller.show_settings()
    assert choice(window).name == "handwriting"
    assert choice(window).findText("mine") < 0


def test_what_was_asked_for_before_there_is_an_engine_is_read_then(qtbot, theme, tmp_path, no_mnist):
    from desktop.settings.settings import Settings
    from desktop.window.main_window import MainWindow

    window = MainWindow(Settings(tmp_path / "s.ini"), theme)
    window.show()
    window.training_controller.sets.read(write_source(tmp_path, "npz"))
    assert not window.training_controller.sets.is_reading
    window.load_engine()
    shown_dialog(window, qtbot).reject()
    window.close()
    window.deleteLater()


def test_a_search_and_the_pages_of_the_lesson_take_it(window, qtbot, tmp_path, readings):
    path = write_source(tmp_path, "npz")
    use(window, qtbot, path)
    window._actions.search.trigger()
    search = window._side_views.search
    qtbot.waitUntil(lambda: "on “mine”" in search.foot._plan.text())
    window._actions.lesson.trigger()
    runner = window._side_views.lesson.step_runner
    with qtbot.waitSignal(runner.step_observed):
        runner.step(window.training_controller.requested_job())
    assert readings == [path]
