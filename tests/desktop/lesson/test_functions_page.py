"""The page of functions: the engine's values, markers, words, and what is shown while the pad is empty."""

import math

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QScrollArea

from desktop.lesson.functions.page import FunctionsPage
from desktop.lesson.functions.values import NAMES, SAMPLE_LOGITS, function_outputs, logit_rows
from desktop.widgets.theme import DARK, LIGHT
from engine.data.classes import DIGITS, Classes
from engine.explain.hidden_inputs import HiddenInputs

LOGITS = (-7.2, 1.4, 1.6, 12.3, -9.4, 2.4, -14.3, -1.2, 4.9, 0.6)
SUMS = (-7.2, 1.5, 3.0, -0.4, -9.4, 2.4)
IMAGE = np.ones((28, 28), np.float32)


@pytest.fixture
def page(qtbot) -> FunctionsPage:
    page = FunctionsPage()
    qtbot.addWidget(page)
    page.resize(860, 800)
    page.show()
    qtbot.waitExposed(page)
    return page


def give(page: FunctionsPage, qtbot, logits, image=None, units=None) -> None:
    """Hand a digit over, as the window does, and wait until it is drawn."""
    page.set_unit_source(lambda _image: units)
    page.set_logits(logits, image)
    qtbot.waitUntil(lambda: not page.is_stale)


def words(page: FunctionsPage, name: str) -> str:
    (label,) = [each for each in page.findChildren(QLabel) if each.accessibleName() == name]
    return label.text()


@pytest.mark.parametrize(
    ("name", "judge"),
    [
        ("relu", torch.nn.functional.relu),
        ("leaky-relu", lambda x: torch.nn.functional.leaky_relu(x, 0.2)),
        ("elu", lambda x: torch.nn.functional.elu(x, 1.5)),
        ("sigmoid", torch.sigmoid),
    ],
)
def test_outputs_are_those_of_the_functions(name, judge):
    expected = judge(torch.tensor(LOGITS)).tolist()
    assert function_outputs(name, LOGITS, slope=0.2, alpha=1.5) == pytest.approx(expected, abs=1e-6)


def test_rows_have_softmax_and_sigmoid_of_each_digit():
    rows = logit_rows(LOGITS, DIGITS)
    assert [row.name for row in rows] == list(DIGITS)
    assert [row.softmax for row in rows] == pytest.approx(torch.softmax(torch.tensor(LOGITS), 0).tolist())
    assert [row.sigmoid for row in rows] == pytest.approx(torch.sigmoid(torch.tensor(LOGITS)).tolist())
    assert sum(row.softmax for row in rows) == pytest.approx(1)


def test_an_empty_pad_gets_a_sample_that_says_so(page, qtbot):
    assert "Draw a digit on the pad to see its logits" in words(page, "Whose logits these are")
    assert f"3: logit {SAMPLE_LOGITS[3]:.2f}" in page.table.accessibleDescription()
    assert "Draw a digit on the pad to mark" in words(page, "Where the activation stands")
    assert page.chart.marked == ()
    give(page, qtbot, LOGITS, IMAGE, HiddenInputs(SUMS, "relu"))
    give(page, qtbot, None)
    assert "an example" in words(page, "Whose logits these are")
    assert f"3: logit {SAMPLE_LOGITS[3]:.2f}" in page.table.accessibleDescription()
    assert page.chart.marked == ()


def test_the_logits_of_the_pad_are_told_and_no_activation_is_applied_to_them(page, qtbot):
    give(page, qtbot, LOGITS, IMAGE, HiddenInputs(SUMS, "relu"))
    assert "Its largest logit is that of 3" in words(page, "Whose logits these are")
    assert "3: logit 12.30, softmax 0.999, sigmoid 1.000;" in page.table.accessibleDescription()
    assert "ReLU" not in page.table.accessibleDescription()
    told = words(page, "Softmax against sigmoid")
    assert "add up to 1: exactly one label is right" in told
    total = float(torch.sigmoid(torch.tensor(LOGITS)).sum())
    assert f"The ten sigmoids add up to {total:.2f}" in told
    assert "1, 2, 3, 5, 8 and 9 are above one half" in told


def test_what_goes_into_the_hidden_units_is_marked_where_the_activation_stands(page, qtbot):
    give(page, qtbot, LOGITS, IMAGE, HiddenInputs(SUMS, "relu"))
    assert [x for x, _ in page.chart.marked] == pytest.approx(SUMS)
    assert [y for _, y in page.chart.marked] == pytest.approx([max(0, x) for x in SUMS])
    told = words(page, "Where the activation stands")
    assert "each of its 6 units, and ReLU stands behind it" in told
    assert "3 of them are above zero" in told
    assert "would" not in told
    page.choice.buttons["elu"].setChecked(True)
    assert "what ELU would make of the same numbers" in words(page, "Where the activation stands")


def test_of_many_units_some_are_marked_and_all_are_counted(page, qtbot):
    give(page, qtbot, LOGITS, IMAGE, HiddenInputs(tuple(float(x) for x in range(-100, 412)), "elu"))
    assert len(page.chart.marked) == 100
    told = words(page, "Where the activation stands")
    assert "512 units, and ELU stands" in told
    assert "411 of them are above zero. The first 100 are marked." in told


def test_without_a_hidden_layer_it_says_that_no_activation_stands_there(page, qtbot):
    give(page, qtbot, LOGITS, IMAGE, None)
    assert "has no hidden layer, so no activation stands in it" in words(page, "Where the activation stands")
    assert page.chart.marked == ()


def test_sums_that_are_no_numbers_are_told_in_a_sentence(page, qtbot):
    give(page, qtbot, LOGITS, IMAGE, HiddenInputs((math.nan, 1.0), "relu"))
    assert "at a lower rate" in words(page, "Where the activation stands")
    assert page.chart.marked == ()


@pytest.mark.parametrize(
    ("logits", "told"),
    [
        ((-1.0,) * 10, "none is above one half"),
        ((-1.0,) * 9 + (1.0,), "only 9 is above one half"),
        ((1.0,) * 10, "all are above one half"),
    ],
)
def test_how_many_labels_are_right_is_said_plainly(page, qtbot, logits, told):
    give(page, qtbot, logits)
    assert told in words(page, "Softmax against sigmoid")


@pytest.mark.parametrize("name", NAMES)
def test_each_function_can_be_chosen(page, qtbot, name):
    give(page, qtbot, LOGITS, IMAGE, HiddenInputs(SUMS, "relu"))
    page.choice.buttons[name].setFocus()
    qtbot.keyClick(page.choice.buttons[name], Qt.Key.Key_Space)
    expected = function_outputs(name, SUMS, 0.01, 1.0)
    assert [y for _, y in page.chart.marked] == pytest.approx(expected)


def test_changing_a_number_shows_the_function_it_shapes(page, qtbot):
    give(page, qtbot, LOGITS, IMAGE, HiddenInputs(SUMS, "relu"))
    page.choice.slope_box.setValue(0.5)
    assert page.choice.name == "leaky-relu"
    assert page.chart.marked[0][1] == pytest.approx(-3.6)
    page.choice.alpha_box.setValue(2.0)
    assert page.choice.name == "elu"
    assert page.chart.marked[4][1] == pytest.approx(-2.0, abs=1e-3)
    page.choice.alpha_box.setValue(1.0)
    assert page.chart.marked[4][1] == pytest.approx(-1.0, abs=1e-3)
    page.choice.slope_box.setValue(9)
    assert page.choice.slope == 0.5


def test_the_axes_stand_still_while_the_units_change_a_little(page, qtbot):
    view = page.chart.getPlotItem().getViewBox()

    def give_scaled(scale):
        give(page, qtbot, LOGITS, IMAGE, HiddenInputs(tuple(scale * each for each in SUMS), "relu"))
        return view.viewRange()

    before = give_scaled(1)
    assert give_scaled(0.95) == before
    assert give_scaled(3)[0][1] > before[0][1]


def test_logits_of_any_size_are_shown(page, qtbot):
    for size in (0.0, 1e-9, 1e6, 1e30):
        units = HiddenInputs(tuple(size * each for each in SUMS), "relu")
        give(page, qtbot, tuple(size * logit for logit in LOGITS), IMAGE, units)
        page.grab()
    assert "1.2e+31" in page.table.accessibleDescription()


def test_logits_that_are_no_numbers_are_told_in_a_sentence(page, qtbot):
    for bad in (math.nan, math.inf):
        give(page, qtbot, (bad, *LOGITS[1:]))
        assert "at a lower rate" in words(page, "Whose logits these are")
        assert f"3: logit {SAMPLE_LOGITS[3]:.2f}" in page.table.accessibleDescription()
    with pytest.raises(ValueError, match="10 logits"):
        page.set_logits((1.0, 2.0))


def test_a_hidden_page_catches_up_when_it_is_opened(page, qtbot):
    asked = []
    page.set_unit_source(lambda image: asked.append(image) or HiddenInputs(SUMS, "relu"))
    page.hide()
    page.set_logits(LOGITS, IMAGE)
    assert "3: logit 6.20" in page.table.accessibleDescription()
    assert asked == []  # what nobody sees is not computed
    page.show()
    assert "3: logit 12.30" in page.table.accessibleDescription()
    assert [x for x, _ in page.chart.marked] == pytest.approx(SUMS)


def test_the_best_bar_is_in_the_accent_colour_in_both_appearances(page, qtbot):
    give(page, qtbot, LOGITS)
    for colours in (LIGHT, DARK):
        page.set_colours(colours)
        image = page.table.grab().toImage()
        middle = int(4.5 * image.height() / 12)
        shades = {image.pixelColor(x, middle).name() for x in range(image.width())}
        assert QColor(colours.accent).name() in shades
        assert QColor(colours.second).name() in shades


def test_a_page_that_was_wide_can_become_narrow_again(page, qtbot):
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(page)
    area.setWidgetResizable(True)
    for width in (1500, 860, 470):
        area.resize(width, 700)
        area.show()
        qtbot.waitUntil(lambda: page.width() <= area.viewport().width())
    area.takeWidget()


def test_logits_that_come_faster_than_they_can_be_drawn_do_not_pile_up(page, qtbot, monkeypatch):
    drawn = []
    show = page.table.set_rows
    monkeypatch.setattr(page.table, "set_rows", lambda rows: (drawn.append(rows), show(rows)))
    for size in range(1, 101):
        page.set_logits(tuple(size / 100 * logit for logit in LOGITS))
    qtbot.waitUntil(lambda: not page.is_stale)
    assert len(drawn) < 20
    assert "3: logit 12.30" in page.table.accessibleDescription()


def test_other_classes_have_rows_by_their_names_and_many_the_largest(page, qtbot):
    letters = Classes(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    page.set_logits(tuple(float(place) for place in range(26)), IMAGE, letters)
    qtbot.waitUntil(lambda: not page.is_stale)
    told = page.table.accessibleDescription()
    assert [part.partition(":")[0] for part in told.split("; ")] == list("QRSTUVWXYZ")
    assert "of Z" in words(page, "Whose logits these are")
    assert "The 26 softmax values add up to 1" in words(page, "Softmax against sigmoid")
    signs = Classes(("plus", "<b>minus</b>"))
    page.set_logits((1.0, 2.0), IMAGE, signs)
    qtbot.waitUntil(lambda: not page.is_stale)
    assert "&lt;b&gt;minus" in words(page, "Whose logits these are")
    assert page.table.accessibleDescription().startswith("plus: logit 1.00")
    page.set_logits(None)
    qtbot.waitUntil(lambda: not page.is_stale)
    assert page.table.accessibleDescription().startswith("0: logit")
