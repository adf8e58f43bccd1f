"""The pad: mouse, tablet and touch become ink, ink becomes pixels, and each step can be undone."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QMouseEvent,
    QPainter,
    QPointingDevice,
    QRegion,
    QTabletEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.pad.canvas import Canvas
from desktop.pad.document import PadDocument
from desktop.widgets.theme import LIGHT

LEFT = Qt.MouseButton.LeftButton
PAPER, INK = QColor("#101116"), QColor("#f4f1ea")
COLOURS = replace(LIGHT, pad=PAPER.name(), ink=INK.name())
RED = replace(LIGHT, pad="#000000", ink="#ff0000")


class Heard:
    """Counts what a pad says."""

    def __init__(self, document: PadDocument) -> None:
        self.changes = self.strokes = 0
        document.changed.connect(self._on_changed)
        document.stroke_completed.connect(self._on_completed)

    def _on_changed(self) -> None:
        self.changes += 1

    def _on_completed(self) -> None:
        self.strokes += 1


@pytest.fixture
def canvas(qtbot):
    """A pad of 400 × 500 pixels that is shown."""
    canvas = Canvas(PadDocument())
    qtbot.addWidget(canvas)
    canvas.set_colours(COLOURS)
    canvas.resize(400, 500)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


@pytest.fixture
def heard(canvas):
    return Heard(canvas.document)


def draw(canvas, *places):
    QTest.mousePress(canvas, LEFT, pos=QPoint(*places[0]))
    for place in places[1:]:
        QTest.mouseMove(canvas, QPoint(*place))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(*places[-1]))


def tablet(kind, x, y, pressure, pointer=QPointingDevice.PointerType.Pen, button=LEFT):
    device = QPointingDevice(
        "tablet",
        1,
        QPointingDevice.DeviceType.Stylus,
        pointer,
        QPointingDevice.Capability.Pressure,
        1,
        3,
    )
    is_down = kind != QEvent.Type.TabletRelease and pressure > 0
    changed = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletMove else button
    place = QPointF(x, y)
    event = QTabletEvent(
        kind,
        device,
        place,
        place,
        pressure,
        0,
        0,
        0,
        0,
        0,
        Qt.KeyboardModifier.NoModifier,
        changed,
        button if is_down else Qt.MouseButton.NoButton,
    )
    event.keep = device  # the event only points to it
    return event


def send_tablet(canvas, *arguments, **options):
    event = tablet(*arguments, **options)
    event.ignore()
    QGuiApplication.sendEvent(canvas, event)
    # Qt itself keeps back the moves of a pen that only hovers.
    assert event.isAccepted() or (event.type() == QEvent.Type.TabletMove and not event.buttons())


def shown(canvas, ratio=1.0) -> QImage:
    image = QImage(canvas.size() * ratio, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    canvas.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def difference(one: QImage, other: QImage) -> int:
    """The largest difference of two pictures in any channel."""
    assert one.size() == other.size()
    first, second = (
        np.frombuffer(image.convertToFormat(QImage.Format.Format_ARGB32).constBits(), np.uint8).astype(int)
        for image in (one, other)
    )
    return int(abs(first - second).max())


def places(stroke):
    return [(round(point.x, 1), round(point.y, 1)) for point in stroke]


def grey_picture(width=30, height=40, value=200):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(value, value, value))
    return image


# The mouse


def test_press_move_release_make_a_stroke_in_thousandths_of_the_shorter_side(canvas, heard):
    draw(canvas, (100, 150), (200, 250), (300, 450))
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [[(-250, -250), (0, 0), (250, 500)]]
    assert heard.strokes == 1
    assert not canvas.document.is_empty


def test_the_stroke_under_the_pen_is_ink_already_and_each_move_is_told_once(canvas, heard):
    QTest.mousePress(canvas, LEFT, pos=QPoint(100, 100))
    assert (heard.changes, heard.strokes) == (1, 0)
    assert not canvas.document.is_empty
    for count, x in enumerate((120, 121, 122, 140), start=2):
        QTest.mouseMove(canvas, QPoint(x, 100))
        assert heard.changes == count
        assert places(canvas.document.ink.strokes[0])[-1] == ((x - 200) / 0.4, -375)
    assert not canvas.document.history.can_undo
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(140, 100))
    assert heard.strokes == 1
    assert canvas.document.history.count == 1


def test_hovering_and_other_buttons_say_and_do_nothing(canvas, heard):
    QTest.mouseMove(canvas, QPoint(50, 50))
    QTest.mouseMove(canvas, QPoint(90, 90))
    QTest.mousePress(canvas, Qt.MouseButton.RightButton, pos=QPoint(50, 50))
    QTest.mouseMove(canvas, QPoint(60, 60))
    QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=QPoint(60, 60))
    assert (heard.changes, heard.strokes) == (0, 0)
    assert canvas.document.is_empty


def test_a_tap_makes_a_dot_that_is_seen(canvas):
    draw(canvas, (200, 250))
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [[(0, 0)]]
    image = shown(canvas)
    assert image.pixelColor(200, 250) == INK
    assert image.pixelColor(200, 257) == INK  # the pen is 16.8 pixels wide
    assert image.pixelColor(200, 262) == PAPER


def test_two_quick_taps_are_two_dots(canvas):
    QTest.mouseClick(canvas, LEFT, pos=QPoint(100, 100))
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(102, 100))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(102, 100))
    assert len(canvas.document.ink.strokes) == 2
    assert canvas.document.history.count == 2


def test_leaving_the_pad_keeps_the_stroke_and_releasing_outside_ends_it(canvas, heard):
    draw(canvas, (200, 250), (390, 250), (600, 250))
    assert places(canvas.document.ink.strokes[0])[-1] == (1000, 0)
    assert heard.strokes == 1


def test_losing_focus_and_hiding_complete_the_stroke(qtbot, qapp):
    host = QWidget()
    qtbot.addWidget(host)
    canvas, field = Canvas(PadDocument(), host), QLineEdit(host)
    canvas.setGeometry(0, 0, 400, 500)
    field.setGeometry(0, 500, 400, 40)
    host.resize(400, 540)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    heard = Heard(canvas.document)
    QTest.mousePress(canvas, LEFT, pos=QPoint(100, 100))
    assert canvas.hasFocus()
    field.setFocus()
    assert heard.strokes == 1
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(100, 100))
    QTest.mousePress(canvas, LEFT, pos=QPoint(200, 100))
    canvas.hide()
    assert heard.strokes == 2
    assert len(canvas.document.ink.strokes) == 2


def test_points_nearer_than_a_few_thousandths_are_thinned_and_the_end_is_kept(canvas):
    QTest.mousePress(canvas, LEFT, pos=QPoint(100, 100))
    for x in range(101, 301):
        QTest.mouseMove(canvas, QPoint(x, 100))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(300, 100))
    stroke = canvas.document.ink.strokes[0]
    assert places(stroke)[0] == (-250, -375)
    assert places(stroke)[-1] == (250, -375)
    assert 80 <= len(stroke) <= 102  # 200 moves of 2.5 units, 4 at least kept apart


def test_time_runs_from_the_first_point_and_on_through_undo(canvas):
    for x in (100, 200, 300):
        draw(canvas, (x, 100), (x, 200))
    canvas.document.history.undo()
    canvas.document.clear()
    canvas.document.history.undo()
    draw(canvas, (350, 100), (350, 200))
    times = [point.time_ms for stroke in canvas.document.ink.strokes for point in stroke]
    assert times[0] == 0
    assert times == sorted(times)
    assert times[-1] > 0
    assert all(point.pressure == 1 for stroke in canvas.document.ink.strokes for point in stroke)


# Tablet


def test_a_tablet_pen_draws_with_its_pressure_and_is_always_accepted(canvas, heard):
    press, move, release = QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease
    send_tablet(canvas, move, 10, 10, 0)
    assert heard.changes == 0
    send_tablet(canvas, press, 100, 150, 0.25)
    send_tablet(canvas, move, 200.5, 250.25, 0.75)
    send_tablet(canvas, release, 200.5, 250.25, 0)
    send_tablet(canvas, move, 300, 300, 0)
    stroke = canvas.document.ink.strokes[0]
    assert [point[:3] for point in stroke] == [(-250, -250, 0.25), (1.25, 0.625, 0.75)]
    assert heard.strokes == 1
    assert len(canvas.document.ink.strokes) == 1


def test_mouse_events_beside_a_tablet_stroke_do_not_double_it(canvas):
    send_tablet(canvas, QEvent.Type.TabletPress, 100, 150, 0.5)
    draw(canvas, (100, 150), (150, 150))
    send_tablet(canvas, QEvent.Type.TabletMove, 200, 250, 0.5)
    send_tablet(canvas, QEvent.Type.TabletRelease, 200, 250, 0)
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [[(-250, -250), (0, 0)]]


def test_a_side_button_of_the_tablet_pen_draws_nothing(canvas):
    right = Qt.MouseButton.RightButton
    send_tablet(canvas, QEvent.Type.TabletPress, 100, 150, 0.5, button=right)
    send_tablet(canvas, QEvent.Type.TabletMove, 200, 250, 0.5, button=right)
    send_tablet(canvas, QEvent.Type.TabletRelease, 200, 250, 0, button=right)
    assert canvas.document.is_empty


def test_the_other_end_of_the_tablet_pen_erases_the_strokes_it_touches(canvas):
    draw(canvas, (100, 100), (100, 400))
    draw(canvas, (300, 100), (300, 400))
    eraser = QPointingDevice.PointerType.Eraser
    send_tablet(canvas, QEvent.Type.TabletPress, 200, 250, 0.5, pointer=eraser)
    assert len(canvas.document.ink.strokes) == 2
    send_tablet(canvas, QEvent.Type.TabletMove, 292, 250, 0.5, pointer=eraser)
    send_tablet(canvas, QEvent.Type.TabletRelease, 292, 250, 0, pointer=eraser)
    assert [places(stroke)[0] for stroke in canvas.document.ink.strokes] == [(-250, -375)]
    canvas.document.history.undo()
    assert len(canvas.document.ink.strokes) == 2


# Touch


@pytest.fixture(scope="module")
def touch_screen():
    return QTest.createTouchDevice()


def test_a_finger_draws_one_stroke_and_no_mouse_doubles_it(canvas, heard, touch_screen):
    QTest.touchEvent(canvas, touch_screen).press(0, QPoint(100, 150), canvas).commit()
    QTest.touchEvent(canvas, touch_screen).move(0, QPoint(200, 250), canvas).commit()
    QTest.touchEvent(canvas, touch_screen).release(0, QPoint(200, 250), canvas).commit()
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [[(-250, -250), (0, 0)]]
    assert heard.strokes == 1
    # What some systems send after a touch, and what they send when there was none.
    place = QPointF(100, 150)
    made = Qt.MouseEventSource.MouseEventSynthesizedBySystem
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        arguments = (LEFT, LEFT, Qt.KeyboardModifier.NoModifier, made)
        QGuiApplication.sendEvent(canvas, QMouseEvent(kind, place, place, place, *arguments))
    assert len(canvas.document.ink.strokes) == 1


def test_a_system_that_turns_touch_into_a_mouse_can_still_draw(canvas):
    place = QPointF(100, 150)
    made = Qt.MouseEventSource.MouseEventSynthesizedBySystem
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        arguments = (LEFT, LEFT, Qt.KeyboardModifier.NoModifier, made)
        QGuiApplication.sendEvent(canvas, QMouseEvent(kind, place, place, place, *arguments))
    assert len(canvas.document.ink.strokes) == 1


def test_a_second_finger_is_ignored_and_may_draw_later(canvas, touch_screen):
    QTest.touchEvent(canvas, touch_screen).press(0, QPoint(100, 150), canvas).commit()
    QTest.touchEvent(canvas, touch_screen).stationary(0).press(1, QPoint(300, 150), canvas).commit()
    QTest.touchEvent(canvas, touch_screen).move(0, QPoint(100, 250), canvas).move(
        1, QPoint(300, 250), canvas
    ).commit()
    QTest.touchEvent(canvas, touch_screen).release(0, QPoint(100, 250), canvas).stationary(1).commit()
    QTest.touchEvent(canvas, touch_screen).move(1, QPoint(300, 300), canvas).commit()
    QTest.touchEvent(canvas, touch_screen).release(1, QPoint(300, 300), canvas).commit()
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [[(-250, -250), (-250, 0)]]
    QTest.touchEvent(canvas, touch_screen).press(1, QPoint(300, 150), canvas).commit()
    QTest.touchEvent(canvas, touch_screen).release(1, QPoint(300, 150), canvas).commit()
    assert len(canvas.document.ink.strokes) == 2


def test_a_stroke_that_hiding_completed_does_not_go_on(canvas, touch_screen):
    QTest.touchEvent(canvas, touch_screen).press(0, QPoint(100, 150), canvas).commit()
    canvas.document.complete_stroke()
    QTest.touchEvent(canvas, touch_screen).move(0, QPoint(200, 250), canvas).commit()
    QTest.touchEvent(canvas, touch_screen).release(0, QPoint(200, 250), canvas).commit()
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [[(-250, -250)]]
    draw(canvas, (10, 10))
    assert len(canvas.document.ink.strokes) == 2


# Undo, clear, keys


def test_each_stroke_is_one_undo_step(canvas, heard):
    draw(canvas, (100, 100), (150, 200))
    draw(canvas, (200, 100), (250, 200))
    both = canvas.document.ink
    changes = heard.changes
    canvas.document.history.undo()
    assert canvas.document.ink.strokes == both.strokes[:1]
    canvas.document.history.undo()
    assert canvas.document.is_empty
    canvas.document.history.redo()
    canvas.document.history.redo()
    assert canvas.document.ink == both
    assert heard.changes == changes + 4
    assert heard.strokes == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_keys_clear_the_pad_and_undo_brings_it_back(canvas, key):
    draw(canvas, (100, 100), (150, 200))
    before = canvas.document.ink
    QTest.keyClick(canvas, key)
    assert canvas.document.is_empty
    canvas.document.history.undo()
    assert canvas.document.ink == before


def test_clearing_while_drawing_keeps_the_stroke_for_undo(canvas):
    QTest.mousePress(canvas, LEFT, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(150, 100))
    canvas.document.clear()
    assert canvas.document.is_empty
    QTest.mouseMove(canvas, QPoint(250, 100))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(250, 100))
    assert canvas.document.is_empty
    canvas.document.history.undo()
    assert places(canvas.document.ink.strokes[0]) == [(-250, -375), (-125, -375)]


def test_undo_while_drawing_loses_nothing_of_the_stroke(canvas):
    draw(canvas, (100, 100), (100, 200))
    QTest.mousePress(canvas, LEFT, pos=QPoint(300, 100))
    QTest.mouseMove(canvas, QPoint(300, 200))
    canvas.document.history.undo()
    QTest.mouseMove(canvas, QPoint(300, 300))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(300, 300))
    assert [places(stroke) for stroke in canvas.document.ink.strokes] == [
        [(250, -375), (250, -125), (250, 125)]
    ]


def test_a_cancelled_stroke_leaves_nothing(canvas, heard):
    draw(canvas, (100, 100), (100, 200))
    before, image = canvas.document.ink, shown(canvas)
    QTest.mousePress(canvas, LEFT, pos=QPoint(300, 100))
    QTest.mouseMove(canvas, QPoint(300, 200))
    canvas.document.cancel_stroke()
    assert canvas.document.ink == before
    assert heard.strokes == 1
    assert canvas.document.history.count == 1
    assert difference(shown(canvas), image) == 0


# Painting


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_ink_appears_where_the_pen_was_and_nowhere_else(canvas, ratio):
    draw(canvas, *[(x, 150) for x in range(100, 301, 20)])
    image = shown(canvas, ratio)

    def colour(x, y):
        return image.pixelColor(int(x * ratio), int(y * ratio))

    for x in (94, 100, 200, 300, 306):
        assert colour(x, 150) == INK
    for y in (144, 156):  # the pen is 16.8 pixels wide
        assert colour(200, y) == INK
    for place in ((88, 150), (312, 150), (200, 139), (200, 161), (200, 300)):
        assert colour(*place) == PAPER


def test_edges_are_smooth_at_twice_the_pixels(canvas):
    # Painted small and blown up, whole pixels of two would be equal everywhere.
    draw(canvas, *[(100 + 5 * step, 150 + 7 * step) for step in range(30)])
    image = shown(canvas, 2.0)
    pairs = [(x, y) for x in range(200, 500, 2) for y in range(300, 700, 2)]
    assert any(image.pixelColor(x, y) != image.pixelColor(x + 1, y) for x, y in pairs)


CURVE = [(60, 60), (90, 40), (130, 45), (150, 80), (120, 130), (80, 180), (61, 220), (110, 215), (190, 217)]


def test_a_stroke_looks_the_same_under_the_pen_and_after_it_and_afresh(canvas, qapp):
    QTest.mousePress(canvas, LEFT, pos=QPoint(*CURVE[0]))
    for (x, y), (to_x, to_y) in pairwise(CURVE):
        for step in range(1, 9):
            QTest.mouseMove(canvas, QPoint(x + (to_x - x) * step // 8, y + (to_y - y) * step // 8))
            qapp.processEvents()
    under_the_pen = shown(canvas)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(*CURVE[-1]))
    after = shown(canvas)
    canvas.set_colours(COLOURS)
    assert difference(after, under_the_pen) <= 2
    assert difference(shown(canvas), after) <= 2


class Screen:
    """What a screen shows that is only painted where the pad asks for it."""

    def __init__(self, canvas, qapp):
        self._canvas, self._qapp = canvas, qapp
        self._painted: list[QRect] = []
        qapp.processEvents()
        self._image = shown(canvas)
        paint = canvas.paintEvent

        def note_and_paint(event):
            self._painted.append(event.region().boundingRect())
            paint(event)

        canvas.paintEvent = note_and_paint

    def refresh(self) -> int:
        """Paint what the pad asked for, compare with the pad painted at once; the pixels painted."""
        self._painted.clear()
        self._qapp.processEvents()
        painted = list(self._painted)
        fresh = shown(self._canvas)
        painter = QPainter(self._image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for rectangle in painted:
            painter.drawImage(rectangle, fresh, rectangle)
        painter.end()
        assert difference(self._image, fresh) == 0
        return sum(rectangle.width() * rectangle.height() for rectangle in painted)


def test_drawing_repaints_what_changes_and_little_else(canvas, qapp):
    screen = Screen(canvas, qapp)
    QTest.mousePress(canvas, LEFT, pos=QPoint(*CURVE[0]))
    screen.refresh()
    for (x, y), (to_x, to_y) in pairwise(CURVE):
        for step in range(1, 9):
            QTest.mouseMove(canvas, QPoint(x + (to_x - x) * step // 8, y + (to_y - y) * step // 8))
            assert 0 < screen.refresh() < 400 * 500 / 10
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(*CURVE[-1]))
    screen.refresh()


def test_a_thinned_point_is_not_left_on_the_screen(canvas, qapp):
    canvas.resize(1600, 1600)
    screen = Screen(canvas, qapp)
    QTest.mousePress(canvas, LEFT, pos=QPoint(800, 800))
    QTest.mouseMove(canvas, QPoint(806, 800))
    screen.refresh()
    QTest.mouseMove(canvas, QPoint(600, 800))
    screen.refresh()
    assert len(canvas.document.ink.strokes[0]) == 2
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(600, 800))


def test_the_steps_of_whole_pixels_are_not_seen(canvas):
    """A slow line of little slope: its upper edge rises evenly, not in steps of a pixel."""
    draw(canvas, *[(x, 150 + round((x - 60) * 0.06)) for x in range(60, 341, 3)])
    image = shown(canvas, 2.0)

    def edge(x):
        """How much of the column above the line's middle is ink, in half pixels."""
        levels = [image.pixelColor(x, y).red() for y in range(240, 300 + (x - 120) * 6 // 100)]
        paper, ink = PAPER.red(), INK.red()
        return len(levels) - sum((level - paper) / (ink - paper) for level in levels) + 240

    edges = [edge(x) for x in range(160, 640, 4)]
    straight = [edges[0] + (edges[-1] - edges[0]) * i / (len(edges) - 1) for i in range(len(edges))]
    assert max(abs(a - b) for a, b in zip(edges, straight, strict=True)) < 0.9


def test_the_hint_stands_on_an_empty_pad_and_goes_with_the_first_point(canvas):
    middle = QRect(0, 200, 400, 100)

    def is_blank(image):
        part = image.copy(middle)
        return all(part.pixelColor(x, y) == PAPER for x in range(20, 380) for y in range(part.height()))

    assert not is_blank(shown(canvas))
    QTest.mousePress(canvas, LEFT, pos=QPoint(200, 30))
    assert is_blank(shown(canvas))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(200, 30))
    assert is_blank(shown(canvas))
    canvas.document.history.undo()
    assert not is_blank(shown(canvas))


def test_corners_are_round_and_the_frame_shows_the_focus(qtbot, canvas):
    assert shown(canvas).pixelColor(0, 0).alpha() == 0
    canvas.clearFocus()
    without = shown(canvas).pixelColor(0, 250)
    canvas.activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    assert shown(canvas).pixelColor(0, 250) == canvas.palette().accent().color()
    assert without != canvas.palette().accent().color()


def test_ink_grows_with_the_pad_and_stays_the_same_ink(canvas):
    draw(canvas, *[(x, 250) for x in range(150, 251, 10)])
    before = canvas.document.ink
    canvas.resize(800, 900)
    image = shown(canvas)
    assert canvas.document.ink == before
    assert image.pixelColor(302, 450) == INK
    assert image.pixelColor(498, 450) == INK
    assert image.pixelColor(400, 465) == INK  # the pen is twice as wide
    assert image.pixelColor(270, 450) == PAPER
    canvas.resize(400, 500)
    assert shown(canvas).pixelColor(152, 250) == INK


def test_resizing_while_drawing_keeps_the_stroke_in_its_place(canvas):
    QTest.mousePress(canvas, LEFT, pos=QPoint(150, 250))
    for x in range(160, 251, 10):
        QTest.mouseMove(canvas, QPoint(x, 250))
    shown(canvas)
    canvas.resize(800, 900)
    image = shown(canvas)
    assert image.pixelColor(302, 450) == INK
    assert image.pixelColor(240, 450) == PAPER
    QTest.mouseMove(canvas, QPoint(600, 450))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(600, 450))
    assert places(canvas.document.ink.strokes[0])[-1] == (250, 0)


def test_new_colours_repaint_what_is_there(canvas):
    draw(canvas, (200, 250))
    canvas.set_colours(RED)
    image = shown(canvas)
    assert image.pixelColor(200, 250) == QColor("#ff0000")
    assert image.pixelColor(50, 50) == QColor("#000000")


# Drawings and pictures put on the pad


def test_a_picture_replaces_ink_and_a_stroke_replaces_the_picture_in_one_step(canvas):
    draw(canvas, (100, 100), (100, 200))
    before = canvas.document.ink
    canvas.document.put_picture(grey_picture())
    assert canvas.document.ink.is_empty
    assert not canvas.document.is_empty
    assert canvas.document.picture.size().toTuple() == (30, 40)
    assert canvas.document.picture.isGrayscale()
    assert shown(canvas).pixelColor(200, 250).red() == 200
    QTest.mousePress(canvas, LEFT, pos=QPoint(50, 100))
    assert canvas.document.picture is None
    assert shown(canvas).pixelColor(200, 250) == PAPER
    QTest.mouseMove(canvas, QPoint(50, 200))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(50, 200))
    assert len(canvas.document.ink.strokes) == 1
    canvas.document.history.undo()
    assert canvas.document.picture is not None
    assert shown(canvas).pixelColor(200, 250).red() == 200
    canvas.document.history.undo()
    assert canvas.document.ink == before


def test_a_picture_comes_back_when_the_stroke_on_it_is_cancelled(canvas):
    canvas.document.put_picture(grey_picture())
    QTest.mousePress(canvas, LEFT, pos=QPoint(50, 100))
    shown(canvas)
    canvas.document.cancel_stroke()
    assert canvas.document.picture is not None
    assert shown(canvas).pixelColor(200, 250).red() == 200


def test_whoever_hears_of_a_stroke_may_change_the_colours_at_once(canvas):
    QTest.mousePress(canvas, LEFT, pos=QPoint(200, 30))
    canvas.document.changed.connect(lambda: canvas.set_colours(RED))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(200, 30))
    image = shown(canvas)
    assert image.pixelColor(200, 30) == QColor("#ff0000")
    assert image.pixelColor(50, 300) == QColor("#000000")


def test_the_pad_has_a_name_and_takes_the_keyboard(canvas):
    assert canvas.accessibleName()
    assert canvas.accessibleDescription()
    assert canvas.focusPolicy() & Qt.FocusPolicy.TabFocus
