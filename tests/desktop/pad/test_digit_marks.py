"""Frames around the digits of a number, over the pad."""

import pytest
from PySide6.QtCore import QRectF

from desktop.pad.canvas import Canvas
from desktop.pad.digit_marks import DigitMarks
from desktop.pad.document import PadDocument
from tests.desktop.painted import Painted

BOXES = [(-300.0, -100.0, -200.0, 100.0), (0.0, -100.0, 100.0, 100.0), (200.0, -100.0, 260.0, 80.0)]


@pytest.fixture
def marks(qtbot):
    canvas = Canvas(PadDocument())
    qtbot.addWidget(canvas)
    marks = DigitMarks(canvas)
    canvas.resize(600, 500)
    canvas.show()
    qtbot.waitExposed(canvas)
    marks.set_boxes(BOXES, 2, False)
    return marks


def test_a_frame_that_grows_is_painted_without_the_others(qtbot, marks):
    painted = Painted(marks)
    marks.set_boxes([*BOXES[:2], (200.0, -100.0, 270.0, 80.0)], 2, False)
    qtbot.waitUntil(lambda: bool(painted.counts))
    bounds = QRectF(painted.regions[marks].boundingRect())
    assert [bounds.intersects(frame) for frame in marks.rectangles] == [False, False, True]


def test_another_choice_has_both_frames_painted(qtbot, marks):
    painted = Painted(marks)
    marks.set_boxes(BOXES, 0, False)
    qtbot.waitUntil(lambda: bool(painted.counts))
    region = painted.regions[marks]
    assert [region.intersects(frame.toAlignedRect()) for frame in marks.rectangles] == [True, False, True]


def test_the_frames_are_as_large_as_the_pad(marks):
    marks.parentWidget().resize(400, 300)
    assert marks.size() == marks.parentWidget().size()
