"""Under a moving pen only what a reading changes is painted, and nothing is laid out again."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.reading.class_bars import ClassBars
from desktop.reading.network_input import NetworkInput
from desktop.reading.number_strip import NumberStrip
from desktop.reading.panel import PredictionPanel
from desktop.widgets.panels.steady_room import SteadyRoom
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import DARK, LIGHT
from tests.desktop.painted import Painted
from tests.desktop.patience import settle
from tests.desktop.reading.some_readings import read_as


@pytest.fixture
def bars(qtbot):
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.resize(260, 240)
    bars.show()
    qtbot.waitExposed(bars)
    return bars


def shares(**digits):
    return [digits.get(f"d{digit}", 0.0) for digit in range(10)]


def at_rest(qtbot, bars):
    qtbot.waitUntil(lambda: not bars._shares.are_moving)


def rows_of(bars, region):
    return [digit for digit in range(10) if region.intersects(bars.row_rectangle(digit).toAlignedRect())]


def test_the_same_probabilities_once_more_paint_nothing(qtbot, bars):
    bars.set_probabilities(shares(d7=0.9, d1=0.1))
    at_rest(qtbot, bars)
    painted = Painted(bars)
    bars.set_probabilities(shares(d7=0.9, d1=0.1))
    at_rest(qtbot, bars)
    assert painted.counts == {}


def test_only_rows_whose_probability_is_another_are_painted(qtbot, bars):
    bars.set_probabilities(shares(d7=0.9, d1=0.1))
    at_rest(qtbot, bars)
    painted = Painted(bars)
    bars.set_probabilities(shares(d7=0.8, d1=0.1, d3=0.1))
    at_rest(qtbot, bars)
    qtbot.waitUntil(lambda: bool(painted.counts))
    assert rows_of(bars, painted.regions[bars]) == [3, 7]


def test_a_value_that_changes_by_less_than_can_be_seen_is_painted_without_its_bar(qtbot, bars):
    bars.set_probabilities(shares(d7=0.9004, d1=0.0996))
    at_rest(qtbot, bars)
    painted = Painted(bars)
    bars.set_probabilities(shares(d7=0.9006, d1=0.0996))  # 90.0 % becomes 90.1 %
    at_rest(qtbot, bars)
    qtbot.waitUntil(lambda: bool(painted.counts))
    track = bars._row_painter().track(7)
    assert not painted.regions[bars].intersects(track)


def test_another_winner_has_both_rows_painted(qtbot, bars):
    bars.set_probabilities(shares(d7=0.51, d1=0.49))
    at_rest(qtbot, bars)
    painted = Painted(bars)
    bars.set_probabilities(shares(d7=0.49, d1=0.51))
    at_rest(qtbot, bars)
    qtbot.waitUntil(lambda: bool(painted.counts))
    for digit in (1, 7):
        row = bars.row_rectangle(digit).toAlignedRect()
        assert painted.regions[bars].intersected(row).boundingRect() == row


@pytest.mark.parametrize("is_on_ground", [False, True])
def test_bars_painted_part_by_part_look_as_if_painted_at_once(qtbot, bars, is_on_ground):
    if is_on_ground:
        bars.ground.set(LIGHT.panel)
    kept = bars.grab().toImage()
    paint = bars.paintEvent
    asked = []

    def note_and_paint(event):
        asked.append(event.region())
        paint(event)

    bars.paintEvent = note_and_paint
    for probabilities in (shares(d7=0.9, d1=0.1), shares(d7=0.4, d1=0.5, d3=0.1), shares(d3=1.0), None):
        bars.set_probabilities(probabilities)
        at_rest(qtbot, bars)
        bars.repaint(0, 0, 1, 1)  # whatever was asked for is painted by now
        regions = list(asked)
        fresh = bars.grab().toImage()
        asked.clear()
        for y in range(kept.height()):
            for x in range(kept.width()):
                if any(region.contains(QPoint(x, y)) for region in regions):
                    kept.setPixel(x, y, fresh.pixel(x, y))
        assert kept == fresh


def test_only_the_column_of_a_digit_that_is_read_differently_is_painted(qtbot):
    strip = NumberStrip()
    qtbot.addWidget(strip)
    strip.resize(260, 74)
    strip.show()
    qtbot.waitExposed(strip)
    readings = [read_as(digit) for digit in (7, 1, 4)]
    strip.set_readings(readings, 2)
    painted = Painted(strip)
    strip.set_readings([*readings[:2], read_as(4, 0.71)], 2)
    qtbot.waitUntil(lambda: bool(painted.counts))
    assert painted.regions[strip].boundingRect() == strip.column(2).toAlignedRect()
    painted.forget()
    strip.set_readings([*readings[:2], read_as(4, 0.71)], 2)
    settle(strip)
    assert painted.counts == {}


def test_the_network_s_picture_is_painted_again_only_if_it_is_another(qtbot):
    seen = NetworkInput()
    qtbot.addWidget(seen)
    seen.show()
    qtbot.waitExposed(seen)
    image = read_as(7).image.copy()
    image[10:20, 12:15] = 1.0
    seen.set_image(image)
    painted = Painted(seen)
    seen.set_image(image.copy())
    settle(seen)
    assert painted.counts == {}
    image[10, 15] = 0.5
    seen.set_image(image)
    qtbot.waitUntil(lambda: bool(painted.counts))


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_network_s_picture_looks_the_same_on_a_ground_it_knows(qtbot, colours):
    """Its corners are painted over there, and cut off where it knows of no ground."""
    image = read_as(7).image.copy()
    image[:] = 0.7
    images = []
    for knows_ground in (False, True):
        host = QWidget()
        qtbot.addWidget(host)
        host.setStyleSheet(f"background: {colours.panel}")
        seen = NetworkInput()
        seen.setParent(host)
        seen.set_colours(colours)
        if knows_ground:
            seen.ground.set(colours.panel)
        host.resize(112, 112)
        seen.resize(112, 112)
        seen.set_image(image)
        host.show()
        images.append(host.grab().toImage())
    pairs = [
        (one.pixelColor(x, y), other.pixelColor(x, y))
        for one, other in [images]
        for x in range(112)
        for y in range(112)
    ]
    # Edges of a clip are rounded to other shares of a pixel than those of an area that is filled.
    assert max(abs(a.red() - b.red()) for a, b in pairs) < 128
    assert sum(a != b for a, b in pairs) < 100


def test_another_text_of_the_same_height_is_laid_out_in_its_room_alone(qtbot):
    host, label = QWidget(), PlainLabel("97 %")
    qtbot.addWidget(host)
    inner = QVBoxLayout()
    inner.addWidget(label)
    room = SteadyRoom(inner)
    column = QVBoxLayout(host)
    column.addWidget(room)
    column.addStretch()
    host.show()
    qtbot.waitExposed(host)
    painted = Painted(host, room)
    label.setText("9 %")
    qtbot.waitUntil(lambda: painted.layouts.get(room, 0) > 0)
    settle(host)
    assert host not in painted.layouts
    height = room.height()
    label.setText("Two lines\nneed more room")
    qtbot.waitUntil(lambda: room.height() > height)
    assert painted.layouts[host] > 0


def test_a_room_that_was_hidden_while_its_text_grew_has_the_height_when_shown(qtbot):
    host, label = QWidget(), muted_label("one line")
    qtbot.addWidget(host)
    inner = QVBoxLayout()
    inner.addWidget(label)
    room = SteadyRoom(inner)
    column = QVBoxLayout(host)
    column.addWidget(room)
    column.addStretch()
    host.show()
    height = room.height()
    room.hide()
    label.setText("Two lines\nneed more room")
    room.show()
    qtbot.waitUntil(lambda: room.height() > height)


def test_a_panel_shows_another_reading_without_being_laid_out_again(qtbot):
    panel = PredictionPanel()
    qtbot.addWidget(panel)
    panel.set_colours(LIGHT)
    panel.resize(300, 600)
    panel.show()
    qtbot.waitExposed(panel)
    panel.set_readings([read_as(7, 0.91)])
    at_rest(qtbot, panel.bars)
    painted = Painted(panel, panel.bars)
    panel.set_readings([read_as(7, 0.82)])
    qtbot.waitUntil(lambda: bool(painted.counts.get(panel.bars)))
    at_rest(qtbot, panel.bars)
    assert panel not in painted.layouts
    assert panel not in painted.counts


def test_a_pen_move_paints_nothing_that_is_behind_pad_and_reading(qtbot, make_window):
    window = make_window()
    canvas = window.canvas
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 80))
    for step in range(60):
        QTest.mouseMove(canvas, middle + QPoint(step // 8, 2 * step - 80))
    with qtbot.waitSignal(window.reader.reading_completed):
        QTest.mouseMove(canvas, middle + QPoint(9, 45))
    at_rest(qtbot, window.prediction.bars)
    behind = []
    parent = canvas.parentWidget()
    while parent is not None:
        behind.append(parent)
        parent = parent.parentWidget()
    painted = Painted(canvas, window.prediction, *behind)
    with qtbot.waitSignal(window.reader.reading_completed):
        QTest.mouseMove(canvas, middle + QPoint(10, 50))
    qtbot.waitUntil(lambda: bool(painted.counts.get(canvas)))
    assert set(painted.counts) == {canvas}
    assert painted.area(canvas) < 0.1 * canvas.width() * canvas.height()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(10, 50))
