"""The gallery with drawings of any names."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.drawings.label_prompt import LabelPrompt
from desktop.drawings.name_filter import NameFilter
from engine.data.classes import MOST_CLASSES
from engine.store.drawings import Answer
from tests.desktop.patience import PATIENCE_MS
from tests.desktop.reading.test_classes import LETTERS, network_of
from tests.engine.store.store_writer import drawing

NAMES = ("3", "A", "A", "b", "plus")


@pytest.fixture
def controller(make_window, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None and window.networks.model is not None)
    drawings = window.collection.drawings
    for number, name in enumerate(NAMES):
        drawings.add(drawing(number + 1), name, Answer("A", 0.75)).result()
    window.collection.refresh()
    window._actions.drawings.setChecked(True)
    window._side_views.drawings.view.gallery.setFocus()
    return window._side_views.drawings


def labels(controller):
    return [controller.model.drawing(row).label for row in range(controller.model.rowCount())]


def said(qtbot, controller, start):
    qtbot.waitUntil(lambda: controller.view.message.startswith(start), timeout=PATIENCE_MS)


def select(controller, row):
    gallery = controller.view.gallery
    gallery.setCurrentIndex(controller.model.index(row))


def test_names_are_beside_the_digits_with_how_many_there_are_of_each(controller):
    names = controller.view.filter
    assert names.names == [*"0123456789", "A", "b", "plus"]
    assert names._buttons["A"].text() == "A\n2"
    names.choose("A")
    assert labels(controller) == ["A", "A"]
    controller.view._misread.setChecked(True)
    assert labels(controller) == []
    assert controller.view.empty_words.startswith("There are no drawings of A that the network misread")
    names.choose(None)
    assert labels(controller) == ["plus", "b", "3"]


def test_a_drawing_of_another_name_says_what_it_is(controller):
    words = controller.model.data(controller.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("Drawn: plus, read as A with 75.0 %; kept on ")


def test_keys_relabel_to_names_that_there_are(controller, qtbot):
    gallery = controller.view.gallery
    for key, name in ((Qt.Key.Key_A, "A"), (Qt.Key.Key_P, "plus"), (Qt.Key.Key_9, "9")):
        select(controller, 1)
        QTest.keyClick(gallery, key)
        said(qtbot, controller, f"Relabelled 1 drawing as {name}.")
    assert labels(controller)[1] == "9"
    assert "b" not in controller.view.filter.names
    controller.undo()
    controller.undo()
    controller.undo()
    qtbot.waitUntil(lambda: labels(controller)[1] == "b", timeout=PATIENCE_MS)


@pytest.mark.parametrize(("key", "begun"), [(Qt.Key.Key_F2, ""), (Qt.Key.Key_M, "m")])
def test_a_name_that_is_not_there_yet_is_asked_for(controller, qtbot, key, begun):
    select(controller, 0)
    QTest.keyClick(controller.view.gallery, key)
    prompt = controller.view.findChild(LabelPrompt)
    assert prompt.field.text() == begun
    assert prompt._label.isEnabled() == bool(begun)
    QTest.keyClicks(prompt.field, "minus"[len(begun) :])
    QTest.keyClick(prompt.field, Qt.Key.Key_Return)
    said(qtbot, controller, "Relabelled 1 drawing as minus.")
    assert labels(controller)[0] == "minus"
    assert "minus" in controller.view.filter.names
    controller.undo()
    said(qtbot, controller, "1 drawing relabelled as before.")
    assert "minus" not in controller.view.filter.names


def test_a_name_chosen_stays_when_its_last_drawing_goes(controller, qtbot):
    controller.view.filter.choose("plus")
    select(controller, 0)
    QTest.keyClick(controller.view.gallery, Qt.Key.Key_Delete)
    said(qtbot, controller, "Deleted 1 drawing.")
    assert controller.view.filter.name == "plus"
    assert controller.view.filter._buttons["plus"].text() == "plus\n0"
    assert (
        controller.view.empty_words
        == "There are no drawings of plus: choose All, or another class, to see the others."
    )


def test_lines_of_any_names_are_taken_in(controller, qtbot, tmp_path):
    path = tmp_path / "signs.jsonl"
    lines = [
        {"label": name, "strokes": [[[0, 0], [500, number]]]} for number, name in enumerate(("A", "moon", 7))
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    controller.import_files([path])
    said(qtbot, controller, "Imported 3 drawings.")
    assert controller._collection.counts == {"3": 1, "7": 1, "A": 3, "b": 1, "moon": 1, "plus": 1}


def test_a_network_reads_the_drawings_of_its_classes_and_leaves_the_others(controller, qtbot):
    controller._networks.use(network_of(LETTERS), None)
    controller.read_all()
    qtbot.waitUntil(lambda: not controller.is_busy, timeout=PATIENCE_MS)
    assert controller.view.message.startswith("26 classes read 2 drawings, ")
    assert controller.view.message.endswith(" 3 drawings of other classes were not read.")
    networks = {each.label: each.answer.network for each in controller._collection.drawings.entries()}
    assert networks == {"A": "26 classes", "b": "", "3": "", "plus": ""}


def test_a_few_names_more_than_the_digits_share_the_row(qtbot):
    names = NameFilter()
    qtbot.addWidget(names)
    names.resize(900, 40)
    names.show()
    names.set_counts({"A": 1})
    qtbot.waitUntil(lambda: names._buttons["A"].x() > names._buttons["9"].x(), timeout=PATIENCE_MS)
    assert names._buttons["A"].geometry().right() > 850
    assert names._buttons["A"].y() == names._buttons[""].y()


def test_many_names_have_rows_that_scroll(qtbot):
    names = NameFilter()
    qtbot.addWidget(names)
    names.resize(440, 40)
    names.show()
    one_row = names.sizeHint().height()
    names.set_counts({f"sign {number}": number for number in range(MOST_CLASSES)})
    names.resize(440, names.sizeHint().height())
    assert one_row < names.sizeHint().height() <= 4 * one_row
    qtbot.waitUntil(lambda: names.verticalScrollBar().maximum() > 0, timeout=PATIENCE_MS)
    button = names._buttons["sign 63"]
    assert button.geometry().right() <= names.viewport().width()
    told = []
    names.chosen.connect(told.append)
    QTest.keyClick(names._buttons[""], Qt.Key.Key_7)
    assert told == ["7"]
    names.set_counts({})
    assert names.names == list("0123456789")
