"""The gallery as a user goes through it: filtered, changed, put on the pad, taken in, handed out."""

import json
import os
import sqlite3
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QToolBar, QToolButton

from desktop.drawings.export_form import ExportForm
from desktop.widgets.text.plain_text import plain_sentence
from engine.data.pen_digits import load_pen_digits
from engine.data.sets.reading import read_set
from engine.store.drawings import Answer
from engine.store.store import FILE_NAME, Store
from tests.desktop.drawing import draw
from tests.engine.store.store_writer import drawing

ROOT = Path(__file__).parents[3]
PATIENCE_MS = 300_000
COUNT = 30


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None or bool(window.store_service.trouble))
    return window


def fill(window, count=COUNT):
    """Labels 0 to 9 in turn; every fifth was misread."""
    for number in range(count):
        label = number % 10
        said = Answer(str((label + 1) % 10 if number % 5 == 0 else label), 0.75, "a network")
        future = window.collection.drawings.add(drawing(number + 1), str(label), said)
    future.result()
    window.collection.refresh()


@pytest.fixture
def controller(window):
    fill(window)
    window._actions.drawings.setChecked(True)
    return window._side_views.drawings


@pytest.fixture
def gallery(controller):
    gallery = controller.view.gallery
    gallery.setFocus()
    return gallery


def labels(controller):
    return [controller.model.drawing(row).label for row in range(controller.model.rowCount())]


def select(gallery, *rows):
    gallery.setCurrentIndex(gallery.model().index(rows[0]))
    for row in rows[1:]:
        gallery.selectionModel().select(
            gallery.model().index(row), gallery.selectionModel().SelectionFlag.Select
        )


def said(qtbot, controller, start):
    qtbot.waitUntil(lambda: controller.view.message.startswith(start), timeout=PATIENCE_MS)


def exchanged(qtbot, controller):
    qtbot.waitUntil(lambda: not controller.is_busy, timeout=PATIENCE_MS)
    return controller.view.message


def line(label=3, strokes=(((0, 0), (500, 1000)),), **more):
    return json.dumps({"label": label, "writer": "ada", "strokes": strokes, **more})


def test_an_empty_gallery_says_how_to_begin_and_fills_as_one_draws(window, qtbot):
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    controller = window._side_views.drawings
    assert controller.view.isVisible()
    assert "press its key, 0 to 9" in controller.view.empty_words
    assert not controller.view._export.isEnabled()
    window._actions.drawings.setChecked(False)
    draw(window)
    with qtbot.waitSignal(window.labeller.labelled, timeout=PATIENCE_MS):
        QTest.keyClick(window.canvas, Qt.Key.Key_2)
    window._actions.drawings.setChecked(True)
    assert controller.view.empty_words == ""
    assert labels(controller) == ["2"]
    assert controller.view._export.isEnabled()


def test_it_is_filtered_by_digit_and_by_what_was_misread(controller, qtbot):
    place = controller.view
    assert labels(controller) == [str(number % 10) for number in reversed(range(COUNT))]
    assert place.filter._buttons["4"].text() == "4\n3"
    place.filter.choose("5")
    assert labels(controller) == ["5", "5", "5"]
    place._misread.setChecked(True)
    assert labels(controller) == ["5", "5", "5"]
    place.filter.choose("4")
    assert labels(controller) == []
    assert place.empty_words.startswith("There are no drawings of 4 that the network misread")
    QTest.keyClick(place.filter._buttons["4"], Qt.Key.Key_0)
    assert labels(controller) == ["0", "0", "0"]
    place.filter.choose(None)
    assert len(labels(controller)) == COUNT // 5


def test_each_says_what_it_is_what_was_read_and_when(controller):
    model = controller.model
    words = model.data(model.index(COUNT - 1), Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("A 0, read as 1 with 75.0 % by a network; kept on ")


def test_keys_relabel_several_and_ctrl_z_takes_it_back(controller, gallery, window, qtbot):
    before = labels(controller)
    draw_steps = window.document.history.count
    select(gallery, 0, 1, 3, 4)
    QTest.keyClick(gallery, Qt.Key.Key_8)
    said(qtbot, controller, "Relabelled 3 drawings as 8.")  # one of the four was an 8 already
    assert [labels(controller)[row] for row in (0, 1, 3, 4)] == ["8", "8", "8", "8"]
    assert gallery.selected_rows == [0, 1, 3, 4]
    assert window.collection.counts["8"] == 6
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    said(qtbot, controller, "3 drawings relabelled as before.")
    assert labels(controller) == before
    assert window.document.history.count == draw_steps
    assert not controller.view.activity.undo.isVisible()


def test_delete_is_undone_step_by_step(controller, gallery, qtbot):
    numbers = list(controller.model.numbers)
    select(gallery, 4, 5)
    QTest.keyClick(gallery, Qt.Key.Key_Delete)
    said(qtbot, controller, "Deleted 2 drawings.")
    assert controller.model.numbers == numbers[:4] + numbers[6:]
    assert gallery.currentIndex().isValid()
    select(gallery, 0)
    QTest.keyClick(gallery, Qt.Key.Key_Delete)
    said(qtbot, controller, "Deleted 1 drawing.")
    qtbot.mouseClick(controller.view.activity.undo, Qt.MouseButton.LeftButton)
    said(qtbot, controller, "Brought 1 drawing back.")
    assert controller.view.activity.undo.isVisible()
    controller.undo()
    said(qtbot, controller, "Brought 2 drawings back.")
    assert controller.model.numbers == numbers


def test_the_last_one_deleted_comes_back_with_the_same_keys(window, qtbot):
    fill(window, 1)
    draw(window)
    window._actions.drawings.setChecked(True)
    controller = window._side_views.drawings
    gallery = controller.view.gallery
    assert gallery.hasFocus()
    QTest.keyClick(gallery, Qt.Key.Key_Delete)
    said(qtbot, controller, "Deleted 1 drawing.")
    assert controller.view.empty_words
    assert not gallery.isVisible()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    said(qtbot, controller, "Brought 1 drawing back.")
    assert gallery.hasFocus()
    assert not window.document.is_empty  # nobody saw the pad: its strokes are let be


def test_a_drawing_that_only_has_the_keyboard_is_the_one_that_is_meant(controller, gallery, qtbot):
    gallery.clearSelection()
    gallery.selectionModel().clearCurrentIndex()
    gallery.clearFocus()
    gallery.setFocus()  # Qt makes the first one current, and selects none
    assert gallery.selectionModel().selectedIndexes() == []
    QTest.keyClick(gallery, Qt.Key.Key_3)
    said(qtbot, controller, "Relabelled 1 drawing as 3.")
    assert labels(controller)[0] == "3"


def test_what_no_longer_fits_the_filter_goes_from_it(controller, gallery, qtbot):
    controller.view.filter.choose("3")
    select(gallery, 1)
    QTest.keyClick(gallery, Qt.Key.Key_8)
    said(qtbot, controller, "Relabelled 1 drawing as 8.")
    assert labels(controller) == ["3", "3"]
    assert controller.view.filter._buttons["8"].text() == "8\n4"


def test_ctrl_z_on_the_pad_still_takes_back_strokes(controller, gallery, window, qtbot):
    window.resize(1700, 900)
    qtbot.waitUntil(window.canvas.isVisible)
    draw(window)
    gallery.setFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not window.document.is_empty
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.document.is_empty


def test_enter_puts_a_drawing_on_the_pad_as_strokes_under_its_label(controller, gallery, window, qtbot):
    select(gallery, 2)
    number = controller.model.numbers[2]
    QTest.keyClick(gallery, Qt.Key.Key_Return)
    assert window.canvas.isVisible()  # there was no room for it beside the gallery
    assert len(window.document.ink.strokes) == len(drawing(COUNT - 2).strokes)
    assert window.prediction.labels.marked == "7"
    assert window.status.text.startswith("A 7")
    with qtbot.waitSignal(window.labeller.labelled, timeout=PATIENCE_MS) as told:
        QTest.keyClick(window.canvas, Qt.Key.Key_1)
    assert told.args == [number, "1"]
    window._actions.undo.trigger()
    assert window.document.is_empty


def test_arrow_keys_and_shift_select(gallery):
    select(gallery, 0)
    QTest.keyClick(gallery, Qt.Key.Key_Right)
    QTest.keyClick(gallery, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert gallery.selected_rows == [1, 2]
    QTest.keyClick(gallery, Qt.Key.Key_Down)
    assert gallery.currentIndex().row() > 3
    QTest.keyClick(gallery, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(gallery.selected_rows) == COUNT


def test_thousands_are_read_a_page_at_a_time_as_they_come_into_view(controller, gallery, monkeypatch):
    drawings = controller._collection.drawings
    lines = [drawing(number) for number in range(100)]
    for number in range(3000):
        future = drawings.add(lines[number % 100], str(number % 10))
    future.result()
    asked = []
    numbered = drawings.numbered
    monkeypatch.setattr(drawings, "numbered", lambda numbers: asked.append(len(numbers)) or numbered(numbers))
    controller._collection.refresh()
    gallery.grab()
    assert controller.model.rowCount() == 3000 + COUNT
    assert 0 < sum(asked) <= 150
    assert max(asked) <= 100
    asked.clear()
    gallery.verticalScrollBar().setValue(gallery.verticalScrollBar().maximum())
    gallery.grab()
    assert 0 < sum(asked) <= 150


def test_rows_that_stay_keep_their_place_when_others_come_and_go(controller, gallery, window, qtbot):
    select(gallery, 10)
    number = controller.model.numbers[10]
    collection = window.collection
    done = []
    collection.delete([controller.model.numbers[0], controller.model.numbers[7]], done.append, done.append)
    qtbot.waitUntil(lambda: len(done) == 1, timeout=PATIENCE_MS)
    collection.add(drawing(99), "5", None, "", done.append, done.append)
    qtbot.waitUntil(lambda: len(done) == 2, timeout=PATIENCE_MS)
    assert controller.model.numbers[gallery.currentIndex().row()] == number
    assert controller.model.numbers == collection.drawings.numbers()


def test_a_file_of_lines_is_taken_in_and_what_is_wrong_is_counted(controller, window, tmp_path, qtbot):
    path = tmp_path / "mixed.jsonl"
    million = line(strokes=[[[n, n] for n in range(1_000_000)]])
    faulty = [
        json.dumps({"label": 3}),
        json.dumps({"strokes": [[[0, 0]]]}),
        line(strokes=[[[0, float("nan")]]]),
        line(label=10),
        line(label="7"),
        million,
        "{",
    ]
    path.write_text("\n".join([line(1), *faulty, line(2)]) + "\n")
    controller.import_files([path])
    assert controller.is_busy
    words = exchanged(qtbot, controller)
    assert words.startswith("Imported 4 drawings; 5 lines were left out: ")
    assert "1 with more than 20,000 points" in words
    assert "1 without a label of 1 to 20 characters" in words
    assert window.collection.total == COUNT + 4 == controller.model.rowCount()


@pytest.mark.parametrize("kind", ["empty", "folder", "absent", "binary"])
def test_a_file_that_is_no_such_file_is_told_and_the_next_is_read(controller, tmp_path, qtbot, kind):
    path = tmp_path / "mine.jsonl"
    if kind == "empty":
        path.touch()
    elif kind == "folder":
        path.mkdir()
    elif kind == "binary":
        path.write_bytes(os.urandom(3000) + b"\n\x00")
    good = tmp_path / "good.jsonl"
    good.write_text(line(4))
    controller.import_files([path, good])
    words = exchanged(qtbot, controller)
    assert words.endswith("Imported 1 drawing.")
    expected = {
        "empty": "mine.jsonl is empty.",
        "folder": "mine.jsonl cannot be read: ",
        "absent": "mine.jsonl cannot be read: No such file or directory.",
        "binary": "left out:",
    }
    assert expected[kind] in words
    assert controller.model.rowCount() == COUNT + 1


def drop(place, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, mime, left, none)
    place.dragEnterEvent(enter)
    if enter.isAccepted():
        place.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, none))
    return enter.isAccepted()


def test_a_file_dropped_on_the_gallery_is_taken_in(controller, tmp_path, qtbot):
    path = tmp_path / "mine.jsonl"
    path.write_text(line(4) + "\n" + line(5))
    assert not controller.view.gallery.viewport().acceptDrops()  # so that what is dropped comes to the place
    assert drop(controller.view, path)
    assert exchanged(qtbot, controller) == "Imported 2 drawings."
    assert not controller.view.property("dropTarget")


def test_a_long_import_shows_how_far_it_is_and_stops(controller, window, tmp_path, qtbot, monkeypatch):
    path = tmp_path / "long.jsonl"
    path.write_text("\n".join(line(strokes=[[[0, 0], [number, 1000]]]) for number in range(4000)))
    shares = []
    place = controller.view
    place.set_progress, show = (lambda share: (shares.append(share), show(share))), place.set_progress
    controller.import_files([path])
    assert place.activity.stop.isVisible()
    controller.import_files([path])
    assert place.message.startswith("Files are already being read or written")
    qtbot.mouseClick(place.activity.stop, Qt.MouseButton.LeftButton)
    words = exchanged(qtbot, controller)
    assert words.endswith("The rest of long.jsonl was left out: it was stopped.")
    added = window.collection.total - COUNT
    assert words.startswith(f"Imported {added:,} drawing")
    assert 0 <= added < 4000
    assert shares[0] == 0
    assert shares[-1] is None
    assert not place.activity.stop.isVisible()


def test_a_window_that_closes_ends_an_import(controller, window, tmp_path, qtbot):
    path = tmp_path / "long.jsonl"
    path.write_text("\n".join(line(strokes=[[[0, 0], [number, 1000]]]) for number in range(4000)))
    controller.import_files([path])
    window.close()
    assert not controller.is_busy
    assert window.store_service.store is None


def test_what_is_shown_is_exported_as_lines_and_read_again(controller, tmp_path, qtbot, monkeypatch):
    path = tmp_path / "mine.jsonl"
    controller.view.filter.choose("5")
    monkeypatch.setattr("desktop.dialogs.file_dialogs.export_lines", lambda parent: path)
    controller.view._export.menu().actions()[0].trigger()
    assert exchanged(qtbot, controller) == "Exported 3 drawings to mine.jsonl."
    assert load_pen_digits(path).labels == (5, 5, 5)
    monkeypatch.setattr("desktop.dialogs.file_dialogs.import_drawings", lambda parent: [path])
    qtbot.mouseClick(controller.view._import, Qt.MouseButton.LeftButton)
    assert exchanged(qtbot, controller) == "Imported 0 drawings; 3 more are kept already."


def test_what_is_shown_is_exported_as_mnists_files(controller, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr("desktop.dialogs.file_dialogs.export_mnist", lambda parent: tmp_path)
    controller.view._export.menu().actions()[1].trigger()
    words = exchanged(qtbot, controller)
    assert words.startswith("Exported 30 drawings as MNIST's files to ")
    assert words.endswith(": 24 to train on and 6 to test on.")
    assert len(list(tmp_path.rglob("*ubyte"))) == 4
    controller.export(tmp_path, ExportForm.MNIST)
    assert "choose another folder" in exchanged(qtbot, controller)


def test_a_table_of_pixels_is_written_where_the_name_asks_for_one(controller, tmp_path, qtbot):
    controller.export(tmp_path / "drawings.csv", ExportForm.FILE)
    assert (
        exchanged(qtbot, controller)
        == "Exported 30 drawings to drawings.csv: a label and 784 pixels in each row."
    )
    rows = (tmp_path / "drawings.csv").read_text().splitlines()
    assert rows[0].startswith("label,pixel0,")
    assert [len(row.split(",")) for row in rows] == [785] * 31
    controller.export(tmp_path / "drawings.txt", ExportForm.FILE)
    assert exchanged(qtbot, controller).startswith(
        "drawings.txt was not written: choose a name that ends in .jsonl"
    )
    assert not (tmp_path / "drawings.txt").exists()


def test_what_is_shown_is_exported_as_arrays_and_read_again(controller, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda _parent, _title, name, forms: (
            str(tmp_path / name),
            next(form for form in forms.split(";;") if "*.npz" in form),
        ),
    )
    controller.view._export.menu().actions()[0].trigger()
    words = exchanged(qtbot, controller)
    assert words == "Exported 30 drawings to drawings.npz: 24 to train on and 6 to test on."
    found = read_set(tmp_path / "drawings.npz")
    assert (len(found.training), len(found.test), len(found.classes)) == (24, 6, 10)


def test_what_is_shown_is_exported_as_pictures_and_read_again(controller, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr("desktop.dialogs.file_dialogs.export_pictures", lambda parent: tmp_path)
    controller.view._export.menu().actions()[2].trigger()
    folder = tmp_path / "drawings"
    said = f"Exported 30 drawings as pictures to {folder}: a folder for each class."
    assert exchanged(qtbot, controller) == plain_sentence(said)
    assert read_set(folder).sentence() == "30 pictures of 10 classes, 3 each."
    controller.export(tmp_path, ExportForm.PICTURES)
    assert "choose another folder" in exchanged(qtbot, controller)
    assert sorted(path.name for path in folder.iterdir()) == list("0123456789")


def test_an_import_is_taken_back_as_a_whole(controller, gallery, tmp_path, qtbot):
    before = list(controller.model.numbers)
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(line(strokes=[[[0, 0], [number, 1000]]]) for number in range(300)))
    controller.import_files([path])
    words = exchanged(qtbot, controller)
    assert words.startswith("Imported ")
    assert controller.model.rowCount() > COUNT + 100
    QTest.keyClick(gallery, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    said(qtbot, controller, "Took ")
    assert controller.model.numbers == before
    assert not controller.view.activity.undo.isVisible()


def test_undo_and_stop_leave_the_keyboard_with_the_drawings(controller, gallery, tmp_path, qtbot):
    select(gallery, 0)
    QTest.keyClick(gallery, Qt.Key.Key_Delete)
    said(qtbot, controller, "Deleted 1 drawing.")
    controller.view.activity.undo.setFocus()
    QTest.keyClick(controller.view.activity.undo, Qt.Key.Key_Space)
    said(qtbot, controller, "Brought 1 drawing back.")
    assert gallery.hasFocus()
    controller.view._import.setFocus()
    (tmp_path / "mine.jsonl").write_text(line(4))
    controller.import_files([tmp_path / "mine.jsonl"])
    assert gallery.hasFocus()
    exchanged(qtbot, controller)
    assert gallery.hasFocus()


def test_all_are_read_with_the_network_in_use(controller, window, tmp_path, qtbot):
    """Those that came without a reading, too, so that what is called misread is so for all."""
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(line(strokes=[[[0, 0], [number, 1000]]]) for number in range(20)))
    controller.import_files([path])
    exchanged(qtbot, controller)
    qtbot.mouseClick(controller.view._read_all, Qt.MouseButton.LeftButton)
    words = exchanged(qtbot, controller)
    entries = window.collection.drawings.entries()
    wrong = sum(each.answer.name != each.label for each in entries)
    name = window.networks.title
    assert words == f"{name} read {len(entries)} drawings, {wrong} of them incorrectly."
    assert {each.answer.network for each in entries} == {name}
    controller.view._misread.setChecked(True)
    assert controller.model.rowCount() == wrong > 0


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names there")
def test_a_pipe_that_is_dropped_holds_nobody_up(controller, window, tmp_path, qtbot):
    os.mkfifo(tmp_path / "mine.jsonl")
    controller.import_files([tmp_path / "mine.jsonl"])
    assert exchanged(qtbot, controller) == "mine.jsonl cannot be read: not a regular file."


def test_a_folder_that_takes_no_export_is_told(controller, tmp_path, qtbot):
    controller.export(tmp_path / "absent" / "mine.jsonl", ExportForm.FILE)
    assert "could not be written to" in exchanged(qtbot, controller)


def test_a_store_held_by_another_program_is_told_and_nothing_is_lost(
    impatient_store, controller, gallery, window, tmp_path, qtbot
):
    path = tmp_path / "mine.jsonl"
    path.write_text(line(4))
    other = sqlite3.connect(window.store_service._folder / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    select(gallery, 0)
    QTest.keyClick(gallery, Qt.Key.Key_1)
    said(qtbot, controller, "Another program is using scratchpad.db")
    controller.import_files([path])
    assert exchanged(qtbot, controller).startswith("Imported 0 drawings. Another program is using")
    assert len(labels(controller)) == COUNT  # it can be looked at meanwhile
    other.execute("ROLLBACK")
    other.close()
    controller.import_files([path])
    assert exchanged(qtbot, controller) == "Imported 1 drawing."
    assert labels(controller)[1] == "9"


def _store_with_three():
    from desktop.services.folders import data_folder

    store = Store.open(data_folder())
    for number in range(3):
        store.drawings.add(drawing(number), str(number)).result()
    store.close()
    return data_folder() / FILE_NAME


def test_a_store_of_a_newer_version_is_shown_and_takes_nothing(make_window, tmp_path, qtbot):
    path = _store_with_three()
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 999")
    newer.execute("ALTER TABLE drawings ADD COLUMN mood TEXT")
    newer.commit()
    newer.close()
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None, timeout=PATIENCE_MS)
    window._actions.drawings.setChecked(True)
    controller = window._side_views.drawings
    assert labels(controller) == ["2", "1", "0"]
    select(controller.view.gallery, 0)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_5):
        controller.view.show_message("")
        QTest.keyClick(controller.view.gallery, key)
        said(qtbot, controller, "scratchpad.db was made by a newer version")
    (tmp_path / "mine.jsonl").write_text(line(4))
    controller.import_files([tmp_path / "mine.jsonl"])
    assert "newer version" in exchanged(qtbot, controller)
    assert labels(controller) == ["2", "1", "0"]
    window._actions.drawings.setChecked(False)
    draw(window)
    window.notice.hide()
    QTest.keyClick(window.canvas, Qt.Key.Key_2)
    qtbot.waitUntil(window.notice.isVisible)
    assert "newer version" in window.notice.text
    assert window.prediction.labels.marked is None


def test_a_store_that_may_not_be_written_to_is_shown_and_takes_nothing(make_window, qtbot, monkeypatch):
    _store_with_three()

    def refused(_path):
        error = sqlite3.OperationalError("attempt to write a readonly database")
        error.sqlite_errorcode = sqlite3.SQLITE_READONLY
        raise error

    monkeypatch.setattr("engine.store.store.connect_to_write", refused)
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None, timeout=PATIENCE_MS)
    window._actions.drawings.setChecked(True)
    controller = window._side_views.drawings
    select(controller.view.gallery, 1)
    QTest.keyClick(controller.view.gallery, Qt.Key.Key_Delete)
    # The path stands before it; where it is long, its middle is left out.
    qtbot.waitUntil(
        lambda: "scratchpad.db may not be written to" in controller.view.message, timeout=PATIENCE_MS
    )
    assert labels(controller) == ["2", "1", "0"]


def test_a_full_disk_is_told_at_once_and_what_is_drawn_is_kept_when_there_is_room(controller, window, qtbot):
    def most_pages(wanted):
        def do(connection):
            connection.execute(f"PRAGMA max_page_count = {wanted}").fetchone()

        window.store_service.store._writer.submit(do).result()

    most_pages(1)
    window._actions.drawings.setChecked(False)
    for number in range(200):
        draw(window, [(0.1, 0.2), (0.8, 0.1 + number / 300)])
        QTest.keyClick(window.canvas, Qt.Key.Key_2)
        qtbot.waitUntil(lambda: window.labeller.is_kept or not window.notice.isHidden(), timeout=PATIENCE_MS)
        if not window.notice.isHidden():
            break
    assert "is full: free some space" in window.notice.text
    assert "in memory" in window.notice.text
    assert window.prediction.labels.marked == "2"
    assert window.prediction.labels.words != "Kept as 2"
    window.close()
    assert window.isVisible()
    assert window.notice.text.startswith("Not closed yet: what you drew last is in memory alone")
    most_pages(100_000)
    qtbot.waitUntil(lambda: window.labeller.is_kept, timeout=PATIENCE_MS)
    assert sum(window.collection.drawings.counts().values()) == COUNT + number + 1


def test_a_store_that_may_not_be_opened_is_told_in_the_gallery(make_window, qtbot, tmp_path):
    from desktop.services.folders import data_folder

    data_folder().mkdir(parents=True, exist_ok=True)
    foreign = sqlite3.connect(data_folder() / FILE_NAME)
    foreign.execute("CREATE TABLE recipes (name TEXT)")
    foreign.commit()
    foreign.close()
    window = make_window()
    qtbot.waitUntil(lambda: bool(window.store_service.trouble), timeout=PATIENCE_MS)
    window._actions.drawings.setChecked(True)
    controller = window._side_views.drawings
    assert controller.view.empty_words.startswith("Drawings are not saved. ")
    controller.import_files([tmp_path / "mine.jsonl"])
    assert controller.view.message.startswith("Drawings are not saved. ")
    assert not controller.is_busy


def test_there_is_a_place_for_the_tools_of_others(controller, qtbot):
    assert controller.view._tools.isVisible()
    first, second = QPushButton("First"), QPushButton("Second")
    controller.view.add_tool(first)
    controller.view.add_tool(second)
    qtbot.waitUntil(first.isVisible)
    qtbot.waitUntil(lambda: first.x() + first.width() < second.x())


@pytest.mark.parametrize("size", [(900, 560), (1280, 800), (1700, 1000)])
def test_every_button_of_the_toolbar_and_the_gallery_has_room(controller, window, qtbot, size):
    window.resize(*size)
    qtbot.waitUntil(lambda: window.width() == size[0])
    for button in window.findChild(QToolBar).findChildren(QToolButton):
        if button.text():
            qtbot.waitUntil(button.isVisible)
    place = controller.view
    for tool in ("Learn from my drawings", "Practice"):
        place.add_tool(QPushButton(tool))
    qtbot.waitUntil(lambda: place.gallery.horizontalScrollBar().maximum() == 0)
    for button in place.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= min(button.sizeHint().width(), 30)
            right = button.mapTo(place, button.rect().topRight()).x()
            assert right < place.width(), button.text()


def test_colours_follow_the_appearance(controller, window):
    light = controller.view.grab().toImage()
    window._actions.appearance.actions()[2].trigger()
    dark = controller.view.grab().toImage()
    assert light.pixelColor(8, 40).lightness() > 200 > 80 > dark.pixelColor(8, 40).lightness()
