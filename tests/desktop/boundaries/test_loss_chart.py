"""Loss chart: training dashed and test solid, of one model or two, drawn when somebody sees it."""

import math

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtGui import QColor

from desktop.boundaries.pictures.loss_chart import EMPTY, LossChart
from desktop.widgets.plot_legend import LegendEntry
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import DARK, LIGHT


@pytest.fixture
def chart(qtbot, theme):
    widget = LossChart()
    widget.set_colours(LIGHT)
    widget.resize(400, 300)
    qtbot.addWidget(widget)
    return widget


def curves(chart):
    """Epochs, losses and the pen of those that have points."""
    plot = chart.findChild(pg.PlotWidget)
    drawn = [(each, each.getData()) for each in plot.getPlotItem().listDataItems()]
    return [
        (epochs, losses, each.opts["pen"])
        for each, (epochs, losses) in drawn
        if epochs is not None and len(epochs)
    ]


def legend(chart):
    shown = [each for each in chart.findChildren(LegendEntry) if not each.isHidden()]
    return [[each.text() for each in entry.findChildren(PlainLabel)] for entry in shown]


def hints(chart):
    return [each for each in chart.findChildren(PlainLabel) if each.text() == EMPTY and not each.isHidden()]


def test_before_training_a_sentence_says_what_to_do(chart):
    assert hints(chart)
    assert EMPTY in chart.accessibleDescription()
    chart.add(1, 0.5, 0.6)
    chart.refresh()
    assert not hints(chart)


def test_training_is_dashed_and_test_solid(chart):
    chart.add(0.5, 0.7, 0.8)
    chart.add(1.0, 0.25, 0.5)
    chart.refresh()
    (epochs, training, dashed), (_, test, solid) = curves(chart)
    assert epochs.tolist() == [0.5, 1.0]
    assert training.tolist() == [0.7, 0.25]
    assert test.tolist() == [0.8, 0.5]
    assert dashed.dashPattern()
    assert not solid.dashPattern()
    assert dashed.color() == solid.color() == QColor(LIGHT.accent)
    assert [value for _, value in legend(chart)] == ["0.250", "0.500"]
    assert chart.accessibleDescription() == "Training loss 0.250, test loss 0.500 after 1.0."


def test_without_test_points_there_is_one_curve(chart):
    chart.add(1, 0.5, math.nan)
    chart.refresh()
    assert len(curves(chart)) == 1
    assert "test" not in chart.words


def test_two_models_have_colours_of_their_own(chart):
    chart.set_models(("Tree", "Forest"))
    chart.add(1, 0.5, 0.6)
    chart.add(1, 0.25, 0.3, model=1)
    chart.refresh()
    assert [losses.tolist() for _, losses, _ in curves(chart)] == [[0.5], [0.6], [0.25], [0.3]]
    assert len({pen.color().name() for _, _, pen in curves(chart)}) == 2
    chart.set_colours(DARK)
    assert {pen.color().name() for _, _, pen in curves(chart)} == {DARK.accent, DARK.second}
    chart.resize(700, 300)
    chart.grab()
    assert [name for name, _ in legend(chart)] == [
        "Tree training",
        "Tree test",
        "Forest training",
        "Forest test",
    ]
    with pytest.raises(ValueError, match="1 or 2 models"):
        chart.set_models(("a", "b", "c"))


def test_another_choice_of_models_begins_anew(chart):
    chart.set_models(("Tree", "Forest"))
    chart.add(1, 0.5, 0.6, model=1)
    chart.set_models(("",))
    assert not curves(chart)
    assert [name for name, _ in legend(chart)] == ["Training loss", "Test loss"]


def test_cleared(chart):
    chart.add(30, 0.5, 0.6)
    chart.refresh()
    chart.clear()
    assert not curves(chart)
    assert hints(chart)
    assert [value for _, value in legend(chart)] == ["", ""]


def test_what_comes_while_it_is_hidden_is_drawn_when_it_is_shown(qtbot, chart):
    chart.add(1, 0.5, 0.6)
    assert not curves(chart)
    chart.show()
    assert len(curves(chart)) == 2
    chart.add(2, 0.4, 0.5)
    qtbot.waitUntil(lambda: len(curves(chart)[0][0]) == 2)


def test_hours_of_training(chart):
    for step in range(30_000):
        chart.add(step / 7, 0.5, 0.6)
    chart.refresh()
    (epochs, losses, _), _ = curves(chart)
    assert len(epochs) < 1000
    assert epochs[-1] == pytest.approx(29_999 / 7)
    assert np.isfinite(losses).all()


def test_the_axis_of_losses_begins_at_0(chart):
    chart.add(1, 2.5, 2.6)
    chart.refresh()
    (_, (low, high)) = chart.findChild(pg.PlotWidget).getPlotItem().viewRange()
    assert low == 0
    assert high == chart.top >= 2.6


def test_what_is_counted_can_be_named(chart):
    chart.set_x_name("trees")
    assert chart.findChild(pg.PlotWidget).getPlotItem().getAxis("bottom").labelText == "trees"
