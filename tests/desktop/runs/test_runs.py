"""All runs as a user goes through them: opened, sorted, compared, renamed, deleted, put back to work."""

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop.results.results_controller import RUNS
from desktop.runs.comparison_plot import ACCURACY, LOG_LOSS, LOSS
from desktop.runs.run_columns import COLUMNS, NAME, place_of
from desktop.services.folders import data_folder, use_profile
from desktop.settings.set_settings import KnownSet
from desktop.settings.settings import Settings
from desktop.window.main_window import MainWindow
from engine.models.model_file import load_model
from engine.settings import TrainingSettings
from engine.store.run import FAILED, FINISHED, INTERRUPTED, STOPPED
from engine.store.store import FILE_NAME, Store
from tests.desktop import training_program
from tests.desktop.some_runs import begin_run, keep_run
from tests.engine.store.store_writer import steps

ROOT = Path(__file__).parents[3]
PATIENCE_MS = 300_000
UNDO = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture(autouse=True)
def few_digits(monkeypatch, any_network_will_do):
    """Enough to learn from; written in a moment, without MNIST."""
    monkeypatch.delenv("SCRATCHPAD_DATA", raising=False)
    monkeypatch.setattr("engine.data.held_out.HANDWRITING_COUNT", 300)
    monkeypatch.setattr("engine.data.sources.HANDWRITING_COUNT", 600)
    monkeypatch.setattr("engine.data.sources.HANDWRITING_HELD_OUT", 100)


@pytest.fixture
def often_refreshed(monkeypatch):
    """The list is asked for many times a second, where the window asks once."""
    monkeypatch.setattr("desktop.runs.runs_controller._REFRESH_MS", 50)


@pytest.fixture
def store(qapp):
    """The store that the window will open, to put runs into first."""
    store = Store.open(data_folder())
    yield store
    store.close()


@pytest.fixture
def three(store):
    """Three runs, the newest last, whose names sort the other way round."""
    numbers = [keep_run(store, name, accuracy) for name, accuracy in (("c", 0.7), ("b", 0.9), ("a", 0.8))]
    store.close()
    return numbers


@pytest.fixture
def window(make_window):
    window = make_window()
    window.training.fields.set_settings(
        TrainingSettings(hidden=(), epochs=2, batch_size=50), "handwriting", "cpu"
    )
    return window


def opened(window, qtbot, count):
    """The page of runs, once it shows so many."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window._actions.runs.trigger()
    page = window._side_views.results.runs.page
    qtbot.waitUntil(lambda: len(page.model.runs) == count, timeout=PATIENCE_MS)
    return page


def names(page):
    return [run.name for run in page.model.runs]


def choose(page, name):
    """Go to a run, by name."""
    run = next(run for run in page.model.runs if run.name == name)
    page.table.choose(run.id)
    return run


def column(page, key):
    page.table.setCurrentIndex(page.model.index(page.table.currentIndex().row(), place_of(key)))


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(page.table, key, modifier)


def kept_runs():
    """What another program would find in the store."""
    with contextlib.closing(Store.open(data_folder())) as store:
        return store.runs.entries()


def test_a_link_beside_the_training_opens_it_directly(three, window, qtbot):
    link = next(each for each in window.training.findChildren(QPushButton) if each.text() == "All runs")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    results = window._side_views.results
    assert results.view.current == RUNS
    assert results.runs.page.isVisible()
    assert not results.is_busy, "digits were read although nobody asked for that"
    assert results.view._remark.isHidden()
    results.view.choose("Losses")
    qtbot.waitUntil(lambda: results.results is not None, timeout=PATIENCE_MS)
    assert results.view._remark.isVisible()


def test_an_empty_table_says_what_to_do(window, qtbot):
    page = opened(window, qtbot, 0)
    qtbot.waitUntil(lambda: page.empty_words.startswith("No runs yet"), timeout=PATIENCE_MS)
    assert not page.table.isVisible()


def test_runs_are_listed_with_all_that_is_known_of_them(three, window, qtbot):
    page = opened(window, qtbot, 3)
    assert page.empty_words == ""
    assert names(page) == ["a", "b", "c"]
    row = {each.key: page.model.data(page.model.index(0, place)) for place, each in enumerate(COLUMNS)}
    assert row["created"].startswith(("today", "yesterday"))
    assert (row["state"], row["sizes"], row["validation_accuracy"]) == ("finished", "784-10", "80.00 %")
    assert (row["learning_rate"], row["batch_size"], row["epochs"], row["seed"]) == ("0.05", "64", "5", "1")
    assert page.table.hasFocus()
    assert page.table.current == three[2]
    assert "mini-batches of 64" in page.details


def test_a_header_sorts_and_so_does_a_key_and_it_is_remembered(three, window, make_window, qtbot):
    page = opened(window, qtbot, 3)
    header = page.table.horizontalHeader()
    name_at = QPoint(header.sectionViewportPosition(NAME) + 20, header.height() // 2)
    for expected in (["a", "b", "c"], ["c", "b", "a"]):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=name_at)
        assert names(page) == expected
    column(page, "validation_accuracy")
    current = page.table.current
    press(page, Qt.Key.Key_S)
    assert names(page) == ["b", "a", "c"]
    assert page.table.current == current
    press(page, Qt.Key.Key_S)
    assert names(page) == ["c", "a", "b"]
    window.close()
    assert names(opened(make_window(), qtbot, 3)) == ["c", "a", "b"]


def test_the_current_run_has_its_curve_until_others_are_ticked(three, window, qtbot):
    page = opened(window, qtbot, 3)
    plot = page.plot
    qtbot.waitUntil(lambda: len(plot.shown) == 1, timeout=PATIENCE_MS)
    assert plot.hint == ""
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(plot.shown) == 2, timeout=PATIENCE_MS)
    assert set(page.model.compared) == {three[2], three[0]}
    plot.choose(ACCURACY)
    assert [values for _, values in plot.shown] == [[0.8], [0.7]]
    epochs, losses = (plot.choose(LOSS), plot.shown[0])[1]
    assert epochs[0] < epochs[-1] <= 5
    plot.choose(LOG_LOSS)
    assert 10 ** plot.shown[0][1][-1] == pytest.approx(losses[-1])
    press(page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(plot.shown) == 1, timeout=PATIENCE_MS)


def test_a_tick_is_set_with_the_mouse(three, window, qtbot):
    page = opened(window, qtbot, 3)
    cell = page.table.visualRect(page.model.index(1, NAME))
    box = QPoint(cell.left() + 18, cell.center().y())
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert list(page.model.compared) == [three[1]]


def test_a_ninth_tick_is_refused_in_a_sentence(store, window, qtbot):
    numbers = [keep_run(store, f"run {number}", is_trained=False) for number in range(9)]
    page = opened(window, qtbot, 9)
    for number in numbers:
        page.table.choose(number)
        press(page, Qt.Key.Key_Space)
    assert len(page.model.compared) == 8
    assert page.notice.text.startswith("8 runs at most")
    qtbot.waitUntil(lambda: page.plot.hint == "No loss was saved", timeout=PATIENCE_MS)


def test_a_run_is_renamed_in_place(three, window, qtbot):
    page = opened(window, qtbot, 3)
    choose(page, "b")
    press(page, Qt.Key.Key_F2)
    editor = page.table.findChild(QLineEdit)
    editor.setText("  my   best ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(page)[1] == "my best")
    qtbot.waitUntil(lambda: [run.name for run in kept_runs()] == ["a", "my best", "c"])
    assert page.notice.text == ""
    press(page, Qt.Key.Key_F2)
    QTest.keyClick(page.table.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert names(page)[1] == "my best"


def test_a_renamed_run_goes_by_that_name_in_the_menu_and_when_it_is_read_again(three, window, qtbot):
    page = opened(window, qtbot, 3)
    choose(page, "b")
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.networks.title == "b", timeout=PATIENCE_MS)
    page.model.setData(page.model.index(page.model.row_of(three[1]), NAME), "my best")
    qtbot.waitUntil(lambda: window.networks.title == "my best", timeout=PATIENCE_MS)
    assert [entry.title for entry in window.networks.entries()] == ["my best"]
    window.networks.use_shipped()
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.networks.title == "my best", timeout=PATIENCE_MS)
    assert [entry.title for entry in window.networks.entries()] == ["my best"]


def test_what_was_read_before_a_renaming_does_not_bring_the_old_name_back(three, window, qtbot):
    page = opened(window, qtbot, 3)
    before = list(page.model.runs)
    page.model.setData(page.model.index(page.model.row_of(three[1]), NAME), "my best")
    window._side_views.results.runs._on_runs_changed(before)
    assert names(page) == ["a", "my best", "c"]
    qtbot.waitUntil(lambda: kept_runs()[1].name == "my best", timeout=PATIENCE_MS)


@pytest.mark.parametrize(
    ("name", "words"), [("   ", "needs a name"), ("x" * 10_000, "at most 200 characters")]
)
def test_a_name_that_is_none_is_refused_and_the_old_one_stays(three, window, qtbot, name, words):
    page = opened(window, qtbot, 3)
    index = page.model.index(page.model.row_of(three[1]), NAME)
    page.model.setData(index, name)
    qtbot.waitUntil(lambda: words in page.notice.text, timeout=PATIENCE_MS)
    assert names(page) == ["a", "b", "c"]


def test_runs_are_deleted_and_brought_back(three, window, qtbot):
    page = opened(window, qtbot, 3)
    choose(page, "b")
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(page) == ["a", "c"], timeout=PATIENCE_MS)
    assert page.model.compared == {}
    assert page.notice.text == "“b” deleted."
    assert page.table.selected == [page.table.current]
    page.table.selectAll()
    press(page, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.empty_words.startswith("No runs yet"), timeout=PATIENCE_MS)
    assert page.notice.text == "2 runs deleted."
    assert kept_runs() == []
    page.notice.undo.click()
    qtbot.waitUntil(lambda: names(page) == ["a", "c"], timeout=PATIENCE_MS)
    page.table.setFocus()
    drawn = window.document.history.count
    press(page, *UNDO)
    qtbot.waitUntil(lambda: names(page) == ["a", "b", "c"], timeout=PATIENCE_MS)
    assert window.document.history.count == drawn
    assert page.table.selected == [three[1]]
    assert list(page.model.compared) == [three[1]]
    assert not page.notice.undo.isVisible()
    press(page, *UNDO)
    assert {run.id for run in kept_runs()} == set(three)
    assert all(run.path is not None for run in kept_runs())


def test_undo_is_the_tables_while_it_has_the_keys_and_the_pads_afterwards(three, window, qtbot):
    window._actions.random.trigger()
    page = opened(window, qtbot, 3)
    press(page, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(names(page)) == 2, timeout=PATIENCE_MS)
    press(page, *UNDO)
    qtbot.waitUntil(lambda: len(names(page)) == 3, timeout=PATIENCE_MS)
    assert not window.document.is_empty
    window._actions.results.setChecked(False)
    QTest.keyClick(window.canvas, *UNDO)
    assert window.document.is_empty


def test_the_network_of_a_run_reads_again_and_after_a_restart(three, window, make_window, qtbot, monkeypatch):
    monkeypatch.setattr("desktop.runs.run_notice._FADE_MS", 50)
    page = opened(window, qtbot, 3)
    said, tell = [], page.notice.show_notice
    monkeypatch.setattr(
        page.notice, "show_notice", lambda words, *how: (said.append(words), tell(words, *how))
    )
    run = choose(page, "b")
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "“b” is in use now." in said, timeout=PATIENCE_MS)
    assert window.networks.title == "b"
    qtbot.waitUntil(lambda: page.notice.text == "")
    wanted = load_model(run.path).weights
    assert all(torch.equal(window.networks.model.weights[name], weights) for name, weights in wanted.items())
    assert len(window.networks.entries()) == 1
    press(page, Qt.Key.Key_Return)
    page.table.doubleClicked.emit(page.table.currentIndex())
    choose(page, "a")
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.networks.title == "a", timeout=PATIENCE_MS)
    assert len(window.networks.entries()) == 2, "the same network was kept twice"
    window.close()
    assert make_window().networks.title == "a"


def test_a_network_reads_under_the_name_that_its_run_was_given(three, window, qtbot):
    page = opened(window, qtbot, 3)
    page.model.setData(page.model.index(page.model.row_of(three[1]), NAME), "my best")
    for _ in range(2):
        choose(page, "my best")
        press(page, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.networks.title == "my best", timeout=PATIENCE_MS)
        window.networks.use_shipped()
    assert [entry.title for entry in window.networks.entries()] == ["my best"]


def test_a_run_without_weights_says_so(store, window, qtbot):
    keep_run(store, "none", state=FAILED, is_trained=False)
    page = opened(window, qtbot, 1)
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.notice.text == "“none” has no weights to use. Choose another run.")
    press(page, Qt.Key.Key_W)
    assert page.notice.text == "“none” has no weights to save: choose another run."
    assert page.details.endswith("It has no weights.")
    assert window.networks.is_shipped


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_weights_that_are_gone_or_damaged_say_so(three, window, qtbot, harm, monkeypatch, tmp_path):
    page = opened(window, qtbot, 3)
    run = choose(page, "b")
    if harm == "missing":
        run.path.unlink()
    else:
        run.path.write_bytes(run.path.read_bytes()[:100])
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: page.notice.text.startswith("The weights of “b” cannot be used. "), timeout=PATIENCE_MS
    )
    assert window.networks.is_shipped
    monkeypatch.setattr(
        "desktop.dialogs.file_dialogs.save_network", lambda _parent: tmp_path / "b.safetensors"
    )
    press(page, Qt.Key.Key_W)
    assert page.notice.text.startswith("The network of “b” could not be saved. ")
    assert not (tmp_path / "b.safetensors").exists()


def test_a_network_that_cannot_be_kept_reads_all_the_same(three, window, qtbot):
    window.networks.library.folder.parent.mkdir(parents=True, exist_ok=True)
    window.networks.library.folder.write_text("a file where the folder should be")
    page = opened(window, qtbot, 3)
    choose(page, "b")
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.networks.title == "b", timeout=PATIENCE_MS)
    assert page.notice.text.startswith("“b” is in use now. ")
    assert len(page.notice.text) > len("“b” is in use now. ")


def test_the_network_of_a_run_is_written_to_a_file(three, window, qtbot, monkeypatch, tmp_path):
    page = opened(window, qtbot, 3)
    run = choose(page, "b")
    monkeypatch.setattr("desktop.dialogs.file_dialogs.save_network", lambda _parent: None)
    press(page, Qt.Key.Key_W)
    assert page.notice.text == ""
    for suffix in (".safetensors", ".pt"):
        monkeypatch.setattr(
            "desktop.dialogs.file_dialogs.save_network",
            lambda _parent, suffix=suffix: tmp_path / f"mine{suffix}",
        )
        press(page, Qt.Key.Key_W)
        assert page.notice.text == f"Saved mine{suffix}."
        assert (tmp_path / f"mine{suffix}").is_file()
    written = load_model(tmp_path / "mine.safetensors")
    assert torch.equal(written.weights["0.bias"], load_model(run.path).weights["0.bias"])
    assert window.networks.is_shipped


def test_its_settings_go_into_the_training_panel(store, window, qtbot):
    settings = TrainingSettings(
        (20, 30), "elu", 7, 32, 0.01, warps=True, seed=9, optimiser="adam", level=4, momentum=0.8
    )
    keep_run(store, "mine", settings=settings, data="built-in handwriting")
    keep_run(store, "of others", settings=TrainingSettings(), data="my drawings")
    page = opened(window, qtbot, 2)
    choose(page, "mine")
    press(page, Qt.Key.Key_U)
    fields = window.training.fields
    assert fields.settings() == settings
    assert fields.data_name == "handwriting"
    assert "press Train" in page.notice.text
    choose(page, "of others")
    press(page, Qt.Key.Key_U)
    assert fields.settings() == TrainingSettings()
    assert fields.data_name == "handwriting"
    path = str(data_folder() / "drawings.csv")
    window._settings.sets.remember(KnownSet(path, "my drawings"))
    window.training_controller.sets.show_known()
    press(page, Qt.Key.Key_U)
    assert fields.data_name == window._settings.data == path


def test_settings_of_another_version_are_not_guessed(store, window, qtbot):
    keep_run(store, "unreadable")
    with contextlib.closing(sqlite3.connect(data_folder() / FILE_NAME)) as connection:
        connection.execute("UPDATE runs SET settings = '{}'")
        connection.commit()
    page = opened(window, qtbot, 1)
    before = window.training.fields.settings()
    press(page, Qt.Key.Key_U)
    assert page.notice.text == "The settings of this run were written by another version and cannot be read."
    assert window.training.fields.settings() == before


def test_a_training_is_seen_in_the_table_as_it_goes_on(window, qtbot, held_training):
    window.training.fields.set_settings(
        TrainingSettings(hidden=(), epochs=1000, batch_size=8), "handwriting", "cpu"
    )
    window.training.request_training()
    page = opened(window, qtbot, 1)
    runs = window._side_views.results
    assert runs.results is None
    qtbot.waitUntil(lambda: page.model.run_at(0).steps > 0, timeout=PATIENCE_MS)
    seen = page.model.run_at(0).steps
    held_training.go_on(50)  # of a thousand: enough for a point of its curve
    qtbot.waitUntil(lambda: page.model.run_at(0).steps > seen, timeout=PATIENCE_MS)
    state = page.model.data(page.model.index(0, place_of("state")))
    assert state.startswith("training ")
    qtbot.waitUntil(lambda: len(page.plot.shown[0][0]) > 0, timeout=PATIENCE_MS)
    press(page, Qt.Key.Key_Return)
    assert page.notice.text.startswith("A training is running")
    window.training_controller.stop()
    qtbot.waitUntil(lambda: page.model.run_at(0).state == STOPPED, timeout=PATIENCE_MS)
    assert page.model.run_at(0).path is not None


def test_closing_while_it_trains_keeps_the_run_as_interrupted(window, qtbot, held_training):
    window.training.fields.set_settings(
        TrainingSettings(hidden=(), epochs=1000, batch_size=8), "handwriting", "cpu"
    )
    with qtbot.waitSignal(window.training_controller.trainer.results_arrived, timeout=PATIENCE_MS):
        window.training.request_training()
    window.close()
    (run,) = kept_runs()
    assert (run.state, run.name) == (INTERRUPTED, load_model(run.path).name)
    assert 0 < run.steps < run.total_steps


def test_a_training_asked_for_before_all_is_ready_is_kept_too(theme, qtbot, tmp_path):
    window = MainWindow(Settings(tmp_path / "s.ini"), theme)
    window.show()
    window.training.fields.set_settings(TrainingSettings(hidden=(), epochs=1), "handwriting", "cpu")
    window.training.request_training()
    with qtbot.waitSignal(window.training_controller.trainer.run_finished, timeout=PATIENCE_MS):
        window.load_engine()
    window.close()
    window.deleteLater()
    assert [run.state for run in kept_runs()] == [FINISHED]


@pytest.mark.whole_program
def test_a_window_that_is_killed_while_it_trains_leaves_a_run_that_comes_up_and_can_read(
    make_window, qtbot, tmp_path, monkeypatch
):
    folder = tmp_path / "killed"
    program = subprocess.Popen(
        [sys.executable, "-m", training_program.__name__, folder], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with program:
        told = 0
        for line in program.stdout:
            told = int(line)
            if told > 100:
                break
        program.kill()
    assert told > 100
    with monkeypatch.context() as patched:
        patched.setattr("engine.store.run.SILENCE_S", 0.0)
        with contextlib.closing(Store.open(folder / "data")) as store:
            assert store.notice == ""
            (run,) = store.runs.entries()
            assert (run.state, run.settings) == (INTERRUPTED, training_program.SETTINGS)
            assert run.steps >= told
            assert len(store.runs.curves(run.id).losses) == run.steps
            assert load_model(run.path).architecture.sizes == (784, 16, 10)
    monkeypatch.setattr("engine.store.run.SILENCE_S", 0.2)
    use_profile(folder)
    try:
        window = make_window()
        page = opened(window, qtbot, 1)
        qtbot.waitUntil(lambda: page.model.run_at(0).state == INTERRUPTED, timeout=PATIENCE_MS)
        run = page.model.run_at(0)
        assert run.steps >= told
        page.plot.choose(LOSS)
        qtbot.waitUntil(
            lambda: len(page.plot.shown) == 1 and page.plot.shown[0][0] != [], timeout=PATIENCE_MS
        )
        press(page, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.networks.title == run.name, timeout=PATIENCE_MS)
        assert window.networks.model.architecture.sizes == (784, 16, 10)
        window.close()
    finally:
        use_profile(None)


def test_a_store_that_is_another_programs_is_said_in_place_of_the_table(make_window, qtbot):
    data_folder().mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(data_folder() / FILE_NAME)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()
    window = make_window()
    qtbot.waitUntil(lambda: "another program's" in window.notice.text, timeout=PATIENCE_MS)
    page = opened(window, qtbot, 0)
    assert "another program's" in page.empty_words
    window.training.fields.set_settings(TrainingSettings(hidden=(), epochs=1), "handwriting", "cpu")
    window.notice.hide()
    with qtbot.waitSignal(window.training_controller.trainer.run_finished, timeout=PATIENCE_MS) as ended:
        window.training.request_training()
    assert ended.args[0].path.is_file()
    assert window.notice.isHidden(), "it was said once that nothing is kept"


def test_a_store_of_a_newer_version_can_be_looked_at_and_not_changed(three, make_window, qtbot):
    with contextlib.closing(sqlite3.connect(data_folder() / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("ALTER TABLE runs ADD COLUMN mood TEXT")
        connection.commit()
    window = make_window()
    page = opened(window, qtbot, 3)
    choose(page, "b")
    press(page, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "newer version" in page.notice.text, timeout=PATIENCE_MS)
    assert names(page) == ["a", "b", "c"]
    page.show_notice("")
    page.model.setData(page.model.index(1, NAME), "another")
    qtbot.waitUntil(lambda: "newer version" in page.notice.text, timeout=PATIENCE_MS)
    assert names(page) == ["a", "b", "c"]
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.networks.title == "b", timeout=PATIENCE_MS)


def test_a_store_that_is_locked_says_so_and_keeps_the_row(three, window, qtbot, monkeypatch):
    monkeypatch.setattr("engine.store.connection._WRITING_PATIENCE_S", 0.0)
    page = opened(window, qtbot, 3)
    window.store_service.store._writer._connection.execute("PRAGMA busy_timeout = 0")
    with contextlib.closing(sqlite3.connect(data_folder() / FILE_NAME)) as other:
        other.execute("BEGIN IMMEDIATE")
        press(page, Qt.Key.Key_Delete)
        qtbot.waitUntil(lambda: page.notice.text != "", timeout=PATIENCE_MS)
        assert page.notice.text.endswith(".")
        assert names(page) == ["a", "b", "c"]
        other.rollback()
    press(page, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(page) == ["b", "c"], timeout=PATIENCE_MS)


def test_what_cannot_be_read_is_said(often_refreshed, three, window, qtbot):
    page = opened(window, qtbot, 3)
    (data_folder() / FILE_NAME).unlink()
    qtbot.waitUntil(lambda: page.notice.text != "", timeout=PATIENCE_MS)
    assert page.notice.text.endswith(".")
    assert len(page.model.runs) == 3
    told = []
    window._side_views.results.runs._thread.reading_failed.connect(told.append)
    qtbot.waitUntil(lambda: len(told) > 1 and told[-1] == told[-2], timeout=PATIENCE_MS)
    page.show_notice("")
    seen = len(told)
    qtbot.waitUntil(lambda: len(told) > seen, timeout=PATIENCE_MS)
    assert page.notice.text == "", "it is said again and again"


def test_a_recording_that_fails_is_told_once(window, qtbot, monkeypatch):
    from engine.errors import StoreError

    def refuse(*_arguments):
        raise StoreError("The disk is full: free some space.")

    monkeypatch.setattr("engine.store.run_recorder.RunRecorder.finish", refuse)
    for expected in ("The run is not kept. The disk is full: free some space.", ""):
        window.notice.hide()
        with qtbot.waitSignal(window.training_controller.trainer.run_finished, timeout=PATIENCE_MS) as ended:
            window.training.request_training()
        assert ended.args[0].path.is_file()
        assert ("" if window.notice.isHidden() else window.notice.text) == expected


def test_a_thousand_runs_are_not_read_again_and_again(often_refreshed, store, window, qtbot):
    number = keep_run(store, "one of many")
    with contextlib.closing(sqlite3.connect(data_folder() / FILE_NAME)) as connection:
        row = connection.execute("SELECT * FROM runs").fetchone()
        places = ", ".join("?" * len(row))
        connection.executemany(
            f"INSERT INTO runs VALUES ({places})", [(number + more, *row[1:]) for more in range(1, 1000)]
        )
        connection.commit()
    page = opened(window, qtbot, 1000)
    told = []
    window._side_views.results.runs._thread.runs_changed.connect(lambda runs: told.append(len(runs)))
    recorder = begin_run(store, "going on")
    recorder.add(steps(0, 20))
    qtbot.waitUntil(lambda: len(page.model.runs) == 1001, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: told[-3:] == [1, 1, 1], timeout=PATIENCE_MS)
    recorder.finish(FINISHED)


@pytest.mark.parametrize("size", [(900, 560), (1280, 800), (1700, 1000)])
def test_the_page_fits_its_width_and_every_button_is_whole(three, window, qtbot, size):
    window.resize(*size)
    page = opened(window, qtbot, 3)
    place = window._side_views.results.view
    area = place._areas[RUNS]
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0)
    for button in page.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
            assert page.rect().contains(button.mapTo(page, button.rect().center()))
    if size[1] >= 800:
        assert area.verticalScrollBar().maximum() == 0


def test_colours_follow_the_appearance(three, window, qtbot):
    page = opened(window, qtbot, 3)
    press(page, Qt.Key.Key_Space)
    light = page.grab().toImage()
    window._actions.appearance.actions()[2].trigger()
    dark = page.grab().toImage()
    at = page.table.mapTo(page, QPoint(30, page.table.height() - 40))
    assert light.pixelColor(at).lightness() > 200 > 80 > dark.pixelColor(at).lightness()


def test_closing_in_the_midst_of_it_waits_for_nothing_long(three, window, qtbot):
    page = opened(window, qtbot, 3)
    for name in "abc":
        choose(page, name)
        press(page, Qt.Key.Key_Return)
    window.close()
    assert window._side_views.results.runs._thread is None


def test_a_run_that_learned_nothing_reads_when_it_is_asked_for_and_that_is_said(
    store, make_window, qtbot, monkeypatch
):
    monkeypatch.setattr("engine.training.replacement._DEVIATIONS", 3.0)
    keep_run(store, "hopeless", 0.098)
    store.close()
    window = make_window()
    page = opened(window, qtbot, 1)
    choose(page, "hopeless")
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "hopeless" in page.notice.text, timeout=PATIENCE_MS)
    assert page.notice.text.startswith("“hopeless” is in use now, though it learned nothing: 9.8 % right")
    assert window.networks.title == "hopeless"
