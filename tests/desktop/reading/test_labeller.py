"""Labels as a user gives them: by a key on the pad, by a click in the row, changed, taken back, refused."""

import sqlite3

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from engine.preprocessing.ink import Ink, Point
from engine.store.store import FILE_NAME
from tests.desktop.drawing import TWO, draw

PATIENCE_MS = 300_000
STROKE = [(0.2, 0.8), (0.8, 0.9)]


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None or bool(window.store_service.trouble))
    return window


def entries(window):
    return window.collection.drawings.entries()


def labels_kept(window):
    return [each.label for each in entries(window)]


def press(qtbot, window, digit):
    with qtbot.waitSignal(window.labeller.labelled, timeout=PATIENCE_MS) as told:
        QTest.keyClick(window.canvas, Qt.Key(Qt.Key.Key_0 + digit))
    return told.args


def test_a_key_keeps_the_drawing_with_what_the_network_said(window, qtbot):
    draw(window)
    number, label = press(qtbot, window, 7)
    [kept] = entries(window)
    assert (kept.id, kept.label, number, label) == (number, "7", number, "7")
    assert kept.ink == window.document.ink
    reading = window.reader.last_reading
    assert (kept.answer.name, kept.answer.network) == (reading.name, window.networks.model.name)
    assert kept.answer.probability == pytest.approx(reading.probability)
    row = window.prediction.labels
    assert (row.marked, row.words, row.can_undo) == ("7", "Saved as 7", True)
    assert "selected" in row.buttons[7].accessibleName()
    assert window.collection.counts == {"7": 1}


def test_another_digit_relabels_and_undo_goes_back_step_by_step(window, qtbot):
    draw(window)
    number, _ = press(qtbot, window, 7)
    assert press(qtbot, window, 1) == [number, "1"]
    assert labels_kept(window) == ["1"]
    QTest.keyClick(window.canvas, Qt.Key.Key_1)  # the same again changes nothing
    assert not window.labeller._on_pad.is_busy
    window._actions.undo_label.trigger()
    qtbot.waitUntil(lambda: labels_kept(window) == ["7"], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.prediction.labels.words == "Saved as 7")
    window.prediction.labels._undo.click()
    qtbot.waitUntil(lambda: labels_kept(window) == [], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.collection.counts == {})
    assert window.prediction.labels.marked is None
    assert not window._actions.undo_label.isEnabled()
    assert not window.document.is_empty


def test_more_strokes_are_another_drawing_and_undo_brings_the_label_back(window, qtbot):
    draw(window)
    press(qtbot, window, 2)
    draw(window, STROKE)
    assert window.prediction.labels.marked is None
    assert window.prediction.labels.words.startswith("Wrong?")
    press(qtbot, window, 4)
    assert labels_kept(window) == ["4", "2"]
    window._actions.undo.trigger()
    assert window.prediction.labels.marked == "2"
    window._actions.clear.trigger()
    assert window.prediction.labels.marked is None
    window._actions.undo.trigger()
    assert window.prediction.labels.marked == "2"
    press(qtbot, window, 3)
    assert labels_kept(window) == ["4", "3"]


def test_digits_typed_faster_than_the_disk_end_with_the_last(window, qtbot):
    draw(window)
    for digit in (1, 2, 3, 4, 5):
        QTest.keyClick(window.canvas, Qt.Key(Qt.Key.Key_0 + digit))
    assert window.labeller.label_in_force == "5"
    qtbot.waitUntil(lambda: window.labeller.is_kept, timeout=PATIENCE_MS)
    assert labels_kept(window) == ["5"]
    draw(window, STROKE)
    QTest.keyClick(window.canvas, Qt.Key.Key_6)
    window.labeller.take_back()
    qtbot.waitUntil(lambda: not window.labeller._on_pad.is_busy, timeout=PATIENCE_MS)
    assert labels_kept(window) == ["5"]


def test_of_several_digits_the_selected_one_is_kept_without_the_others(window, qtbot):
    halves = [[(left + x / 2, y) for x, y in TWO] for left in (0.0, 0.5)]
    for half in halves:
        draw(window, half)
    qtbot.waitUntil(lambda: window.reader.text == "22")
    strokes = window.document.ink.strokes
    first, _ = press(qtbot, window, 3)  # the one that was written last
    assert entries(window)[0].ink.strokes == strokes[1:]
    QTest.keyClick(window.canvas, Qt.Key.Key_Left)
    assert window.prediction.labels.marked is None
    second, _ = press(qtbot, window, 4)
    assert second != first
    assert entries(window)[0].ink.strokes == strokes[:1]
    assert entries(window)[0].answer.name == "2"
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    assert window.prediction.labels.marked == "3"
    assert press(qtbot, window, 5) == [first, "5"]
    assert labels_kept(window) == ["4", "5"]
    window._actions.undo.trigger()
    qtbot.waitUntil(lambda: window.prediction.labels.marked == "4")


def test_a_click_in_the_row_labels_and_leaves_the_keyboard_with_the_pad(window, qtbot):
    row = window.prediction.labels
    assert not row.buttons[3].isEnabled()
    draw(window)
    window.canvas.setFocus()
    with qtbot.waitSignal(window.labeller.labelled, timeout=PATIENCE_MS):
        qtbot.mouseClick(row.buttons[3], Qt.MouseButton.LeftButton)
    assert row.marked == "3"
    assert window.canvas.hasFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert not row.buttons[3].isEnabled()


def test_the_row_goes_by_keys_with_one_stop_of_tab(window, qtbot):
    row = window.prediction.labels
    draw(window)
    stops = [button for button in row.buttons if button.focusPolicy() == Qt.FocusPolicy.TabFocus]
    assert stops == [row.buttons[0]]
    row.buttons[0].setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(window.focusWidget(), key)
    assert window.focusWidget() is row.buttons[1]
    with qtbot.waitSignal(window.labeller.labelled, timeout=PATIENCE_MS):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert row.marked == "1"
    with qtbot.waitSignal(window.labeller.labelled, timeout=PATIENCE_MS):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_8)
    assert row.marked == "8"
    QTest.keyClick(row.buttons[1], Qt.Key.Key_End)
    assert window.focusWidget() is row.buttons[9]


def test_an_empty_pad_takes_no_label_and_a_digit_key_no_harm(window):
    QTest.keyClick(window.canvas, Qt.Key.Key_4)
    assert window.labeller.label_in_force is None
    assert window.notice.isHidden()
    assert entries(window) == []


def test_a_picture_is_refused_in_a_sentence_that_says_why(window):
    image = QImage(28, 28, QImage.Format.Format_Grayscale8)
    image.fill(255)
    window.document.put_picture(image)
    QTest.keyClick(window.canvas, Qt.Key.Key_4)
    assert "no strokes" in window.notice.text
    assert window.prediction.labels.marked is None
    assert entries(window) == []


def test_a_gigantic_drawing_is_refused_and_stays_on_the_pad(window, qtbot):
    window.document.put_ink(Ink((tuple(Point(x, (x * 7) % 900) for x in range(30_000)),)))
    QTest.keyClick(window.canvas, Qt.Key.Key_4)
    assert "more than 20,000 points" in window.notice.text
    assert window.prediction.labels.marked is None
    assert not window.document.is_empty


def test_a_stroke_under_the_pen_is_part_of_what_is_labelled(window, qtbot):
    canvas = window.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    QTest.mouseMove(canvas, canvas.rect().center() / 2)
    press(qtbot, window, 1)
    assert len(entries(window)[0].ink.strokes) == 1
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton)
    assert window.labeller.label_in_force == "1"


def test_what_is_changed_elsewhere_is_marked_here(window, qtbot):
    draw(window)
    number, _ = press(qtbot, window, 7)
    collection, sentences = window.collection, []
    collection.relabel({number: "9"}, lambda _: None, sentences.append)
    qtbot.waitUntil(lambda: window.labeller.label_in_force == "9", timeout=PATIENCE_MS)
    assert not window.labeller.can_take_back  # it was not given here
    collection.delete([number], lambda _: None, sentences.append)
    qtbot.waitUntil(lambda: window.labeller.label_in_force is None, timeout=PATIENCE_MS)
    again, _ = press(qtbot, window, 5)
    assert again != number
    assert labels_kept(window) == ["5"]
    assert sentences == []


def test_a_drawing_put_on_the_pad_is_not_kept_twice(window, qtbot):
    draw(window)
    number, _ = press(qtbot, window, 7)
    window.document.clear()
    window.labeller.put_on_pad(entries(window)[0])
    assert window.prediction.labels.marked == "7"
    assert not window.prediction.labels.can_undo
    assert press(qtbot, window, 2) == [number, "2"]
    assert labels_kept(window) == ["2"]
    window._actions.undo.trigger()
    assert window.document.is_empty


def test_a_write_that_fails_is_told_and_the_label_in_force_is_the_kept_one(impatient_store, window, qtbot):
    draw(window)
    press(qtbot, window, 7)
    path = window.store_service._folder / FILE_NAME
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # another program holds the store
    QTest.keyClick(window.canvas, Qt.Key.Key_2)
    assert window.prediction.labels.marked == "2"
    qtbot.waitUntil(lambda: "Another program is using" in window.notice.text, timeout=PATIENCE_MS)
    other.execute("ROLLBACK")
    other.close()
    assert (window.prediction.labels.marked, window.prediction.labels.words) == ("7", "Saved as 7")
    assert labels_kept(window) == ["7"]
    press(qtbot, window, 2)
    assert labels_kept(window) == ["2"]


def test_without_a_store_it_is_said_why_and_the_drawing_stays(make_window, qtbot):
    from desktop.services.folders import data_folder

    data_folder().mkdir(parents=True, exist_ok=True)
    foreign = sqlite3.connect(data_folder() / FILE_NAME)
    foreign.execute("CREATE TABLE recipes (name TEXT)")
    foreign.commit()
    foreign.close()
    window = make_window()
    qtbot.waitUntil(lambda: bool(window.store_service.trouble), timeout=PATIENCE_MS)
    draw(window)
    window.notice.hide()
    QTest.keyClick(window.canvas, Qt.Key.Key_2)
    assert window.notice.text.startswith("Drawings are not saved. ")
    assert "another program's" in window.notice.text
    assert window.prediction.labels.marked is None
    assert not window.document.is_empty


@pytest.mark.parametrize("size", [(900, 560), (1280, 800), (1700, 1000)])
def test_the_row_fits_the_panel_without_cutting_a_digit(window, size):
    window.resize(QSize(*size))
    draw(window)
    row = window.prediction.labels
    for button in row.buttons:
        assert button.width() > button.fontMetrics().horizontalAdvance("0") + 4
        assert button.geometry().right() <= row.width()
    panel = window.prediction
    assert panel.minimumSizeHint().height() <= panel.height()
    assert panel.minimumSizeHint().width() <= 232
