"""Out-of-bag accuracy against the number of trees."""

from dataclasses import replace

import pytest

from desktop.boundaries.pictures.out_of_bag_chart import MEANING, NONE_LEFT, NOTHING, OutOfBagChart
from desktop.widgets.theme import DARK
from tests.desktop.boundaries.some_trees import some_grown


@pytest.fixture
def chart(qtbot):
    chart = OutOfBagChart()
    qtbot.addWidget(chart)
    chart.resize(300, 240)
    chart.show()
    return chart


def ranges(chart):
    return chart.chart.getPlotItem().getViewBox().viewRange()


def test_it_shows_the_accuracy_after_each_tree(chart):
    grown = some_grown(12)
    chart.set_grown(grown)
    trees, accuracies = chart.places
    assert trees == list(range(1, 13))
    assert accuracies == pytest.approx([100 * each.out_of_bag_accuracy for each in grown])
    assert chart.words == f"{accuracies[-1]:.1f} % with 12 trees: {MEANING}"
    assert chart.chart.accessibleDescription() == chart.words
    assert chart.chart.isVisible()
    (left, right), (low, high) = ranges(chart)
    assert left < 1 < 12 < right
    assert low < min(accuracies) <= max(accuracies) < high


def test_the_axis_of_trees_does_not_move_while_they_are_added(chart):
    grown = some_grown(12)
    chart.set_grown(grown[:1], 12)
    before = ranges(chart)[0]
    chart.set_grown(grown, 12)
    assert ranges(chart)[0] == before


def test_without_trees_it_says_what_to_do(chart):
    assert chart.words == NOTHING
    assert not chart.chart.isVisible()
    chart.set_grown(some_grown(2))
    chart.set_colours(DARK)
    chart.grab()
    chart.set_grown(())
    assert chart.words == NOTHING
    assert not chart.chart.isVisible()


def test_where_all_trees_have_seen_all_points_there_is_none_to_judge_by(chart):
    grown = [replace(each, out_of_bag_accuracy=None) for each in some_grown(3)]
    chart.set_grown(grown)
    assert chart.words == NONE_LEFT
    assert not chart.chart.isVisible()


@pytest.mark.parametrize("trees", [1, 2, 7, 23])
def test_numbers_of_trees_are_whole(chart, trees):
    chart.set_grown(some_grown(trees, count=60))
    ticks = chart.chart.getPlotItem().getAxis("bottom")._tickLevels[0]
    assert all(tick == int(text) for tick, text in ticks)
    assert 1 <= len(ticks) <= 10
    assert max(tick for tick, _ in ticks) <= max(2, trees)
