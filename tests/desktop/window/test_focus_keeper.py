"""The keyboard stays where the hand is: a button that goes or is disabled does not hand it to Clear."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from desktop.window.focus_keeper import FocusKeeper
from engine.data import sources
from engine.settings import TrainingSettings
from tests.desktop.drawing import draw


@pytest.fixture
def room(qtbot):
    """Clear, a pad, and a place with a list of its own and a button below it."""
    window, place = QWidget(), QWidget()
    window.pad, window.list = QWidget(), QWidget()
    for widget in (window.pad, window.list):
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.before, window.undo, window.clear = (QPushButton(text) for text in ("Other", "Undo", "Clear"))
    inner = QVBoxLayout(place)
    inner.addWidget(window.list)
    inner.addWidget(window.undo)
    outer = QVBoxLayout(window)
    for widget in (window.pad, window.before, place, window.clear):
        outer.addWidget(widget)
    window.place = place
    FocusKeeper(window, window.pad)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.undo.setFocus()
    qtbot.waitUntil(window.undo.hasFocus)
    return window


@pytest.mark.parametrize("go", [lambda button: button.setEnabled(False), lambda button: button.hide()])
def test_it_goes_to_the_place_the_button_stands_in(room, go):
    room.place.setFocusProxy(room.list)
    go(room.undo)
    assert QApplication.focusWidget() is room.list


@pytest.mark.parametrize("go", [lambda button: button.setEnabled(False), lambda button: button.hide()])
def test_it_goes_to_the_pad_where_the_place_has_none(room, go):
    go(room.undo)
    assert QApplication.focusWidget() is room.pad


def test_no_button_gets_it_where_there_is_nothing_else(room):
    room.pad.setEnabled(False)
    room.undo.setEnabled(False)
    assert not isinstance(QApplication.focusWidget(), QPushButton)


def test_whoever_goes_by_the_keyboard_is_let_go(room, qtbot):
    qtbot.keyClick(room.undo, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is room.clear


def test_enter_on_stop_and_once_more_wipes_nothing(make_window, qtbot, monkeypatch):
    monkeypatch.delenv("SCRATCHPAD_DATA", raising=False)
    monkeypatch.setattr(sources, "HANDWRITING_COUNT", 600)
    monkeypatch.setattr(sources, "HANDWRITING_HELD_OUT", 100)
    window = make_window()
    draw(window)
    window.training.fields.set_settings(
        TrainingSettings(hidden=(16,), epochs=1000, batch_size=8), "handwriting", "cpu"
    )
    window.activateWindow()
    train, stop = window.training.train_button, window.training.stop_button
    train.setFocus()
    with qtbot.waitSignal(window.training_controller.trainer.results_arrived, timeout=60_000):
        qtbot.keyClick(train, Qt.Key.Key_Return)
    assert window.focusWidget() is stop
    with qtbot.waitSignal(window.training_controller.trainer.run_finished, timeout=60_000):
        qtbot.keyClick(stop, Qt.Key.Key_Return)
        assert window.focusWidget() is stop  # “Stopping…”
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.focusWidget() is train
    assert len(window.document.ink.strokes) > 0


def test_train_stands_still_whatever_is_said_beside_it(make_window, qtbot):
    window = make_window()
    panel = window.training
    QApplication.processEvents()
    before = panel.train_button.geometry()
    for level in range(1, 8):
        panel.fields.choose_level(level)
        QApplication.processEvents()
        assert panel.train_button.geometry() == before, f"level {level}"
    panel.set_busy("Training…")
    panel.set_stopping()
    QApplication.processEvents()
    assert panel.train_button.geometry() == before
    panel.set_idle()


def test_no_button_of_the_toolbar_moves_when_a_network_s_name_grows(make_window, qtbot):
    from dataclasses import replace

    window = make_window()
    bar = window._network_controller._toolbar
    network = window._network_controller._button

    def places():
        QApplication.processEvents()
        return [each.geometry().left() for each in bar.findChildren(type(network)) if each is not network]

    before = places()
    window.networks.use(
        replace(window.networks.model, name="a name that is much longer than that " * 2), None
    )
    assert places() == before
    window.networks._unkept.clear()
