"""Several digits on the pad: one number, each digit its own bars, one of them looked at."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen

from desktop.reading.number_strip import NumberStrip
from engine.preprocessing.ink import Ink
from engine.preprocessing.segmentation.pieces import MOST_DIGITS

SEVEN = [(0, 0), (60, 0), (20, 100)]
ONE = [(30, 0), (30, 100)]
FOUR = [[(10, 0), (0, 60), (55, 60)], [(45, 30), (40, 100)]]


def number(*digits):
    """Strokes of digits beside each other; a digit is a stroke or a list of strokes."""
    strokes = []
    for place, digit in enumerate(digits):
        lines = digit if isinstance(digit[0], list) else [digit]
        strokes += [[(x + 100 * place, y) for x, y in line] for line in lines]
    return Ink.from_lists(strokes)


@pytest.fixture
def window(make_window):
    return make_window()


def put(qtbot, window, ink):
    with qtbot.waitSignal(window.reader.reading_completed):
        window.document.put_ink(ink)


def strip(window):
    return window.prediction.findChild(NumberStrip)


def test_a_number_is_read_from_left_to_right(qtbot, window):
    put(qtbot, window, number(SEVEN, ONE, FOUR))
    assert window.reader.text == "714"
    assert window.prediction.answer == "714"
    assert len(window.reader.readings) == 3
    assert strip(window).isVisible()
    assert window.prediction.accessibleDescription().startswith("714; digit 3 of 3: 4, ")


def test_the_digit_that_was_written_last_is_looked_at(qtbot, window):
    put(qtbot, window, number(SEVEN, ONE))
    assert window.reader.selected == 1
    assert window.reader.last_reading.digit == 1
    put(qtbot, window, Ink(number(SEVEN, ONE).strokes[::-1]))
    assert window.reader.text == "71"
    assert window.reader.selected == 0


def test_a_single_digit_has_neither_strip_nor_frame(qtbot, window):
    put(qtbot, window, number(FOUR))
    assert window.prediction.answer.rstrip("?") == "4"
    assert not strip(window).isVisible()
    assert not window._pad_controller.marks.isVisible()
    put(qtbot, window, number(SEVEN, ONE))
    assert strip(window).isVisible()
    put(qtbot, window, number(SEVEN))
    assert not strip(window).isVisible()
    assert not window._pad_controller.marks.isVisible()


def test_keys_go_from_digit_to_digit_on_the_pad_and_beside_it(qtbot, window):
    put(qtbot, window, number(SEVEN, ONE, FOUR))
    for widget in (window.canvas, window.prediction.bars, strip(window)):
        window.reader.select(2)
        qtbot.keyClick(widget, Qt.Key.Key_Left)
        assert window.reader.selected == 1
        assert window.prediction.bars.probabilities == window.reader.readings[1].probabilities
        qtbot.keyClick(widget, Qt.Key.Key_Left)
        qtbot.keyClick(widget, Qt.Key.Key_Left)
        assert window.reader.selected == 0
        qtbot.keyClick(widget, Qt.Key.Key_Right)
        assert window.reader.selected == 1
    qtbot.keyClick(strip(window), Qt.Key.Key_End)
    assert window.reader.selected == 2
    qtbot.keyClick(strip(window), Qt.Key.Key_Home)
    assert window.reader.selected == 0


def test_a_click_chooses_a_digit(qtbot, window):
    put(qtbot, window, number(SEVEN, ONE, FOUR))
    middle = strip(window).column(0).center().toPoint()
    qtbot.mouseClick(strip(window), Qt.MouseButton.LeftButton, pos=middle)
    assert window.reader.selected == 0
    middle = strip(window).column(1).center().toPoint()
    qtbot.mouseClick(strip(window), Qt.MouseButton.LeftButton, pos=middle)
    assert window.reader.selected == 1


def test_why_is_about_the_digit_looked_at(qtbot, window):
    put(qtbot, window, number(SEVEN, ONE))
    window._actions.why.setChecked(True)
    view = window._side_views.why.view
    qtbot.waitUntil(lambda: view.explanation is not None and view.explanation.digit == 1)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: view.explanation.digit == 7)


def test_frames_stand_around_the_digits_and_follow_the_pad(qtbot, window):
    put(qtbot, window, number(SEVEN, ONE))
    first, second = window._pad_controller.marks.rectangles
    assert first.right() < second.left()
    bounds = window.document.ink.bounds()
    shorter = min(window.canvas.width(), window.canvas.height())
    assert second.right() - first.left() > bounds.width * shorter / 1000
    window.resize(1700, 1000)
    qtbot.waitUntil(lambda: window._pad_controller.marks.size() == window.canvas.size())
    assert window._pad_controller.marks.rectangles[0].width() != first.width()


def test_the_pen_writes_through_the_frames(qtbot, window):
    put(qtbot, window, number(SEVEN, ONE))
    place = window._pad_controller.marks.rectangles[0].center().toPoint()
    assert window.canvas.childAt(place) is None
    qtbot.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert window.document.is_drawing
    qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=place)


def test_an_empty_pad_has_no_number(qtbot, window):
    put(qtbot, window, number(SEVEN, ONE))
    with qtbot.waitSignal(window.reader.reading_cleared):
        window.document.clear()
    assert (window.reader.text, window.reader.number, window.reader.readings) == ("", None, ())
    assert window.prediction.answer == "–"
    assert not window._pad_controller.marks.isVisible()


def test_more_digits_than_can_be_shown_give_one_sentence(qtbot, window):
    put(qtbot, window, number(*[ONE] * MOST_DIGITS))
    assert window.reader.text == "1" * MOST_DIGITS
    with qtbot.waitSignal(window.reader.reading_refused) as told:
        window.document.put_ink(number(*[ONE] * (MOST_DIGITS + 1)))
    assert told.args == ["This drawing falls into 9 parts: leave 8 digits or fewer."]
    assert window.prediction.answer == "–"
    assert not window.notice.isVisible()


def test_the_number_is_copied_as_text(qtbot, window):
    assert not window._actions.copy_number.isEnabled()
    put(qtbot, window, number(SEVEN, ONE))
    window._actions.copy_number.trigger()
    assert QGuiApplication.clipboard().text() == "71"


def test_a_number_is_copied_with_the_stroke_that_is_not_read_yet(qtbot, window):
    put(qtbot, window, number(SEVEN))
    window.document.put_ink(number(SEVEN, ONE))
    window._actions.copy_number.trigger()
    assert QGuiApplication.clipboard().text() == "71"


def test_a_picture_of_a_number_is_read_and_framed(qtbot, window):
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(QPen(QColor("black"), 12))
    for left, digit in ((60, SEVEN), (240, ONE)):
        points = [QPoint(left + x, 50 + y) for x, y in digit]
        for start, end in pairwise(points):
            painter.drawLine(start, end)
    painter.end()
    with qtbot.waitSignal(window.reader.reading_completed):
        window.document.put_picture(image)
    assert window.reader.text == "71"
    assert window.reader.selected == 0
    area = window.canvas.picture_area
    left = window._pad_controller.marks.rectangles[0].left()
    assert left == pytest.approx(area.left() + (60 - 6) / 400 * area.width(), abs=8)


def test_the_number_follows_other_weights(qtbot, window):
    put(qtbot, window, number(SEVEN, ONE))
    window.reader.select(0)
    with qtbot.waitSignal(window.reader.number_completed) as told:
        window.reader.use_model(window.networks.model)
    assert told.args[1] == 0
    assert [reading.digit for reading in told.args[0]] == [7, 1]
