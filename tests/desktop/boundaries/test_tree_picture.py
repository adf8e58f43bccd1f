"""The picture of a tree: what is written in it, what is under the pointer, and the keys that walk in it."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFont

from desktop.boundaries.pictures.tree_picture import HINT, NOTHING, TreePicture
from desktop.boundaries.plane.class_styles import class_colours
from desktop.widgets.theme import DARK, LIGHT
from engine.trees.tree import ROOT
from tests.desktop.boundaries.some_trees import some_tree


@pytest.fixture
def picture(qtbot):
    picture = TreePicture()
    qtbot.addWidget(picture)
    picture.resize(420, 320)
    picture.show()
    return picture


@pytest.fixture
def hovered(picture):
    found = []
    picture.node_hovered.connect(found.append)
    return found


def centre(picture, node):
    return picture.drawing.centre(node).toPoint()


def test_without_a_tree_it_says_what_to_do(picture):
    assert picture.caption == picture.accessibleDescription() == NOTHING
    picture.grab()
    picture.set_tree(some_tree(3), ())
    picture.set_tree(None, ())
    assert picture.caption == NOTHING


def test_a_small_tree_has_all_its_words(picture):
    tree = some_tree(6)
    picture.set_tree(tree, ())
    texts = picture.drawing.texts
    for node in range(len(tree)):
        if tree.is_leaf[node]:
            assert texts[node] == f"{tree.counts[node].sum():.0f}"
        else:
            assert texts[node].startswith(("x ≤ ", "y ≤ "))
    assert picture.caption == f"A tree of 6 cuts and 7 leaves, {tree.depth} deep. {HINT}"


def test_a_tree_without_cuts_is_one_leaf(picture):
    picture.set_tree(some_tree(0), ())
    assert picture.drawing.texts == ["200"]
    assert picture.caption == "A tree without cuts: one leaf."
    picture.grab()


@pytest.mark.parametrize("size", [(280, 200), (420, 320), (620, 900)])
@pytest.mark.parametrize("cuts", [1, 14, None])
def test_words_lie_inside_and_beside_each_other(picture, size, cuts):
    tree = some_tree(cuts, count=800)
    picture.resize(*size)
    picture.set_tree(tree, ())
    drawing = picture.drawing
    written = [node for node, text in enumerate(drawing.texts) if text]
    frames = [drawing.frame(node) for node in written]
    inside = picture.rect()
    for at, frame in enumerate(frames):
        assert inside.contains(frame.toAlignedRect().adjusted(1, 1, -1, -1))
        assert not any(frame.intersects(other) for other in frames[:at])
    picture.grab()


def test_a_tree_of_fifteen_leaves_can_be_read_in_a_narrow_column(picture):
    picture.resize(300, 320)
    picture.set_tree(some_tree(14), ())
    texts = picture.drawing.texts
    assert sum(bool(text) for text in texts) >= 0.7 * len(texts)


def test_a_leaf_has_the_colour_of_its_class(picture):
    tree = some_tree()
    picture.set_tree(tree, ())
    for colours in (LIGHT, DARK):
        picture.set_colours(colours)
        image = picture.grab().toImage()
        for label in range(4):
            own = np.flatnonzero(tree.is_leaf & (tree.counts.argmax(axis=1) == label))
            wanted = QColor(class_colours(colours)[label]).name()
            frames = [picture.drawing.frame(int(node)) for node in own]
            colour_names = {
                image.pixelColor(frame.center().toPoint() + QPoint(0, down)).name()
                for frame in frames
                for down in range(-7, 8)
            }
            assert wanted in colour_names


def test_the_pointer_finds_every_node_and_leaves_none_behind(picture, hovered, qtbot):
    tree = some_tree(6)
    picture.set_tree(tree, ("red",))
    for node in range(len(tree)):
        qtbot.mouseMove(picture, centre(picture, node))
        assert hovered[-1] == picture.marked == node
    assert picture.caption.startswith("Leaf of ")
    assert picture.caption in picture.accessibleDescription()
    qtbot.mouseMove(picture, QPoint(2, picture.height() - 2))
    assert hovered[-1] is None
    qtbot.mouseMove(picture, centre(picture, 1))
    qtbot.mouseMove(picture, centre(picture, 1) + QPoint(1, 0))
    assert hovered[-2:] == [None, 1]
    picture.leaveEvent(QEvent(QEvent.Type.Leave))
    assert hovered[-1] is None
    assert picture.marked is None


def test_dots_are_found_from_nearby(picture, hovered, qtbot):
    tree = some_tree(None, count=800)
    picture.resize(280, 200)
    picture.set_tree(tree, ())
    dots = [node for node, text in enumerate(picture.drawing.texts) if not text]
    assert dots
    found = []
    for node in dots:
        place = picture.drawing.centre(node)
        found.append(picture.drawing.node_at(place) == node)
    assert np.mean(found) > 0.9


def test_highlight_marks_and_says_nothing_to_others(picture, hovered):
    tree = some_tree(6)
    picture.set_tree(tree, ("red", "lime"))
    before = picture.grab().toImage()
    leaf = int(np.flatnonzero(tree.is_leaf)[0])
    picture.highlight(leaf)
    assert picture.marked == leaf
    assert picture.grab().toImage() != before
    label = int(tree.counts[leaf].argmax())
    name = ("red", "lime", "green", "pink")[label]
    assert f"% {name}" in picture.caption
    picture.highlight(None)
    assert picture.grab().toImage() == before
    picture.highlight(1000)
    assert picture.marked is None
    assert hovered == []


def test_arrow_keys_walk_in_the_tree(picture, hovered, qtbot):
    tree = some_tree(6)
    picture.set_tree(tree, ())
    qtbot.keyClick(picture, Qt.Key.Key_Down)
    assert picture.marked == ROOT
    qtbot.keyClick(picture, Qt.Key.Key_Down)
    assert picture.marked == 1
    qtbot.keyClick(picture, Qt.Key.Key_Left)
    assert picture.marked == 1
    qtbot.keyClick(picture, Qt.Key.Key_Right)
    assert picture.marked == 2
    qtbot.keyClick(picture, Qt.Key.Key_Right)
    assert picture.marked == 2
    qtbot.keyClick(picture, Qt.Key.Key_Up)
    assert picture.marked == ROOT
    qtbot.keyClick(picture, Qt.Key.Key_Up)
    assert picture.marked == ROOT
    qtbot.keyClick(picture, Qt.Key.Key_Escape)
    assert picture.marked is None
    assert hovered == [0, 1, 2, 0, None]


def test_another_tree_has_other_nodes(picture, hovered, qtbot):
    picture.set_tree(some_tree(6), ())
    qtbot.mouseMove(picture, centre(picture, ROOT))
    picture.set_tree(some_tree(7), ())
    assert hovered == [ROOT, ROOT]
    picture.set_tree(None, ())
    assert hovered == [ROOT, ROOT, None]


def test_larger_letters_lay_it_out_again(picture):
    picture.set_tree(some_tree(3), ())
    before = picture.drawing.frame(ROOT).width()
    font = QFont(picture.font())
    font.setPointSizeF(1.5 * font.pointSizeF())
    picture.setFont(font)
    assert picture.drawing.frame(ROOT).width() > 1.2 * before
