"""Why, as a user asks it: by a click on a bar, while drawing, while a network learns, without the mouse."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QStyle, QStyleOptionComboBox, QWidget

from desktop.explain.contribution_picture import ContributionPicture
from desktop.explain.texts import REGION_NAMES, headline, meaning, sum_text
from desktop.widgets.bars.waterfall_chart import ScoreSum, WaterfallChart, signed
from desktop.widgets.theme import LIGHT
from engine.data.classes import DIGITS
from engine.explain.explanation import Against, Explanation, Method
from engine.explain.waterfall import REGIONS_PER_SIDE
from engine.nn.network import Architecture, Network
from engine.settings import TrainingSettings
from tests.desktop.drawing import draw
from tests.desktop.patience import settle

ROOT = Path(__file__).parents[3]
PATIENCE_MS = 300_000
SEVEN = [(0.25, 0.20), (0.75, 0.20), (0.45, 0.85)]


@pytest.fixture
def window(make_window):
    return make_window()


@pytest.fixture
def view(window):
    window._actions.why.setChecked(True)
    return window._side_views.why.view


def click_bar(qtbot, window, digit):
    bars = window.prediction.bars
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.row_rectangle(digit).center().toPoint())


def wait_explained(qtbot, view, digit=None):
    qtbot.waitUntil(
        lambda: view.explanation is not None and digit in (None, view.explanation.digit), timeout=PATIENCE_MS
    )


def test_a_click_on_a_bar_opens_it_and_the_picture_follows(window, qtbot):
    draw(window)
    qtbot.waitUntil(lambda: window.reader.last_reading is not None)
    click_bar(qtbot, window, 3)
    view = window._side_views.why.view
    assert view.isVisible()
    wait_explained(qtbot, view, 3)
    assert view.words[0] == f"3 rather than {window.reader.last_reading.digit}"
    assert window._actions.why.isChecked()
    before = view.picture.picture.copy()
    click_bar(qtbot, window, 5)
    wait_explained(qtbot, view, 5)
    assert view.picture.picture != before
    click_bar(qtbot, window, 5)  # once more: back to the digit read
    wait_explained(qtbot, view, window.reader.last_reading.digit)
    assert view.place is None
    window.prediction._why.click()
    assert not view.isVisible()
    window.prediction._why.click()
    assert view.isVisible()


def test_it_follows_the_pen(window, view, qtbot):
    draw(window)
    wait_explained(qtbot, view)
    first = view.explanation.contributions
    window.document.clear()
    qtbot.waitUntil(lambda: view.explanation is None)
    draw(window, SEVEN)
    wait_explained(qtbot, view)
    assert not np.array_equal(view.explanation.contributions, first)
    assert view.explanation.digit == window.reader.last_reading.digit


def test_an_empty_pad_is_said_in_words(window, view, qtbot):
    assert view.explanation is None
    assert view.words[1].startswith("Draw a digit")
    assert view.picture.picture is None
    assert view.chart.rows == []
    click_bar(qtbot, window, 4)  # asked before anything is drawn
    draw(window)
    wait_explained(qtbot, view, 4)


def test_what_it_shows_adds_up(window, view, qtbot):
    draw(window)
    wait_explained(qtbot, view)
    shown = view.explanation
    assert abs(shown.completeness_error) <= shown.completeness_bound
    assert view.chart.rows[0] == ("Blank paper", signed(shown.baseline))
    assert view.chart.rows[-1] == ("Score", signed(shown.score))
    view.choose_parts(True)
    assert view.chart.rows[0] == ("Bias", signed(shown.bias))
    assert view.chart.rows[-1] == ("Score", signed(shown.score))
    assert view.chart.rows[1][0] == f"Unit {np.abs(shown.unit_contributions).argmax()}"
    view.question.method_box.setCurrentIndex(1)
    assert view.explanation.method is Method.GRADIENT_TIMES_INPUT
    view.choose_parts(False)
    assert view.chart.rows[-1][0] == "Sum"
    assert "miss" in view.words[2]


def test_other_comparisons(window, view, qtbot):
    draw(window)
    wait_explained(qtbot, view)
    read = window.reader.last_reading
    view.question.against_box.setCurrentIndex(view.question.against_box.findData(Against.NOTHING))
    assert view.explanation.score == pytest.approx(read.logits[read.digit], abs=1e-4)
    view.question.against_box.setCurrentIndex(view.question.against_box.findData(Against.OTHERS))
    others = (sum(read.logits) - max(read.logits)) / 9
    assert view.explanation.score == pytest.approx(max(read.logits) - others, abs=1e-4)


def test_other_weights_move_it(window, view, qtbot):
    draw(window)
    wait_explained(qtbot, view)
    before, model = view.explanation.score, window.networks.model
    architecture = Architecture((784, 20, 10), "elu")
    window.reader.use_weights(architecture, Network(architecture).snapshot(), model.standardisation)
    qtbot.waitUntil(lambda: len(view.explanation.unit_contributions) == 20)
    assert view.explanation.score != before


@pytest.mark.usefixtures("any_network_will_do", "little_handwriting")
def test_training_moves_it_and_no_hidden_layer_is_exact(window, view, qtbot):
    window.training.fields.set_settings(
        TrainingSettings(hidden=(), epochs=5, batch_size=10), "handwriting", "cpu"
    )
    draw(window)
    wait_explained(qtbot, view)
    view.choose_parts(True)
    scores = set()

    def ended() -> bool:
        scores.add(view.explanation.score)
        return not window.training_controller.is_running

    window.training.request_training()
    qtbot.waitUntil(ended, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: view.explanation.method is Method.INPUT_TIMES_WEIGHT)
    assert len(scores) > 1
    assert view.top_units.strip.units == []
    assert not view.top_units.strip.isVisible()
    assert view.chart.rows[0][0] == "Blank paper"


def test_a_unit_shows_what_it_looks_for_and_a_region_where_it_is(window, view, qtbot):
    draw(window)
    wait_explained(qtbot, view)
    qtbot.waitUntil(lambda: view.top_units.strip.count == 6)
    second = view.top_units.strip.picture_rectangle(1).center()
    qtbot.mouseMove(view.top_units.strip, second)
    qtbot.waitUntil(lambda: view.picture.shows_unit)
    assert view.top_units.strip.pointed == view.top_units.strip.units[1]
    assert f"Unit {view.top_units.strip.units[1]} outputs" in view.top_units.words
    view.top_units.strip._point_at(-1)
    assert not view.picture.shows_unit
    row = view.chart.row_rectangle(1).center().toPoint()
    qtbot.mouseMove(view.chart, row - QPoint(1, 0))
    qtbot.mouseMove(view.chart, row)
    qtbot.waitUntil(lambda: view.picture.region is not None)
    assert REGION_NAMES[view.picture.region] == view.chart.rows[1][0]


def test_all_of_it_works_without_the_mouse(window, view, qtbot):
    draw(window)
    wait_explained(qtbot, view)
    view.chart.setFocus()
    qtbot.keyClick(view.chart, Qt.Key.Key_Down)
    first = view.picture.region
    assert REGION_NAMES[first] == view.chart.rows[1][0]
    qtbot.keyClick(view.chart, Qt.Key.Key_Down)
    assert REGION_NAMES[view.picture.region] == view.chart.rows[2][0]
    qtbot.keyClick(view.chart, Qt.Key.Key_Up)
    assert view.picture.region == first
    view.top_units.strip.setFocus()
    qtbot.waitUntil(lambda: view.picture.shows_unit)
    assert view.picture.region is None
    qtbot.keyClick(view.top_units.strip, Qt.Key.Key_Right)
    assert view.top_units.strip.pointed == view.top_units.strip.units[1]
    qtbot.keyClick(view.top_units.strip, Qt.Key.Key_Left)
    assert view.top_units.strip.pointed == view.top_units.strip.units[0]
    qtbot.keyClick(view.top_units.strip, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert window.canvas.hasFocus()
    assert window.document.is_empty is False


def test_pad_and_why_are_seen_together_at_any_size(window, qtbot):
    widths = window._panels.sizes()
    window.resize(960, 600)
    window._actions.why.setChecked(True)
    view = window._side_views.why.view
    assert window.canvas.isVisible()
    assert not window.training.isVisible()
    window.resize(1900, 1000)
    qtbot.waitUntil(window.training.isVisible)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: not window.training.isVisible())
    window._actions.lesson.setChecked(True)  # one side view at a time
    assert not view.isVisible()
    assert not window._actions.why.isChecked()
    assert window.training.isVisible()
    window._actions.why.setChecked(True)
    assert view.isVisible()
    assert window.canvas.isVisible()
    assert not window._side_views.lesson.view.isVisible()
    view.closed.emit()
    assert window.training.isVisible()
    assert sum(window._panels.sizes()) == sum(widths)


def test_its_window_may_be_closed_while_it_is_shown_and_the_pad_keeps_its_width(window, view, make_window):
    draw(window)
    window.close()
    again = make_window()
    assert again.canvas.width() > 400
    assert again.training.isVisible()
    assert not again._actions.why.isChecked()


def test_it_takes_the_other_appearance(window, view, theme, qtbot):
    draw(window)
    wait_explained(qtbot, view)
    before = view.picture.picture.copy()
    theme.choose("dark")
    assert view.picture.picture != before


def test_orange_speaks_for_and_blue_against_and_paper_says_nothing(qtbot):
    picture = ContributionPicture()
    qtbot.addWidget(picture)
    picture.set_colours(LIGHT)
    ink, values = np.zeros((28, 28), np.float32), np.zeros((28, 28), np.float32)
    ink[5, 5:8] = 1.0
    values[5, 5], values[5, 6] = 2.0, -2.0
    picture.set_contributions(ink, values, 2.0)
    colours = [QColor(picture.picture.pixel(x, 5)) for x in (4, 5, 6, 7)]
    assert colours[0] == QColor(LIGHT.field)
    assert colours[1].red() > colours[1].blue() + 100
    assert colours[2].blue() > colours[2].red() + 100
    assert colours[3].red() == pytest.approx(colours[3].blue(), abs=8)
    assert colours[3] != colours[0]


def test_the_chart_gathers_what_it_has_no_room_for(qtbot):
    chart = WaterfallChart()
    qtbot.addWidget(chart)
    parts = np.array([0.5, -3.0, 0.0, 2.0, 0.25, 0.125])
    chart.resize(300, 6 * 18)
    chart.set_sum(ScoreSum(1.0, "Start", parts, list("abcdef"), "more part", 0.875, "End"))
    assert chart.rows == [
        ("Start", "+1.00"),
        ("b", "−3.00"),
        ("d", "+2.00"),
        ("a", "+0.50"),
        ("2 more parts", "+0.38"),
        ("End", "+0.88"),
    ]
    chart.resize(300, 12 * 18)
    chart.grab()
    assert [name for name, _ in chart.rows] == ["Start", "b", "d", "a", "e", "f", "End"]
    chart.set_sum(None)
    assert chart.rows == []


def explained(score, against=Against.RUNNER_UP, rival=1, added=4.0):
    contributions = np.zeros(784, np.float32)
    contributions[:2] = added
    return Explanation(
        7,
        against,
        rival,
        Method.INTEGRATED_GRADIENTS,
        contributions,
        score - 8.0,
        score,
        0.0,
        np.empty(0, np.float32),
    )


def test_words_say_what_a_score_means():
    assert headline(explained(2.0), DIGITS) == "7 rather than 1"
    assert meaning(explained(np.log(1234)), DIGITS) == "Odds for 7: about 1,200 to 1 (logits 7.1 apart)."
    assert meaning(explained(-1.0), DIGITS) == "Odds for 1: 2.7 to 1 (logits 1.0 apart)."
    assert "over a million to 1" in meaning(explained(900.0), DIGITS)
    assert meaning(explained(0.0), DIGITS) == "Odds for 7: 1.0 to 1 (logits 0.0 apart)."
    assert headline(explained(2.0, Against.OTHERS, None), DIGITS) == "7 rather than another"
    assert (
        meaning(explained(-2.0, Against.OTHERS, None), DIGITS)
        == "Its logit is 2.0 below the mean of the others."
    )
    assert headline(explained(2.0, Against.NOTHING, None), DIGITS) == "7 by itself"
    assert "all 8.00 logits" in sum_text(explained(2.0))
    assert "miss 6.00 of the 8.00 logits" in sum_text(explained(2.0, added=1.0))
    assert len(set(REGION_NAMES)) == REGIONS_PER_SIDE**2


@pytest.mark.parametrize("has_notice", [False, True])
@pytest.mark.parametrize(("width", "height"), [(900, 560), (960, 600), (1280, 800), (1920, 1080)])
def test_nothing_is_cut_at_any_size(window, view, qtbot, width, height, has_notice):
    window.resize(width, height)
    if has_notice:
        window.notice.show_notice("A sentence that takes some room.")
    draw(window)
    wait_explained(qtbot, view)
    settle(window)
    assert (window.width(), window.height()) == (width, height)
    for field in view.findChildren(QComboBox):
        needed = field.fontMetrics().horizontalAdvance(field.currentText())
        edit = QStyle.SubControl.SC_ComboBoxEditField
        option = QStyleOptionComboBox()
        field.initStyleOption(option)
        room = field.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, field)
        assert room.width() >= needed, f"“{field.currentText()}” is cut"
    for button in view.findChildren(QAbstractButton):
        needed = button.fontMetrics().horizontalAdvance(button.text())
        assert button.width() >= needed, f"“{button.text()}” is cut"
    shown = [child for child in view.findChildren(QWidget) if child.isVisible() and child.height() > 0]
    direct = [child for child in shown if child.parent() is view]
    for label in direct:
        if isinstance(label, QLabel) and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), f"“{label.text()}” is cut"
    for first, second in combinations(direct, 2):
        assert not first.geometry().intersects(second.geometry()), f"{first} lies on {second}"
    assert all(view.rect().contains(child.geometry()) for child in direct)


def test_weights_that_overflow_are_not_explained(qtbot, window, view):
    draw(window, SEVEN)
    wait_explained(qtbot, view)
    reader = window.reader
    model = reader.classifier.model
    # The outputs themselves are still numbers, but what the darkest pixel adds to their difference is not.
    network = Network(Architecture((784, 10)))
    weights = {name: torch.zeros_like(weight) for name, weight in network.snapshot().items()}
    matrix = next(weight for weight in weights.values() if weight.ndim == 2)
    matrix[int(reader.last_reading.image.argmax())] = torch.tensor([1e38, *[-1e38] * 9])
    reader.use_weights(network.architecture, weights, model.standardisation)
    qtbot.waitUntil(lambda: view.explanation is None, timeout=PATIENCE_MS)
    assert reader.last_reading.digit == 0
    assert "too large" in view.words[1]
    reader.use_weights(model.architecture, model.weights, model.standardisation)
    wait_explained(qtbot, view)
