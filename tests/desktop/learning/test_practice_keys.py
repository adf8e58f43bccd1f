"""Keys on the pad while digits are asked for, and when nobody asks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.learning.practice_controller import PracticeController
from desktop.learning.practice_keys import PracticeKeys
from desktop.pad.canvas import Canvas
from desktop.reading.label_keys import LabelKeys
from desktop.reading.live_reader import LiveReader
from tests.desktop.learning.test_practice_controller import stroke, wait_until_kept


@pytest.fixture
def canvas(qtbot, document):
    canvas = Canvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(400, 400)
    canvas.show()
    return canvas


@pytest.fixture
def practice(school, document, canvas):
    made = PracticeController(document, LiveReader(document), school.collection, "me", parent=canvas)
    PracticeKeys(made, canvas)
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_key_keeps_at_once_and_an_empty_pad_is_nothing(practice, canvas, document, school, key):
    practice.begin(1)
    QTest.keyClick(canvas, key)
    assert practice._asked.round.place == 0
    stroke(document)
    QTest.keyClick(canvas, key)
    assert practice._asked.round.place == 1
    wait_until_kept(school, 1)


def test_keys_of_digits_label_nothing_while_a_round_goes_on(practice, canvas):
    typed = []
    LabelKeys(canvas).name_typed.connect(typed.append)
    practice.begin(1)
    QTest.keyClick(canvas, Qt.Key.Key_4)
    assert typed == []
    practice.leave()
    QTest.keyClick(canvas, Qt.Key.Key_4)
    assert typed == ["4"]


def test_escape_leaves_the_practice(practice, canvas):
    practice.begin(1)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not practice.is_running


def test_the_pad_has_the_keyboard_when_a_round_begins(qtbot, practice, canvas):
    canvas.activateWindow()
    canvas.clearFocus()
    practice.begin(1)
    qtbot.waitUntil(canvas.hasFocus)


def test_keys_are_the_pad_s_again_once_the_round_is_over(practice, canvas, document):
    practice.begin(1)
    practice.leave()
    stroke(document)
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert not document.is_empty
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert document.is_empty
