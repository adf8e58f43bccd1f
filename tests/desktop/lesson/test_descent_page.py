"""The page of descent: fields, steps, clock, and what it says."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from desktop.lesson.descent.page import DescentPage
from desktop.lesson.descent.text import number_text
from desktop.widgets.theme import DARK, LIGHT


@pytest.fixture
def page(qtbot) -> DescentPage:
    page = DescentPage()
    qtbot.addWidget(page)
    page.resize(860, 690)
    page.show()
    qtbot.waitExposed(page)
    return page


def words(page: DescentPage, name: str) -> str:
    (label,) = [each for each in page.findChildren(QLabel) if each.accessibleName() == name]
    return label.text()


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_step_is_told_in_numbers_and_judged(page, qtbot):
    page.start_box.setValue(0)
    page.rate_field.set_rate(0.1)
    click(qtbot, page.step_button)
    (step,) = page.steps
    assert step.next_parameter == pytest.approx(0.495)
    assert words(page, "The last step in numbers") == (
        "Step 1: w = 0, slope −4.95, rate 0.1: step 0.495, loss 5.06 → 2.92"
    )
    assert "Descends" in words(page, "What became of it")
    assert "slope −4.95" in page.chart.accessibleDescription()


@pytest.mark.parametrize(
    ("preset", "verdict"), [(0, "Crawls"), (1, "Descends"), (2, "Overshoots and climbs")]
)
def test_presets_do_what_they_are_called(page, qtbot, preset, verdict):
    click(qtbot, page.rate_field.presets[preset])
    click(qtbot, page.step_button)
    assert verdict in words(page, "What became of it")


def test_a_run_stops_by_itself_when_it_has_arrived(page, qtbot):
    page._clock.setInterval(0)
    click(qtbot, page.run_button)
    assert page.is_running
    assert page.run_button.text() == "Pause"
    qtbot.waitUntil(lambda: not page.is_running)
    assert "Arrived" in words(page, "What became of it")
    assert page.run_button.text() == "Run"


def test_a_run_that_diverges_stops_and_a_new_one_starts_anew(page, qtbot):
    page._clock.setInterval(0)
    click(qtbot, page.rate_field.presets[2])
    click(qtbot, page.run_button)
    qtbot.waitUntil(lambda: not page.is_running)
    assert "Diverges" in words(page, "What became of it")
    assert not page.step_button.isEnabled()
    count = len(page.steps)
    page.take_step()
    assert len(page.steps) == count
    click(qtbot, page.rate_field.presets[1])
    assert page.steps == ()
    assert page.step_button.isEnabled()


def test_run_can_be_paused_and_reset(page, qtbot):
    click(qtbot, page.run_button)
    click(qtbot, page.run_button)
    assert not page.is_running
    assert len(page.steps) == 1
    click(qtbot, page.reset_button)
    assert page.steps == ()
    assert words(page, "The last step in numbers").startswith("Start: w = −1.80")


def test_a_hidden_page_takes_no_steps(page, qtbot):
    click(qtbot, page.run_button)
    page.hide()
    assert not page.is_running


def test_a_click_into_the_chart_starts_there(page, qtbot):
    click(qtbot, page.step_button)
    view = page.chart.getPlotItem().getViewBox()
    middle = view.sceneBoundingRect().center().toPoint()
    qtbot.mouseClick(page.chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle))
    assert page.start_box.value() == pytest.approx(2.0, abs=0.05)
    assert page.steps == ()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "With a rate of 0 nothing moves: choose one above 0 and at most 10."),
        ("-0.1", "A negative rate would climb: choose one above 0 and at most 10."),
        ("1e9", "1e+09 is far too large: choose a rate above 0 and at most 10."),
    ],
)
def test_a_rate_that_makes_no_sense_is_told_at_the_field(page, qtbot, typed, sentence):
    box = page.rate_field.box
    box.selectAll()
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.rate_field.fault == sentence
    assert words(page, "What is wrong with the rate") == sentence
    assert not page.run_button.isEnabled()
    assert not page.step_button.isEnabled()
    box.selectAll()
    qtbot.keyClicks(box, "0,05")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.rate_field.rate == pytest.approx(0.05)
    assert page.rate_field.fault == ""
    assert page.step_button.isEnabled()


@pytest.mark.parametrize("typed", ["nan", "infinity", "1e400", ".", "1,000", "1.000,5", ""])
def test_text_that_is_no_rate_stays_and_is_answered(page, qtbot, typed):
    box = page.rate_field.box
    former = box.value()
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page.take_step()
    assert box.text() == typed
    assert page.rate_field.fault.endswith(".")
    assert box.property("invalid")
    assert not page.run_button.isEnabled()
    assert page.steps == ()
    # The number that was there before is no other value, and mends it all the same.
    box.selectAll()
    qtbot.keyClicks(box, f"{former:g}")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.rate_field.fault == ""
    assert not box.property("invalid")
    assert page.run_button.isEnabled()


def test_the_start_takes_a_decimal_comma_while_it_is_typed(page, qtbot):
    page.start_box.selectAll()
    qtbot.keyClicks(page.start_box, "0,5")
    qtbot.keyClick(page.start_box, Qt.Key.Key_Return)
    assert page.start_box.value() == 0.5


def test_slider_and_number_say_the_same(page, qtbot):
    field = page.rate_field
    field.slider.setValue(-50)
    assert field.rate == pytest.approx(0.1)
    field.box.setValue(1.0)
    assert field.slider.value() == 0
    assert field.rate == 1.0
    qtbot.keyClick(field.box, Qt.Key.Key_Up)
    assert field.rate == pytest.approx(1.3)
    field.box.setValue(0.00001)
    assert field.slider.value() == field.slider.minimum()
    assert field.rate == 0.00001


def test_a_running_descent_goes_on_with_a_new_rate(page, qtbot):
    click(qtbot, page.run_button)
    page.rate_field.set_rate(0.005)
    assert page.is_running
    page.take_step()
    assert "rate 0.005" in words(page, "The last step in numbers")
    page.rate_field.set_rate(0)
    assert not page.is_running


def test_every_curve_can_be_chosen_and_comes_with_its_own_rates(page):
    for index in range(page.curve_box.count()):
        page.curve_box.setCurrentIndex(index)
        assert page.steps == ()
        for preset in page.rate_field.presets:
            preset.click()
            page.take_step()
        assert page.steps


def test_the_chart_grows_for_steps_that_leave_it_and_comes_back(page):
    view = page.chart.getPlotItem().getViewBox()
    home = view.viewRange()
    page.rate_field.presets[2].click()
    while page.step_button.isEnabled():
        page.take_step()
    grown = view.viewRange()
    assert grown[0][0] < home[0][0]
    assert grown[1][1] > home[1][1]
    page.reset()
    assert view.viewRange() == [pytest.approx(home[0]), pytest.approx(home[1])]


def test_both_appearances_paint_their_own_panel(page):
    for colours in (LIGHT, DARK):
        page.set_colours(colours)
        page.take_step()
        image = page.chart.grab().toImage()
        assert image.pixelColor(2, 2) == QColor(colours.panel)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.31, "2.31"),
        (-0.4621, "−0.462"),
        (0, "0"),
        (-12345.6, "−12,346"),
        (5.2e8, "5.2e+08"),
        (1e-9, "1e−09"),
    ],
)
def test_numbers_are_short(value, text):
    assert number_text(value) == text
