"""A tap and a hold are told from each other, however the keyboard repeats itself."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.booth.held_key import HeldKey


@pytest.fixture
def key(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    made = HeldKey(Qt.Key.Key_Escape, (widget,), widget)
    made.told = []
    for name in ("pressed", "tapped", "held", "released"):
        getattr(made, name).connect(lambda name=name: made.told.append(name))

    def send(kind, is_repeat=False, key=Qt.Key.Key_Escape):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", is_repeat)
        QApplication.sendEvent(widget, event)

    made.send = send
    return made


def test_a_tap(key, qtbot):
    key.send(QEvent.Type.KeyPress)
    key.send(QEvent.Type.KeyRelease)
    qtbot.waitUntil(lambda: "tapped" in key.told)
    assert key.told == ["pressed", "released", "tapped"]


@pytest.mark.parametrize("is_said", [True, False])
def test_a_hold_is_told_once_while_the_key_repeats_whether_that_is_said_or_not(key, qtbot, is_said):
    key.send(QEvent.Type.KeyPress)

    def repeat():
        key.send(QEvent.Type.KeyRelease, is_repeat=is_said)
        key.send(QEvent.Type.KeyPress, is_repeat=is_said)
        return "held" in key.told

    qtbot.waitUntil(repeat)
    key.send(QEvent.Type.KeyRelease)
    qtbot.waitUntil(lambda: "released" in key.told)
    assert key.told == ["pressed", "held", "released"]


def test_other_keys_are_nothing(key):
    key.send(QEvent.Type.KeyPress, key=Qt.Key.Key_A)
    key.send(QEvent.Type.KeyRelease, key=Qt.Key.Key_A)
    assert key.told == []
