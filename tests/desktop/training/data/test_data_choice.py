"""The choice of data: sources, sets and two entries that only lead to dialogs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.settings.set_settings import KnownSet
from desktop.training.data.data_choice import DataChoice
from engine.data.drawing_names import ALL_DRAWINGS, DRAWINGS, FEWEST_DRAWINGS
from engine.data.sources import DATA_SOURCES
from engine.plain_text import plain_name

LETTERS = KnownSet("/home/me/letters", "letters")
SIGNS = KnownSet("/home/me/signs.csv", "signs")


@pytest.fixture
def told():
    return []


@pytest.fixture
def choice(qtbot, told):
    choice = DataChoice()
    qtbot.addWidget(choice)
    qtbot.addWidget(choice.offer)
    qtbot.addWidget(choice.share)
    choice.set_sets((LETTERS, SIGNS))
    choice.choose("handwriting")
    choice.name_changed.connect(told.append)
    choice.file_requested.connect(lambda: told.append("a file"))
    choice.folder_requested.connect(lambda: told.append("a folder"))
    choice.show()
    return choice


def texts(choice):
    return [choice.itemText(place) for place in range(choice.count()) if choice.itemText(place)]


def pick(choice, text):
    choice.setCurrentIndex(choice.findText(text))


def test_sets_stand_between_the_sources_and_the_dialogs(choice):
    others = ["My drawings", "letters", "signs", "Choose a file…", "Choose a folder…"]
    assert texts(choice)[len(DATA_SOURCES) :] == others


def test_entries_that_lead_to_dialogs_choose_nothing(choice, told):
    pick(choice, "Choose a file…")
    assert choice.name == "handwriting"
    pick(choice, "letters")
    pick(choice, "Choose a folder…")
    assert choice.name == LETTERS.path
    assert told == ["a file", LETTERS.path, "a folder"]


def test_keys_in_the_closed_box_never_open_a_dialog(choice, told):
    for _ in range(choice.count()):
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.name == SIGNS.path
    for key in (Qt.Key.Key_End, Qt.Key.Key_C, Qt.Key.Key_PageDown):
        QTest.keyClick(choice, key)
    assert told == [LETTERS.path, SIGNS.path]
    QTest.keyClick(choice, Qt.Key.Key_Home)
    assert choice.name == next(iter(DATA_SOURCES))


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_list_has_them_for_keys_as_well(choice, told, qtbot):
    QTest.keyClick(choice, Qt.Key.Key_F4)
    qtbot.waitUntil(choice.view().isVisible)
    QTest.keyClick(choice.view(), Qt.Key.Key_End)
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)
    assert told == ["a folder"]
    assert choice.name == "handwriting"


def test_the_choice_is_kept_while_other_sets_come(choice, told):
    choice.choose(SIGNS.path)
    other = KnownSet("/home/you/signs.csv", "signs")
    choice.set_sets((other, SIGNS))
    assert choice.name == SIGNS.path
    assert "signs (me)" in texts(choice)
    assert "signs (you)" in texts(choice)
    assert choice.toolTip() == SIGNS.path
    choice.set_sets((other,))
    assert choice.name == next(iter(DATA_SOURCES))
    assert told == []


def test_runs_name_the_data_by_the_name_of_the_set(choice):
    assert choice.data_of("letters") == LETTERS.path
    assert choice.data_of("MNIST") == "mnist"
    assert choice.data_of("of another computer") == "handwriting"
    long = KnownSet("/long", plain_name("long " * 40))
    choice.set_sets((KnownSet("/new/letters", "letters"), LETTERS, long))
    assert choice.data_of("letters") == "/new/letters"
    assert choice.data_of("long " * 40) == "/long"


def test_what_is_not_offered_is_passed_over(choice):
    choice.choose("/nowhere")
    assert choice.name == "handwriting"


def test_the_former_choice_comes_back(choice, told):
    pick(choice, "letters")
    pick(choice, "signs")
    choice.go_back()
    assert choice.name == LETTERS.path
    assert told == [LETTERS.path, SIGNS.path]


def test_drawings_can_be_chosen_once_there_are_enough(choice, told):
    choice.set_drawings(FEWEST_DRAWINGS - 1, FEWEST_DRAWINGS - 1)
    assert "My drawings · 19 of 20 needed" in texts(choice)
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.name == LETTERS.path
    choice.set_drawings(1234, 1234)
    assert "My drawings · 1,234" in texts(choice)
    QTest.keyClick(choice, Qt.Key.Key_Up)
    assert choice.name == DRAWINGS
    choice.set_drawings(3, 3)
    assert choice.name == DRAWINGS
    assert choice.toolTip().startswith("There are 3 drawings to learn from")
    assert told == [LETTERS.path, DRAWINGS]


def test_the_slider_is_offered_where_there_are_enough_drawings_of_the_classes(choice):
    choice.set_drawings(3, 33)
    pick(choice, "letters")
    assert choice.share.is_offered
    choice.choose("handwriting")
    assert not choice.share.is_offered
    choice.set_drawings(20, 33)
    assert choice.share.is_offered


def test_drawings_of_all_classes_can_be_chosen_where_there_are_more_than_digits(choice, told):
    choice.set_drawings(30, 30)
    assert not any("all classes" in text for text in texts(choice))
    choice.set_drawings(3, 33)
    assert "My drawings · 3 of 20 needed" in texts(choice)
    assert "My drawings, all classes · 33" in texts(choice)
    pick(choice, "My drawings, all classes · 33")
    assert choice.name == ALL_DRAWINGS
    assert told == [ALL_DRAWINGS]
    assert choice.data_of("my drawings of all classes") == ALL_DRAWINGS
    choice.set_drawings(3, 3)  # what is chosen stays in the list
    assert choice.name == ALL_DRAWINGS
    choice.choose("handwriting")
    choice.set_drawings(3, 3)
    assert not any("all classes" in text for text in texts(choice))
    choice.set_sets([])
    assert texts(choice)[-1] == "Choose a folder…"


def test_runs_on_drawings_are_chosen_again_with_their_share(choice):
    assert choice.data_of("my drawings") == "handwriting"
    choice.set_drawings(50, 50)
    assert choice.data_of("my drawings") == DRAWINGS
    choice.set_drawings(3, 3)
    choice.choose_set("letters and my drawings (35 %)")
    assert (choice.name, choice.share.slider.value()) == (LETTERS.path, 0)  # there are too few to mix in
    choice.choose("handwriting")
    choice.set_drawings(50, 50)
    choice.choose_set("letters and my drawings (35 %)")
    assert (choice.name, choice.share.slider.value()) == (LETTERS.path, 35)
    choice.choose_set("of another computer and my drawings (10 %)")
    assert (choice.name, choice.share.slider.value()) == (LETTERS.path, 35)
    choice.choose_set("MNIST")
    assert (choice.name, choice.share.slider.value()) == ("mnist", 0)
    own = KnownSet("/own", "letters and my drawings (35 %)")
    choice.set_sets((LETTERS, own))
    choice.choose_set(own.name)
    assert (choice.name, choice.share.slider.value()) == (own.path, 0)
