"""What is said goes with its cause, or with the next action; Escape closes before it clears."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.widgets.panels.notice_bar import NoticeBar
from desktop.widgets.panels.status_line import StatusLine
from tests.desktop.drawing import draw


@pytest.fixture
def status(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_state("Ready")
    return line


def test_a_message_goes_with_the_next_action(status):
    status.show_message("Copied 7")
    assert status.text == "Copied 7"
    status.expire()
    assert status.text == "Ready"


def test_a_message_with_a_cause_stays_until_that_goes(status):
    status.show_message("Reading a large picture…", cause="opening")
    status.expire()
    assert status.text == "Reading a large picture…"
    status.settle("saving")
    assert status.text == "Reading a large picture…"
    status.settle("opening")
    assert status.text == "Ready"


def test_what_goes_on_stands_behind_every_message(status):
    status.set_state("Training")
    status.show_message("Saved loss.png")
    status.expire()
    assert status.text == "Training"


def test_of_two_notices_the_one_whose_cause_has_gone_goes(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show_notice("The network is damaged.", "first", about="network")
    bar.add("The store is read only.", "second")
    bar.settle("network")
    assert bar.text == "The store is read only."
    assert not bar.isHidden()
    told = []
    bar.details_requested.connect(told.append)
    bar._on_details_clicked()
    assert told == ["second"]
    bar.settle("")
    assert bar.isHidden()


def test_the_new_network_is_no_news_beside_another_one(make_window):
    window = make_window()
    model = window.networks.model
    window.networks.use(model.__class__(**{name: getattr(model, name) for name in model.__slots__}), None)
    window.training_controller.status_changed.emit("Using your new network (saved)")
    assert "new network" in window.status.text
    window._actions.shipped_network.trigger()
    assert window.status.text == "Ready"


def test_a_refused_network_is_no_news_once_another_one_reads(make_window, qtbot, tmp_path):
    window = make_window()
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(b"not a network")
    window.open_file(bad)
    qtbot.waitUntil(window.notice.isVisible)
    window.networks.use_shipped()
    assert window.notice.isHidden()


def test_drawing_on_is_an_action_too(make_window, qtbot):
    window = make_window()
    draw(window)
    qtbot.waitUntil(lambda: bool(window.reader.text))
    window._actions.copy_number.trigger()
    assert window.status.text == f"Copied {QGuiApplication.clipboard().text()}"
    draw(window)
    assert window.status.text == "Ready"


def test_what_has_no_object_is_disabled(make_window, qtbot):
    window = make_window()
    actions = window._actions
    about_ink = (actions.clear, actions.copy, actions.copy_number, actions.save)
    assert not any(action.isEnabled() for action in (*about_ink, actions.undo, actions.redo))
    draw(window)
    qtbot.waitUntil(lambda: bool(window.reader.text))
    assert all(action.isEnabled() for action in (*about_ink, actions.undo))
    actions.clear.trigger()
    qtbot.waitUntil(lambda: not window.reader.text)
    qtbot.waitUntil(lambda: not any(action.isEnabled() for action in about_ink))
    assert actions.undo.isEnabled()


def test_a_pad_that_cannot_be_seen_is_not_changed(make_window, qtbot):
    window = make_window()
    draw(window)
    qtbot.waitUntil(lambda: bool(window.reader.text))
    actions = window._actions
    changing = (actions.clear, actions.undo, actions.random, actions.copy_number, actions.save)
    ink = window.document.ink
    actions.lesson.setChecked(True)
    assert not window.canvas.isVisible()
    assert not any(action.isEnabled() for action in changing)
    for action in changing:
        action.trigger()
    window.reader.read_now()  # a reading that arrives meanwhile changes nothing of that
    assert not any(action.isEnabled() for action in changing)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.canvas.isVisible()
    assert window.document.ink == ink
    assert all(action.isEnabled() for action in changing)


def test_a_picture_that_is_pasted_shows_the_pad(make_window):
    window = make_window()
    window._actions.lesson.setChecked(True)
    window._actions.paste.trigger()
    assert window.canvas.isVisible()


@pytest.mark.parametrize("name", ["why", "steps", "lesson", "results", "drawings"])
def test_escape_closes_the_notice_then_what_is_open_and_only_then_clears(make_window, qtbot, name):
    window = make_window()
    draw(window)
    window.canvas.setFocus()
    ink = window.document.ink
    action = getattr(window._actions, name)
    action.setChecked(True)
    window.notice.show_notice("Something was said.")
    place = getattr(window._side_views, name).view
    inside = QApplication.focusWidget() or place
    QTest.keyClick(inside, Qt.Key.Key_Escape)
    assert window.notice.isHidden()
    assert action.isChecked()
    QTest.keyClick(QApplication.focusWidget() or place, Qt.Key.Key_Escape)
    assert not action.isChecked()
    assert window.document.ink == ink
    qtbot.waitUntil(window.canvas.hasFocus)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.document.is_empty
    window.document.history.undo()
    assert window.document.ink == ink


def test_escape_closes_from_the_gallery_and_the_table(make_window):
    window = make_window()
    window._actions.drawings.setChecked(True)
    QTest.keyClick(window._side_views.drawings.view.gallery, Qt.Key.Key_Escape)
    assert not window._actions.drawings.isChecked()
    window._actions.runs.trigger()
    QTest.keyClick(window._side_views.results.runs.page.table, Qt.Key.Key_Escape)
    assert not window._actions.results.isChecked()


def test_escape_in_a_field_clears_nothing(make_window):
    window = make_window()
    draw(window)
    window.training.fields.hidden.setFocus()
    QTest.keyClick(window.training.fields.hidden, Qt.Key.Key_Escape)
    assert not window.document.is_empty
