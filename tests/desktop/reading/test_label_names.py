"""Labels of other classes than digits: by a key, by a button, or by a name that is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.reading.label_row import LabelRow
from engine.data.classes import Classes
from tests.desktop.drawing import draw
from tests.desktop.patience import PATIENCE_MS
from tests.desktop.reading.test_classes import LETTERS, SIGNS, network_of

MANY = Classes(("rock", "right", "paper", "scissors", "left arrow"))


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None and window.networks.model is not None)
    return window


def labelled(qtbot, window, act):
    with qtbot.waitSignal(window.labeller.labelled, timeout=PATIENCE_MS) as told:
        act()
    return told.args[1]


def test_the_key_of_a_letter_keeps_the_drawing_with_what_the_network_said(window, qtbot):
    window.networks.use(network_of(LETTERS), None)
    draw(window)
    assert labelled(qtbot, window, lambda: QTest.keyClick(window.canvas, Qt.Key.Key_B)) == "B"
    (kept,) = window.collection.drawings.entries()
    assert (kept.label, kept.answer.name) == ("B", window.reader.last_reading.name)
    assert window.prediction.labels.words == "Saved as B"
    assert window.collection.counts == {"B": 1}


def test_few_signs_have_buttons_and_their_first_letter_is_a_key(window, qtbot):
    window.networks.use(network_of(SIGNS), None)
    row = window.prediction.labels
    assert row.field.isHidden()
    assert not row.buttons[1].isEnabled()
    draw(window)
    assert labelled(qtbot, window, row.buttons[1].click) == "minus"
    assert row.marked == "minus"
    assert labelled(qtbot, window, lambda: QTest.keyClick(window.canvas, Qt.Key.Key_T)) == "times"
    assert row.marked == "times"
    window.networks.use_shipped()
    assert [button.name for button in row.buttons] == list("0123456789")
    assert row.words == "Saved as times"


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        ("0123456789", 10),
        (("plus", "minus", "times"), 3),
        (("plus", "minus", "times", "divided by"), 2),
        (("plus", "minus", "times", "division"), 2),
        (("plus", "minus", "times", "division", "power"), 0),
        (("a word of 20 letters", "b"), 1),
        (LETTERS.names, 0),
    ],
)
def test_as_many_buttons_stand_in_a_row_as_have_room(qtbot, names, columns):
    row = LabelRow()
    qtbot.addWidget(row)
    row.set_classes(Classes(tuple(names)))
    row.resize(200, row.sizeHint().height())
    row.show()
    assert len(row.buttons) == (len(names) if columns else 0)
    lines = {button.y() for button in row.buttons}
    assert len(lines) == (-(-len(names) // columns) if columns else 0)
    for button in row.buttons:
        assert button.fontMetrics().horizontalAdvance(button.name) <= button.width()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of the list of names
def test_names_of_many_classes_are_typed(window, qtbot):
    window.networks.use(network_of(MANY), None)
    row = window.prediction.labels
    assert row.buttons == []
    draw(window)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_R)  # rock, or right
    assert row.field.text() == "r"
    assert window.focusWidget() is row.field
    QTest.keyClicks(row.field, "IGHT")
    assert labelled(qtbot, window, lambda: QTest.keyClick(row.field, Qt.Key.Key_Return)) == "right"
    assert row.field.text() == ""
    assert window.focusWidget() is window.canvas


def test_a_name_that_the_network_does_not_know_is_kept_as_well(window, qtbot):
    window.networks.use(network_of(MANY), None)
    draw(window)
    field = window.prediction.labels.field
    field.setFocus()
    field.setText("  umlaut \u00e4 ")
    assert labelled(qtbot, window, lambda: QTest.keyClick(field, Qt.Key.Key_Return)) == "umlaut \u00e4"


def test_blanks_are_no_name(window):
    window.networks.use(network_of(MANY), None)
    draw(window)
    field = window.prediction.labels.field
    field.setText("   ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.labeller.label_in_force is None
    assert field.text() == "   "


def test_there_is_nothing_to_name_on_an_empty_pad(window):
    window.networks.use(network_of(MANY), None)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_R)
    assert not window.prediction.labels.field.isEnabled()
    assert window.focusWidget() is window.canvas
