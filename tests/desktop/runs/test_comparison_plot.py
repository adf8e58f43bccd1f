"""The plot of runs that are compared: one line each, an axis that suits them, values in the legend."""

import pytest
from PySide6.QtWidgets import QLabel

from desktop.runs.comparison_plot import ACCURACY, LOG_LOSS, LOSS, ComparisonPlot
from desktop.runs.curve_reader import ComparedRun
from desktop.training.plot.loss_curves import RunCurves
from desktop.widgets.theme import DARK, LIGHT
from engine.training.epoch_figures import EpochFigures
from tests.desktop.some_runs import some_run


@pytest.fixture
def plot(qtbot):
    plot = ComparisonPlot()
    qtbot.addWidget(plot)
    plot.resize(600, 300)
    plot.show()
    return plot


def compared(number, losses, accuracies=(), steps_per_epoch=10, name="a run"):
    curves = RunCurves(name, max(1, len(losses)), 1)
    curves.add(0, losses)
    for epoch, accuracy in enumerate(accuracies, 1):
        curves.add_figures(EpochFigures(1, epoch * steps_per_epoch, 0.1, 0.9, 0.2, accuracy))
    curves.finish()
    return ComparedRun(some_run(id=number, name=name), curves, steps_per_epoch)


def axis(plot):
    return plot._chart.getPlotItem().getViewBox().viewRange()


def words(plot):
    return [
        label.text().replace("\N{NO-BREAK SPACE}", " ")
        for label in plot._legend.findChildren(QLabel)
        if label.isVisible() and label.text()
    ]


def test_runs_with_other_mini_batches_lie_on_the_same_epochs(plot):
    plot.show_runs(
        [compared(1, [0.5] * 40, steps_per_epoch=10), compared(2, [0.4] * 80, steps_per_epoch=20)],
        {1: 0, 2: 1},
    )
    assert [epochs[-1] for epochs, _ in plot.shown] == pytest.approx([3.9, 3.95])
    assert axis(plot)[0][1] == pytest.approx(4.06)


def test_one_that_diverged_does_not_press_the_others_flat(plot, qtbot):
    good, bad = compared(1, [0.5, 0.4, 0.3] * 9), compared(2, [2.3, 1e9, 8e9])
    for measure in (LOSS, LOG_LOSS):
        plot.choose(measure)
        plot.show_runs([good], {1: 0})
        alone = axis(plot)[1]
        plot.show_runs([good, bad], {1: 0, 2: 1})
        assert axis(plot)[1] == pytest.approx(alone)
    qtbot.waitUntil(lambda: any("e9" in text for text in words(plot)))
    plot.show_runs([bad], {2: 0})
    assert axis(plot)[1][1] > 5


def test_accuracies_get_the_room_they_need(plot, qtbot):
    plot.choose(ACCURACY)
    for accuracies, floor in (((0.981, 0.985), 0.98), ((0.91, 0.97), 0.9), ((0.1, 0.9), 0.0)):
        plot.show_runs([compared(1, [0.5] * 20, accuracies)], {1: 0})
        low, high = axis(plot)[1]
        assert low == pytest.approx(floor - 0.06 * (1 - floor))
        assert high > 1
    qtbot.waitUntil(lambda: "90.00 %" in words(plot))


def test_the_legend_names_each_run_and_follows_its_value(plot, qtbot):
    first, second = compared(1, [0.5] * 30, name="one"), compared(2, [0.4] * 30, name="two")
    plot.show_runs([first, second], {1: 0, 2: 3})
    qtbot.waitUntil(lambda: words(plot) == ["one", "0.500", "two", "0.400"])
    plot.show_runs([compared(1, [0.3] * 30, name="one"), second], {1: 0, 2: 3})
    qtbot.waitUntil(lambda: words(plot) == ["one", "0.300", "two", "0.400"])
    plot.show_runs([second], {2: 3})
    qtbot.waitUntil(lambda: words(plot) == ["two", "0.400"])


def test_what_is_missing_is_said_in_the_middle(plot):
    assert plot.hint == ""  # nothing was asked for yet
    plot.show_runs([], {})
    assert plot.hint == "Choose a run to see its curve"
    plot.show_runs([compared(1, [0.5] * 30)], {1: 0})
    assert plot.hint == ""
    plot.choose(ACCURACY)
    assert plot.hint == "No epoch was completed"
    plot.show_runs([compared(1, [])], {1: 0})
    plot.choose(LOSS)
    assert plot.hint == "No loss was saved"


def test_a_loss_of_zero_has_no_place_on_a_logarithmic_axis(plot):
    plot.choose(LOG_LOSS)
    plot.show_runs([compared(1, [0.0] * 20)], {1: 0})
    assert plot.shown == [([], [])]


def test_colours_follow_the_appearance(plot):
    plot.show_runs([compared(1, [0.5] * 30)], {1: 0})
    pens = []
    for colours in (LIGHT, DARK):
        plot.set_colours(colours)
        pens.append(plot._curves[0].opts["pen"].color().name())
    assert pens == [LIGHT.accent, DARK.accent]


def test_losses_of_the_training_set_are_dashed_and_accuracies_of_the_validation_set_solid(plot):
    runs = [compared(1, [0.5] * 30, (0.9,)), compared(2, [0.4] * 30, (0.8,))]
    for measure in (LOSS, LOG_LOSS, ACCURACY):
        plot.choose(measure)
        plot.show_runs(runs, {1: 0, 2: 1})
        dashes = [tuple(curve.opts["pen"].dashPattern()) for curve in plot._curves]
        symbols = [curve.opts["symbol"] for curve in plot._curves]
        if measure == ACCURACY:
            assert dashes == [(), ()]
            assert len(set(symbols)) == 2
        else:
            assert len({*dashes, ()}) == 3
            assert symbols == [None, None]
