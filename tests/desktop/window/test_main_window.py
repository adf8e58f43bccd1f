"""The whole window: draw, read, train, stop, go back, close."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QToolButton,
    QWidget,
)

from desktop.services.folders import data_folder
from desktop.settings.settings import SHIPPED, Settings
from engine.data import sources
from engine.data.sources import HANDWRITING
from engine.errors import DataError
from engine.settings import TrainingSettings
from engine.store.run import INTERRUPTED
from engine.store.store import Store
from tests.desktop.drawing import draw
from tests.desktop.patience import settle


@pytest.fixture(autouse=True)
def quick_handwriting(monkeypatch, request, any_network_will_do):
    """A few digits are enough to see a run through; MNIST is there only where a test asks for it."""
    if "mnist_folder" in request.fixturenames:
        request.getfixturevalue("mnist_folder")
    monkeypatch.setattr(sources, "HANDWRITING_COUNT", 900)
    monkeypatch.setattr(sources, "HANDWRITING_HELD_OUT", 200)
    monkeypatch.delenv("SCRATCHPAD_DATA", raising=False)


def choose(window, **settings):
    window.training.fields.set_settings(TrainingSettings(**settings), HANDWRITING, "cpu")


def train_to_the_end(window, qtbot):
    with qtbot.waitSignal(window.training_controller.trainer.run_finished, timeout=60_000):
        QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)


def test_a_drawn_two_is_read_while_it_is_drawn(make_window, qtbot):
    window = make_window()
    assert window.prediction.answer == "–"
    draw(window)
    qtbot.waitUntil(lambda: window.prediction.answer.startswith("2"))
    assert window.prediction.bars.probabilities is not None
    assert sum(window.prediction.bars.probabilities) == pytest.approx(1, abs=1e-4)
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.prediction.answer == "–")
    window.document.history.undo()
    qtbot.waitUntil(lambda: window.prediction.answer.startswith("2"))


def test_ink_drawn_before_the_network_is_there_is_kept_and_read(qtbot, theme, tmp_path):
    from desktop.settings.settings import Settings
    from desktop.window.main_window import MainWindow

    window = MainWindow(Settings(tmp_path / "s.ini"), theme)
    window.resize(1280, 800)
    window.show()
    draw(window)
    assert len(window.document.ink.strokes) == 1
    with qtbot.waitSignal(window.became_ready, timeout=30_000):
        window.load_engine()
    qtbot.waitUntil(lambda: window.prediction.answer.startswith("2"))
    qtbot.waitUntil(window.training.train_button.isEnabled)
    window.close()
    window.deleteLater()


def test_the_plot_is_there_when_somebody_comes_near_to_train(make_window, qtbot):
    window = make_window()
    assert window.training_controller.plots.plot is None
    place = QPointF(20, 20)
    QApplication.sendEvent(window.training, QEnterEvent(place, place, place))
    qtbot.waitUntil(lambda: window.training_controller.plots.plot is not None)
    plot = window.training_controller.plots.plot
    qtbot.waitUntil(plot.isVisible)
    window.training.approached.emit()
    assert window.training_controller.plots.plot is plot


def test_training_moves_the_bars_and_keeps_the_network(make_window, qtbot):
    window = make_window()
    draw(window)
    qtbot.waitUntil(lambda: window.prediction.answer.startswith("2"))
    seen = set()
    window.reader.reading_completed.connect(lambda reading: seen.add(reading.probabilities))
    choose(window, hidden=(32,), epochs=6, batch_size=16)
    train_to_the_end(window, qtbot)
    assert len(seen) > 1, "the digit on the pad was not read again while training"
    assert window.networks.model.architecture.sizes == (784, 32, 10)
    kept = window.networks.entries()
    assert len(kept) == 1
    assert window.networks.is_current(kept[0].path)
    assert window.training.train_button.isEnabled()
    window.networks.use_shipped()
    assert window.networks.is_shipped
    window.networks.use_former()
    assert window.networks.model.architecture.sizes == (784, 32, 10)


def test_the_kept_network_is_there_after_a_restart(make_window, qtbot):
    window = make_window()
    choose(window, hidden=(), epochs=1)
    train_to_the_end(window, qtbot)
    window.close()
    again = make_window()
    assert again.networks.model.architecture.sizes == (784, 10)


def test_stop_keeps_what_was_learned(make_window, qtbot, held_training):
    window = make_window()
    choose(window, hidden=(64,), epochs=1000, batch_size=8)
    with qtbot.waitSignal(window.training_controller.trainer.results_arrived, timeout=60_000):
        QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.training_controller.trainer.run_finished) as ended:
        QTest.mouseClick(window.training.stop_button, Qt.MouseButton.LeftButton)
    assert ended.args[0].was_stopped
    assert ended.args[0].path.is_file()
    assert not window.training_controller.trainer.is_running


def test_closing_while_training_ends_it_and_keeps_the_network(make_window, qtbot, held_training, tmp_path):
    window = make_window()
    choose(window, hidden=(64,), epochs=1000, batch_size=8)
    with qtbot.waitSignal(window.training_controller.trainer.results_arrived, timeout=60_000):
        QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)
    window.close()
    QApplication.processEvents()
    with contextlib.closing(Store.open(data_folder())) as store:
        (run,) = store.runs.entries()
        assert run.state == INTERRUPTED
        assert run.path.is_file()
    assert Settings(tmp_path / "scratchpad.ini").network == SHIPPED


def test_a_learning_rate_that_is_too_high_ends_with_a_sentence(make_window, qtbot):
    window = make_window()
    choose(window, hidden=(100, 100), epochs=50, learning_rate=10.0, batch_size=8)
    train_to_the_end(window, qtbot)
    assert "learning rate of 10" in window.notice.text
    assert window.training.train_button.isEnabled()


def test_a_bad_field_is_named_before_anything_starts(make_window, qtbot):
    window = make_window()
    window.training.fields.hidden.setText("12 apples")
    QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)
    assert not window.training_controller.trainer.is_running
    assert window.training.fields.hidden.property("invalid")
    assert QApplication.focusWidget() in (window.training.fields.hidden, None)


def test_a_folder_that_takes_no_network_loses_nothing(make_window, qtbot):
    window = make_window()
    folder = window.networks.library.folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    choose(window, hidden=(), epochs=1)
    train_to_the_end(window, qtbot)
    assert "could not be saved" in window.notice.text
    assert window.networks.model.architecture.sizes == (784, 10)
    assert not window.close(), "the network would have been lost"
    assert "close again" in window.notice.text
    folder.unlink()
    assert window.close()
    assert len(list(folder.glob("*.safetensors"))) == 1


def test_a_network_that_nothing_takes_may_be_let_go_of(make_window, qtbot, held_training):
    window = make_window()
    folder = window.networks.library.folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    choose(window, hidden=(64,), epochs=1000, batch_size=8)
    with qtbot.waitSignal(window.training_controller.trainer.results_arrived, timeout=60_000):
        QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.training_controller.trainer.run_finished):
        assert not window.close(), "what was learned so far would have been lost"
    assert not window.close()
    assert window.close()


def test_a_damaged_network_file_is_refused_and_changes_nothing(make_window, qtbot, tmp_path):
    window = make_window()
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(b"not a network")
    former = window.networks.model
    window.networks.import_file(bad)
    assert window.networks.model is former
    assert "bad.safetensors" in window.notice.text


def test_a_damaged_network_of_last_time_falls_back_to_the_shipped_one(make_window, qtbot):
    window = make_window()
    choose(window, hidden=(), epochs=1)
    train_to_the_end(window, qtbot)
    path = window.networks.entries()[0].path
    window.close()
    path.write_bytes(path.read_bytes()[:100])
    again = make_window()
    assert again.networks.is_shipped
    assert path.name in again.notice.text


def test_training_on_mnist_that_is_not_here_says_what_to_do(make_window, qtbot):
    window = make_window()
    window.training.fields.choose_data("mnist")
    QTest.mouseClick(window.training.train_button, Qt.MouseButton.LeftButton)
    assert "Download it" in window.notice.text
    assert not window.training_controller.trainer.is_running


def test_a_folder_without_mnist_is_refused(make_window, qtbot, tmp_path):
    window = make_window()
    window.training_controller.mnist.use_folder(tmp_path)
    qtbot.waitUntil(lambda: "no MNIST" in window.notice.text)


def test_mnist_from_a_folder_is_offered_at_once(make_window, qtbot, mnist_folder):
    window = make_window()
    window.training_controller.mnist.use_folder(mnist_folder / "MNIST" / "raw")
    fields = window.training.fields
    qtbot.waitUntil(lambda: "60,000" in fields.data.itemText(fields.data.findData("mnist")), timeout=60_000)
    assert fields.data_name == window._settings.data == "mnist"


def test_light_and_dark_reach_every_panel(make_window, theme, qtbot):
    window = make_window()
    pictures = []
    for appearance in ("light", "dark"):
        theme.choose(appearance)
        QApplication.processEvents()
        image = window.grab().toImage()
        pictures.append([image.pixelColor(x, 110).lightness() for x in (600, 1000)])
    light, dark = pictures
    assert min(light) > 200
    assert max(dark) < 80


def test_everything_that_takes_input_is_named_and_reached_by_keyboard(make_window):
    window = make_window()
    window.training.set_shows_all_fields(True)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)
    inputs = [
        child
        for child in window.findChildren(QWidget)
        if isinstance(child, kinds)
        and child.isVisible()
        and not isinstance(child.parent(), QAbstractSpinBox | QComboBox)
        and not child.objectName().startswith("qt_")
    ]
    assert len(inputs) > 15
    for child in inputs:
        name = child.accessibleName() or (child.text() if isinstance(child, QAbstractButton) else "")
        assert name, f"{child} has no name"
        # Arrow keys lead on from one of its kind beside it.
        beside = [each for each in inputs if type(each) is type(child) and each.parent() is child.parent()]
        reached = [each for each in beside if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        has_row_keys = child.objectName() == "digit" and len(reached) == 1
        assert child in reached or has_row_keys, f"{name} cannot be reached by keyboard"


@pytest.mark.parametrize("shows_all", [True, False])
@pytest.mark.parametrize(("width", "height"), [(960, 600), (1280, 800), (2560, 1440)])
def test_nothing_is_cut_at_any_size(make_window, width, height, shows_all, qtbot):
    window = make_window()
    window.resize(width, height)
    window.training.set_shows_all_fields(shows_all)
    window.training.fields.choose_data("mnist")  # the row that offers to fetch it
    qtbot.waitUntil(lambda: window.store_service.store is not None)
    counts = dict.fromkeys("0123456789", 5)
    window.training_controller.drawings.show_counts(counts)  # the row that mixes them in
    window.notice.show_notice("A sentence that takes some room.")
    settle(window)
    for field in window.training.fields.findChildren(QComboBox):
        if field.isVisible():
            assert field.height() >= field.minimumSizeHint().height(), f"{field.accessibleName()} is squeezed"
    share = window.training.fields.data.share
    assert share.isVisible()
    assert share.height() >= share.minimumSizeHint().height()
    assert (window.width(), window.height()) == (width, height)
    for child in window.findChildren(QAbstractButton):
        if child.isVisible() and child.text() and not child.objectName().startswith("qt_"):
            needed = child.fontMetrics().horizontalAdvance(child.text())
            assert child.width() >= needed, f"“{child.text()}” is cut"


def test_the_panels_come_back_as_they_were_left(qtbot, theme, tmp_path):
    from desktop.settings.settings import Settings
    from desktop.window.main_window import MainWindow

    widths = []
    for wanted in ([420, 420, 400], None):
        window = MainWindow(Settings(tmp_path / "s.ini"), theme)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        if wanted:
            window._panels.setSizes(wanted)
        widths.append(window.prediction.width())
        window.close()
        window.deleteLater()
    assert widths[0] > 380, "the middle panel did not take the width asked for"
    assert abs(widths[0] - widths[1]) <= 2


def test_a_download_that_fails_is_told_and_may_be_tried_again(make_window, qtbot, monkeypatch):
    def fails(_folder, on_progress, _is_cancelled):
        on_progress(1_000_000, 11_000_000)
        raise DataError("MNIST could not be downloaded: check the connection.")

    monkeypatch.setattr("engine.data.mnist.download.download_mnist", fails)
    window = make_window()
    window.training.fields.download_requested.emit()
    qtbot.waitUntil(lambda: "check the connection" in window.notice.text)
    assert window.training.train_button.isEnabled()


def test_a_download_can_be_stopped_while_the_server_is_silent(make_window, qtbot, monkeypatch):
    silence, begun = threading.Event(), threading.Event()

    def waits(_folder, _on_progress, _is_cancelled):
        begun.set()
        silence.wait(300)

    monkeypatch.setattr("engine.data.mnist.download.download_mnist", waits)
    window = make_window()
    window.training.fields.download_requested.emit()
    qtbot.waitUntil(begun.is_set)
    QTest.mouseClick(window.training.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.training.train_button.isEnabled)
    assert window.notice.text == ""
    silence.set()


@pytest.mark.whole_program
def test_a_program_that_is_ready_has_imported_only_what_it_used():
    program = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from desktop.window.main_window import MainWindow
from desktop.settings.settings import Settings
from desktop.widgets.theme import Theme
application = QApplication([])
window = MainWindow(Settings(Path(sys.argv[1])), Theme(application, "light"))
window.show()
window.load_engine()
beat = QTimer(interval=20)
beat.start()
while not window.training.train_button.isEnabled():
    application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
window.close()
unused = ("torchvision", "torch._dynamo", "sympy", "PIL", "pyqtgraph", "engine.levels.library")
pages = [name for name in sys.modules if name.startswith("desktop.lesson")]
print([name for name in unused if name in sys.modules] + pages)
"""
    with tempfile.TemporaryDirectory() as profile:
        environment = {**os.environ, "HOME": profile, "XDG_DATA_HOME": profile, "XDG_CONFIG_HOME": profile}
        environment["QT_QPA_PLATFORM"] = "offscreen"
        done = subprocess.run(
            [sys.executable, "-c", program, f"{profile}/s.ini"],
            env=environment,
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    assert done.stdout.strip() == "[]"


def test_the_smallest_window_shows_the_plot(make_window, qtbot):
    window = make_window()
    window.resize(960, 600)
    qtbot.waitUntil(lambda: window.width() == 960)
    window.training_controller.plots.made_plot()
    plot = window.training_controller.plots.plot
    qtbot.waitUntil(plot.isVisible)
    window.resize(1280, 800)
    choose(window, epochs=1)
    window.resize(960, 600)
    train_to_the_end(window, qtbot)
    qtbot.waitUntil(plot.isVisible)
    assert plot.geometry().bottom() <= window.training.height()


def test_a_notice_goes_with_its_cause(make_window, qtbot, tmp_path):
    window = make_window()
    window.open_file(tmp_path / "gone.png")
    assert window.notice.isVisible()
    draw(window)
    assert not window.notice.isVisible()
    window.training_controller.mnist.use_folder(tmp_path)
    qtbot.waitUntil(window.notice.isVisible)
    window.training_controller.mnist.look()
    assert not window.notice.isVisible()


def test_enter_presses_the_button_that_has_the_keyboard(make_window):
    window = make_window()
    window.training._more.setFocus()
    QTest.keyClick(window.training._more, Qt.Key.Key_Return)
    assert window.training._more.isChecked()


def test_the_toolbar_keeps_its_menus_when_the_window_shrinks_at_once(make_window, qtbot):
    window = make_window()
    named = replace(window.networks.model, name="MNIST 784-100-10, 95.6 %, taught 14 drawings")
    window.networks.use(named, None)
    window.networks.keep_rest()
    window.resize(1270, 800)
    qtbot.waitUntil(lambda: window.width() == 1270)
    window.resize(900, 560)
    button = window.findChild(QToolButton, "network")
    more = next(each for each in window.findChildren(QToolButton) if each.accessibleName() == "More")
    qtbot.waitUntil(lambda: button.isVisible() and more.isVisible())
    assert more.geometry().right() < 900


def test_a_network_that_comes_after_the_booth_was_closed_with_the_window_is_let_be(make_window):
    window = make_window()
    window._actions.booth.trigger()
    window._actions.booth.trigger()
    window.close()
    # A training that is stopped by closing brings its network when the booth is gone for good.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.networks.use_shipped()
    assert not window._booth.booth.get().is_open
