"""Why a tree or a forest answers what it answers at a point."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from desktop.boundaries.pictures.why_path import NETWORK, NOTHING, OF_FOREST, OF_LEAF, OF_TREE, WhyPath
from desktop.boundaries.plane.class_styles import class_colours
from desktop.widgets.text.plain_text import unbreakable
from desktop.widgets.theme import DARK, LIGHT
from engine.trees.contributions import contributions_of, path_of
from engine.trees.forest import Forest
from tests.desktop.boundaries.some_trees import some_grown, some_tree

POINT = (1.34, 0.5)


@pytest.fixture
def why(qtbot):
    why = WhyPath()
    qtbot.addWidget(why)
    why.resize(300, 420)
    why.show()
    return why


def number(text):
    return float(text.replace("−", "-"))


@pytest.mark.parametrize("cuts", [1, 3, 8])
def test_the_path_of_a_tree_is_in_its_own_order_and_adds_up(why, cuts):
    tree = some_tree(cuts)
    path = path_of(tree, np.array(POINT))
    label = int(path.answer.argmax())
    why.show_tree(tree, POINT)
    rows = why.chart.rows
    assert rows[0] == ("bias: all points", f"{path.bias[label]:.2f}")
    assert rows[-1] == ("answer", f"{path.answer[label]:.2f}")
    steps = rows[1:-1]
    assert len(steps) == len(path.steps)
    for (name, value), step in zip(steps, path.steps, strict=True):
        assert name.startswith(f"{'xy'[step.feature]} {'≤' if step.goes_left else '>'} ")
        assert number(value) == pytest.approx(step.change[label], abs=0.005001)
    total = number(rows[0][1]) + sum(number(value) for _, value in steps)
    assert total == pytest.approx(number(rows[-1][1]), abs=0.005 * (len(steps) + 2))
    assert why.words == OF_TREE


def test_the_title_says_where_and_what(why):
    tree = some_tree(8)
    answer = path_of(tree, np.array(POINT)).answer
    label = int(answer.argmax())
    names = ("one", "two", "three", "four")
    why.show_tree(tree, POINT, names)
    assert why.title == unbreakable(
        f"{names[label].capitalize()}, {100 * answer[label]:.0f} %, at x 1.3, y 0.50"
    )


def test_a_long_path_is_gathered_at_its_end(why):
    tree = some_tree()
    deepest = int(tree.depths.argmax())
    point = next(
        place
        for place in np.random.default_rng(0).uniform(-6, 6, (20000, 2))
        if tree.leaf_of(place[None])[0] == deepest
    )
    why.show_tree(tree, tuple(point))
    why.resize(why.minimumSizeHint())
    why.grab()
    names = [name for name, _ in why.chart.rows]
    shown = len(names) - 3
    assert names[-2] == f"{tree.depth - shown} more cuts"
    path = path_of(tree, point)
    assert [name[0] for name in names[1:-2]] == ["xy"[step.feature] for step in path.steps[:shown]]


def test_a_forest_has_what_x_and_y_contribute(why):
    forest = Forest([each.tree for each in some_grown(5)])
    found = contributions_of(forest, np.array(POINT))
    label = int(found.answer.argmax())
    why.show_forest(forest, POINT)
    assert [name for name, _ in why.chart.rows] == ["bias: all points", "cuts by x", "cuts by y", "answer"]
    for (_, value), contribution in zip(why.chart.rows[1:3], found.contributions[:, label], strict=True):
        assert number(value) == pytest.approx(contribution, abs=0.005001)
    assert why.words == OF_FOREST


def test_a_tree_without_cuts_answers_the_same_everywhere(why):
    why.show_tree(some_tree(0), POINT)
    assert why.words == OF_LEAF
    assert len(why.chart.rows) == 2


def test_networks_and_nothing_are_a_sentence(why):
    assert why.words == NOTHING
    why.show_tree(some_tree(3), POINT)
    assert why.chart.isVisible()
    why.show_network()
    assert (why.words, why.title) == (NETWORK, "")
    assert not why.chart.isVisible()
    why.show_nothing()
    assert why.words == NOTHING


def test_a_cut_that_is_pointed_at_is_told(why, qtbot):
    told = []
    why.node_pointed.connect(told.append)
    tree = some_tree(8)
    why.show_tree(tree, POINT)
    nodes = [step.node for step in path_of(tree, np.array(POINT)).steps]
    middle = why.chart.row_rectangle(1).center().toPoint()
    qtbot.mouseMove(why.chart, middle)
    qtbot.mouseMove(why.chart, why.chart.row_rectangle(2).center().toPoint())
    assert told == nodes[:2]
    qtbot.mouseMove(why.chart, why.chart.row_rectangle(0).center().toPoint())
    assert told[-1] is None
    qtbot.keyClick(why.chart, Qt.Key.Key_Down)
    assert told[-1] == nodes[0]
    why.show_nothing()
    assert told[-1] is None


def test_bars_have_the_colour_of_the_class(why):
    tree = some_tree(8)
    label = int(path_of(tree, np.array(POINT)).answer.argmax())
    for colours in (LIGHT, DARK):
        why.set_colours(colours)
        why.show_tree(tree, POINT)
        image = why.chart.grab().toImage()
        seen = {
            image.pixelColor(x, int(why.chart.row_rectangle(row).center().y())).name()
            for row in range(len(why.chart.rows))
            for x in range(image.width())
        }
        assert QColor(class_colours(colours)[label]).name() in seen
