"""The dialog for new signs: what is wrong with their names is said while they are written."""

import pytest
from PySide6.QtWidgets import QWidget

from desktop.signs.new_set_dialog import NewSetDialog


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def accepted():
    return []


@pytest.fixture
def dialog(parent, accepted):
    return NewSetDialog(parent, lambda *given: accepted.append(given))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("rock", "The set has 1 class: two are the least."),
        ("rock, paper, rock", "The set has two classes called “rock”: give each its own name."),
        (
            "rock, a name that is longer than twenty",
            "The set has a class called “a name that is long…”: names of classes have at most 20 characters, "
            "all of which can be seen.",
        ),
        (",".join(map(str, range(65))), "The set has 65 classes: 64 are the most."),
    ],
)
def test_a_fault_is_said_in_one_sentence_and_nothing_begins(dialog, accepted, text, sentence):
    dialog.signs.setPlainText(text)
    assert dialog.remark.text() == sentence
    assert dialog.remark.property("warning")
    assert not dialog.draw.isEnabled()
    dialog.accept()
    assert accepted == []
    dialog.signs.setPlainText("rock, paper")
    assert not dialog.remark.property("warning")


def test_nothing_written_yet_is_nothing_wrong(dialog):
    assert dialog.remark.text() == "Two signs or more."
    assert not dialog.remark.property("warning")
    assert not dialog.draw.isEnabled()


def test_names_on_lines_or_between_commas_are_told_with_the_name_of_the_set(dialog, accepted):
    dialog.signs.setPlainText("rock, paper\nscissors")
    dialog.name.setText("  Hand game ")
    assert dialog.remark.text() == "3 signs: 15 drawings."
    dialog.draw.click()
    ((name, classes),) = accepted
    assert (name, classes.names) == ("Hand game", ("rock", "paper", "scissors"))
