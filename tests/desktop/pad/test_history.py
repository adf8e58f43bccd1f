"""The contents of the pad and the way back, without a pad."""

import pytest
from PySide6.QtGui import QImage

from desktop.pad.history import MOST_STEPS, PadContent, PadHistory
from engine.preprocessing.ink import Ink, Point

DOT = PadContent(Ink(((Point(1, 2),),)))
LINE = PadContent(Ink(((Point(0, 0), Point(3, 4)),)))


@pytest.fixture
def history(qapp):
    return PadHistory()


@pytest.fixture
def told(history):
    """What the history tells: indices, and a “steps” each time there are others."""
    told = []
    history.moved.connect(told.append)
    history.steps_changed.connect(lambda: told.append("steps"))
    return told


def test_undo_and_redo_go_back_and_forth(history):
    assert history.content.is_empty
    history.push(DOT)
    history.push(LINE)
    assert history.content is LINE
    history.undo()
    assert history.content is DOT
    history.undo()
    assert history.content.is_empty
    assert not history.can_undo
    history.redo()
    history.redo()
    assert history.content is LINE
    assert not history.can_redo


def test_there_is_nothing_beyond_the_ends(history, told):
    history.undo()
    history.redo()
    assert told == []
    assert history.content.is_empty


def test_each_change_is_told_with_its_index(history, told):
    history.push(DOT)
    history.push(LINE)
    history.undo()
    history.redo()
    assert told == [1, "steps", 2, "steps", 1, "steps", 2, "steps"]


def test_a_new_step_forgets_what_was_undone(history):
    history.push(DOT)
    history.undo()
    history.push(LINE)
    assert not history.can_redo
    assert (history.count, history.index) == (1, 1)
    assert history.content is LINE


def test_the_oldest_steps_are_forgotten_and_the_index_goes_on(history):
    for _ in range(MOST_STEPS + 5):
        history.push(LINE)
    assert (history.count, history.index) == (MOST_STEPS, MOST_STEPS + 5)
    while history.can_undo:
        history.undo()
    assert history.content is LINE, "the empty pad and four more are forgotten"
    assert history.index == 5


@pytest.mark.parametrize("undone", [0, 1, 2])
def test_clearing_forgets_the_steps_and_keeps_the_content(history, told, undone):
    history.push(DOT)
    history.push(LINE)
    for _ in range(undone):
        history.undo()
    content, index = history.content, history.index
    told.clear()
    history.clear()
    assert told == ["steps"]
    assert (history.content, history.index, history.count) == (content, index, 0)
    assert not history.can_undo
    assert not history.can_redo


def test_content_is_empty_without_ink_and_picture_only():
    assert PadContent().is_empty
    assert PadContent(Ink(((),))).is_empty
    assert not DOT.is_empty
    assert not PadContent(picture=QImage(2, 2, QImage.Format.Format_Grayscale8)).is_empty
