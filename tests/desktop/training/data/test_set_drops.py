"""What is dropped on the training panel is trained on, if it may be a set; the rest goes where it belongs."""

import json
import shutil

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.engine.data.sets.every_source import write_source


def drop(widget, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(9, 9), copy, mime, left, none)
    QApplication.sendEvent(widget, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(9, 9), copy, mime, left, none))


@pytest.mark.parametrize("form", ["idx", "csv", "npz", "jsonl"])
def test_a_set_dropped_on_the_panel_is_read_and_shown(window, qtbot, tmp_path, form):
    path = write_source(tmp_path, form)
    if form == "idx":  # a set that has not the names of MNIST's files
        for file in path.iterdir():
            shutil.move(file, path / f"mine-{file.name}")
    drop(window.training, path)
    sets = window.training_controller.sets
    qtbot.waitUntil(lambda: sets.dialog is not None)
    assert sets.dialog.read.known.path == str(path)
    assert not window.training.property("dropTarget")
    sets.dialog.reject()
    assert not any(window.collection.counts)


@pytest.mark.parametrize("form", ["csv", "npz"])
def test_what_nothing_else_takes_may_be_dropped_anywhere(window, qtbot, tmp_path, form):
    drop(window, write_source(tmp_path, form))
    sets = window.training_controller.sets
    qtbot.waitUntil(lambda: sets.dialog is not None)
    sets.dialog.reject()


def test_drawings_dropped_beside_the_panel_go_to_the_gallery(window, qtbot, tmp_path):
    drop(window, write_source(tmp_path, "jsonl"))
    qtbot.waitUntil(lambda: window.collection.total > 0)
    assert not window.training_controller.sets.is_reading


def test_a_drawing_dropped_on_the_panel_goes_to_the_pad(window, qtbot, tmp_path):
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"strokes": [[[0, 0], [10, 90]]]}))
    drop(window.training, path)
    qtbot.waitUntil(lambda: not window.document.is_empty)
    assert not window.training_controller.sets.is_reading


def test_a_folder_that_has_no_set_is_told(window, qtbot, tmp_path):
    (tmp_path / "empty").mkdir()
    drop(window.training, tmp_path / "empty")
    qtbot.waitUntil(lambda: "empty" in window.notice.text)


def test_the_panel_shows_that_it_takes_a_file_wherever_the_pointer_is(window, tmp_path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(QPoint(9, 9), copy, mime, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.training, entering)
    assert window.training.property("dropTarget")
    QApplication.sendEvent(window.training, QDragLeaveEvent())
    assert not window.training.property("dropTarget")
    # A field that took drops would write the path of a file.
    assert not any(field.acceptDrops() for field in window.training.findChildren(QLineEdit))
