"""The undo steps of the pad, without a pad."""

import pytest
from PySide6.QtGui import QImage, QUndoStack

from desktop.pad.history import ChangeContent, PadContent
from engine.preprocessing.ink import Ink, Point

DOT = Ink(((Point(1, 2),),))
LINE = Ink(((Point(0, 0), Point(3, 4)),))


@pytest.fixture
def pad(qapp):
    """An undo stack and the list of what was shown."""
    stack, shown = QUndoStack(), [PadContent()]

    def change(text, content):
        stack.push(ChangeContent(text, shown[-1], content, shown.append))

    return stack, shown, change


def test_pushing_shows_the_content_and_undo_and_redo_go_back_and_forth(pad):
    stack, shown, change = pad
    change("Stroke", PadContent(DOT))
    change("Random digit", PadContent(LINE))
    assert shown[-1].ink == LINE
    stack.undo()
    assert shown[-1].ink == DOT
    stack.undo()
    assert shown[-1].is_empty
    assert not stack.canUndo()
    stack.redo()
    stack.redo()
    assert shown[-1].ink == LINE
    assert not stack.canRedo()


def test_steps_have_names(pad):
    stack, _, change = pad
    change("Stroke", PadContent(DOT))
    change("Clear", PadContent())
    assert stack.undoText() == "Clear"
    stack.undo()
    assert (stack.undoText(), stack.redoText()) == ("Stroke", "Clear")


def test_a_new_step_forgets_what_was_undone(pad):
    stack, shown, change = pad
    change("Stroke", PadContent(DOT))
    stack.undo()
    change("Stroke", PadContent(LINE))
    assert not stack.canRedo()
    assert shown[-1].ink == LINE


def test_content_is_empty_without_ink_and_picture_only():
    assert PadContent().is_empty
    assert PadContent(Ink(((),))).is_empty
    assert not PadContent(DOT).is_empty
    assert not PadContent(picture=QImage(2, 2, QImage.Format.Format_Grayscale8)).is_empty
