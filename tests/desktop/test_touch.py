"""Of a palm, a finger and a pen the one that draws is the one that the writer means."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QEventPoint, QGuiApplication, QTouchEvent
from PySide6.QtTest import QTest

from desktop.pad.canvas import Canvas
from desktop.pad.document import PadDocument
from tests.desktop.pad.test_canvas import places, send_tablet, tablet

PRESS, MOVE, RELEASE = QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease
LINE = [(-250, -250), (-250, 0)]


@pytest.fixture
def canvas(qtbot):
    """A pad of 400 × 500 pixels that is shown."""
    canvas = Canvas(PadDocument())
    qtbot.addWidget(canvas)
    canvas.resize(400, 500)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


@pytest.fixture(scope="module")
def screen():
    return QTest.createTouchDevice()


@pytest.fixture
def touch(canvas, screen):
    """Sends one event with the points that are given: number, what happens to it, and where it is."""

    def send(*points):
        event = QTest.touchEvent(canvas, screen)
        for number, happens, *place in points:
            if happens == "rests":
                event.stationary(number)
            else:
                getattr(event, happens)(number, QPoint(*place), canvas)
        event.commit()

    return send


def test_a_palm_that_rests_gives_way_to_the_finger_that_moves(canvas, touch):
    touch((0, "press", 300, 400))
    touch((0, "move", 304, 402))
    touch((0, "rests"), (1, "press", 100, 150))
    touch((0, "rests"), (1, "move", 100, 170))
    touch((0, "move", 302, 405), (1, "move", 100, 250))
    touch((0, "rests"), (1, "release", 100, 250))
    touch((0, "release", 302, 405))
    (stroke,) = canvas.document.ink.strokes
    assert [places(stroke)[0], places(stroke)[-1]] == LINE
    assert canvas.document.history.count == 1


def test_a_palm_that_comes_down_while_a_finger_draws_is_ignored(canvas, touch):
    touch((0, "press", 100, 150))
    touch((0, "move", 100, 200))
    touch((0, "rests"), (1, "press", 300, 400))
    touch((0, "move", 100, 250), (1, "move", 330, 400))
    touch((0, "release", 100, 250), (1, "rests"))
    touch((1, "release", 330, 400))
    (stroke,) = canvas.document.ink.strokes
    assert [places(stroke)[0], places(stroke)[-1]] == LINE


def test_the_finger_writes_on_while_the_palm_stays(canvas, touch):
    touch((0, "press", 300, 400))
    for column in (100, 150):
        touch((0, "rests"), (1, "press", column, 150))
        touch((0, "rests"), (1, "move", column, 250))
        touch((0, "rests"), (1, "release", column, 250))
    touch((0, "release", 300, 400))
    assert [places(stroke)[0] for stroke in canvas.document.ink.strokes] == [(-250, -250), (-125, -250)]


def test_a_palm_that_lifts_first_leaves_nothing_and_the_finger_that_stays_draws(canvas, touch):
    touch((0, "press", 300, 400))
    touch((0, "rests"), (1, "press", 100, 150))
    touch((0, "release", 300, 400), (1, "rests"))
    touch((1, "move", 100, 250))
    touch((1, "release", 100, 250))
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [LINE]


def test_a_dot_drawn_while_the_palm_lifts_is_the_finger_s(canvas, touch):
    touch((0, "press", 300, 400))
    touch((0, "rests"), (1, "press", 100, 150))
    touch((0, "release", 300, 400), (1, "rests"))
    touch((1, "release", 100, 150))
    assert [places(stroke)[0] for stroke in canvas.document.ink.strokes] == [LINE[0]]


class MadeTouch:
    """A point of a touch; Qt has no way to make one of a size."""

    def __init__(self, number, state, place, diameter):
        self.id, self.state = (lambda: number), (lambda: state)
        self.position = lambda: QPointF(*place)
        self.ellipseDiameters = lambda: QSizeF(diameter, diameter)


def test_a_large_touch_is_a_palm_even_when_it_moves(canvas, screen):
    def send(kind, *points):
        event = QTouchEvent(kind, screen, Qt.KeyboardModifier.NoModifier, [])
        event.points = lambda: [MadeTouch(*point) for point in points]
        canvas.event(event)

    pressed, updated = QEventPoint.State.Pressed, QEventPoint.State.Updated
    released = QEventPoint.State.Released
    begin, update, end = QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd
    send(begin, (0, pressed, (300, 400), 120))
    send(update, (0, updated, (340, 400), 120), (1, pressed, (100, 150), 20))
    send(update, (0, updated, (360, 400), 120), (1, updated, (100, 250), 20))
    send(end, (0, released, (360, 400), 120), (1, released, (100, 250), 20))
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [LINE]


def test_a_pen_takes_over_from_the_palm_of_the_hand_that_holds_it(canvas, touch):
    touch((0, "press", 300, 400))
    touch((0, "move", 350, 400))
    send_tablet(canvas, PRESS, 100, 150, 0.5)
    touch((0, "move", 380, 400))
    send_tablet(canvas, MOVE, 100, 250, 0.5)
    touch((0, "release", 380, 400))
    send_tablet(canvas, RELEASE, 100, 250, 0)
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [LINE]
    assert canvas.document.history.count == 1


def test_a_palm_that_comes_down_just_after_the_pen_was_lifted_draws_nothing(canvas, screen):
    for kind, place, pressure in (
        (PRESS, (100, 150), 0.5),
        (MOVE, (100, 250), 0.5),
        (RELEASE, (100, 250), 0),
    ):
        event = tablet(kind, *place, pressure)
        event.setTimestamp(10_000)
        QGuiApplication.sendEvent(canvas, event)

    def touch_at(time_ms):
        point = QEventPoint(0, QEventPoint.State.Pressed, QPointF(300, 400), QPointF(300, 400))
        event = QTouchEvent(QEvent.Type.TouchBegin, screen, Qt.KeyboardModifier.NoModifier, [point])
        event.setTimestamp(time_ms)
        QGuiApplication.sendEvent(canvas, event)

    touch_at(10_200)
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [LINE]
    touch_at(11_000)
    assert len(canvas.document.ink.strokes) == 2
    canvas.document.complete_stroke()


def test_a_cancelled_touch_leaves_nothing_and_the_next_draws(canvas, touch, screen):
    touch((0, "press", 300, 400))
    touch((0, "move", 350, 400))
    cancelled = QTouchEvent(QEvent.Type.TouchCancel, screen, Qt.KeyboardModifier.NoModifier, [])
    QGuiApplication.sendEvent(canvas, cancelled)
    assert canvas.document.is_empty
    touch((0, "release", 350, 400))
    touch((0, "press", 100, 150))
    touch((0, "move", 100, 250))
    touch((0, "release", 100, 250))
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [LINE]
