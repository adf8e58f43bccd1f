"""Pictures of a forest's trees: painted once each, a few at a time; enlarged under the pointer."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor

from desktop.boundaries.pictures.forest_pictures import NOTHING, ForestPictures
from desktop.boundaries.pictures.thumbnail_grid import ThumbnailGrid
from desktop.boundaries.pictures.tree_thumbnail import tree_thumbnail
from desktop.boundaries.plane.class_styles import class_colours
from desktop.widgets.small_widgets import ScrolledArea
from desktop.widgets.theme import DARK, LIGHT
from engine.boundaries.forest_learner import ForestLearner
from engine.plane.grid import Bounds
from engine.plane.points import Points
from engine.trees.settings import ForestSettings, TreeSettings
from tests.desktop.boundaries.some_trees import some_grown, some_points

POINTS = some_points(60)


@pytest.fixture(scope="module")
def learner():
    learner = ForestLearner(POINTS, Points.none(), ForestSettings(trees=30, tree=TreeSettings(depth=3)))
    learner.go_to(30)
    learner.close()
    return learner


@pytest.fixture
def pictures(qtbot):
    pictures = ForestPictures()
    qtbot.addWidget(pictures)
    pictures.resize(320, 600)
    pictures.set_points(POINTS, Bounds())
    pictures.show()
    return pictures


@pytest.fixture
def hovered(pictures):
    found = []
    pictures.tree_hovered.connect(found.append)
    return found


@pytest.mark.parametrize("count", [1, 2, 4, 5, 9, 16, 17, 100])
@pytest.mark.parametrize("width", [240, 300, 620])
def test_pictures_stand_in_rows_and_are_found_there(count, width):
    grid = ThumbnailGrid(count, width, 14, 30)
    places = [grid.rectangle(index) for index in range(count)]
    inside = QRect(0, 30, width, grid.height - 30)
    for index, place in enumerate(places):
        assert place.width() == place.height() == grid.side
        assert inside.contains(place)
        assert not any(place.intersects(other) for other in places[:index])
        assert grid.index_at(QPointF(place.center())) == index
        assert inside.contains(grid.enlarged(index, inside))
    assert grid.index_at(QPointF(width / 2, 10)) is None
    assert grid.index_at(QPointF(width / 2, grid.height + 40)) is None


def test_few_pictures_are_larger_than_many():
    sides = [ThumbnailGrid(count, 600, 14, 30).side for count in (4, 9, 16, 100)]
    assert sides == sorted(sides, reverse=True)
    assert ThumbnailGrid(4, 600, 14, 30).columns == 2
    assert ThumbnailGrid(4, 300, 14, 30).title_height == 14
    assert ThumbnailGrid(100, 300, 14, 30).title_height == 0


def test_a_picture_has_regions_and_the_points_that_were_drawn(qapp):
    grown = some_grown(1)[0]
    points = some_points()
    for colours in (LIGHT, DARK):
        side = 200
        image = tree_thumbnail(grown, points, Bounds(), side, 1.0, colours).toImage()
        bounds, reach = Bounds(), Bounds().right
        palette = class_colours(colours)
        seen = {True: [], False: []}
        for place, label, weight in zip(points.coordinates, points.labels, grown.weights, strict=True):
            if np.abs(place).max() > 0.95 * reach:
                continue
            x = side * (place[0] - bounds.left) / (2 * reach)
            y = side * (bounds.top - place[1]) / (2 * reach)
            seen[bool(weight)].append(image.pixelColor(int(x), int(y)) == QColor(palette[int(label)]))
        assert np.mean(seen[True]) > 0.9
        assert np.mean(seen[False]) < 0.5


def test_other_points_than_those_of_the_forest_are_not_painted(qapp):
    grown = some_grown(1)[0]
    of_none = tree_thumbnail(grown, Points.none(), Bounds(), 60, 1.0, LIGHT).toImage()
    of_others = tree_thumbnail(grown, POINTS, Bounds(), 60, 1.0, LIGHT).toImage()
    assert of_none == of_others
    assert of_none != tree_thumbnail(grown, some_points(), Bounds(), 60, 1.0, LIGHT).toImage()


def test_without_a_forest_it_says_what_to_do(pictures, learner):
    assert pictures.caption == pictures.accessibleDescription() == NOTHING
    pictures.grab()
    pictures.set_state(learner.go_to(3))
    assert pictures.caption == "3 trees of 30. Each is grown from points drawn with replacement."
    pictures.set_state(learner.go_to(30))
    assert pictures.caption == "30 trees. Each is grown from points drawn with replacement."
    pictures.set_state(None)
    assert pictures.caption == NOTHING
    assert pictures.painted == 0


def test_only_new_trees_are_painted(pictures, learner, qtbot, monkeypatch):
    painted = []

    def counting(grown, *rest):
        painted.append(grown)
        return tree_thumbnail(grown, *rest)

    monkeypatch.setattr("desktop.boundaries.pictures.thumbnail_store.tree_thumbnail", counting)
    state = learner.go_to(18)
    pictures.set_state(state)
    qtbot.waitUntil(lambda: pictures.painted == 18)
    assert painted == list(state.grown)
    more = learner.go_to(20)
    pictures.set_state(more)
    qtbot.waitUntil(lambda: pictures.painted == 20)
    assert painted[18:] == list(more.grown[18:])
    pictures.set_state(learner.go_to(19))
    assert pictures.painted == 19
    pictures.set_state(more)
    qtbot.waitUntil(lambda: pictures.painted == 20)
    assert painted[20:] == [more.grown[19]]
    pictures.set_points(POINTS, Bounds())
    assert pictures.painted == 20
    pictures.set_colours(DARK)
    qtbot.waitUntil(lambda: pictures.painted == 20)
    assert len(painted) == 41


def test_a_few_are_painted_in_each_turn_of_the_event_loop(qtbot, learner, qapp):
    now = [0.0]

    def clock():
        now[0] += 1.0
        return now[0]

    pictures = ForestPictures(clock=clock)
    qtbot.addWidget(pictures)
    pictures.resize(320, 600)
    pictures.set_points(POINTS, Bounds())
    pictures.set_state(learner.go_to(12))
    assert pictures.painted == 0
    counts = [0]
    while counts[-1] < 12:
        qapp.processEvents()
        counts.append(pictures.painted)
    assert set(np.diff(counts)) <= {0, 1}


def test_the_tree_under_the_pointer_is_enlarged(pictures, learner, hovered, qtbot):
    pictures.set_state(learner.go_to(30))
    qtbot.waitUntil(lambda: pictures.painted == 30)
    before = pictures.grab().toImage()
    qtbot.mouseMove(pictures, pictures.rectangle(7).center())
    assert hovered == [7]
    assert pictures.pointed == 7
    assert pictures.caption.startswith("Tree 8: ")
    assert pictures.caption.endswith("of 60 points.")
    changed = pictures.grab().toImage()
    place = pictures.rectangle(7)
    beside = QPoint(place.right() + 3, place.center().y())
    assert changed.pixelColor(beside) != before.pixelColor(beside)
    pictures.leaveEvent(QEvent(QEvent.Type.Leave))
    assert hovered == [7, None]
    assert pictures.grab().toImage() == before


def test_a_click_does_what_the_pointer_does(pictures, learner, hovered, qtbot):
    pictures.set_state(learner.go_to(4))
    qtbot.mouseClick(pictures, Qt.MouseButton.LeftButton, pos=pictures.rectangle(2).center())
    assert hovered == [2]
    pictures.grab()


def test_a_tree_that_is_gone_is_not_pointed_at(pictures, learner, hovered, qtbot):
    pictures.set_state(learner.go_to(10))
    qtbot.mouseMove(pictures, pictures.rectangle(8).center())
    pictures.set_state(learner.go_to(9))
    assert pictures.pointed == 8
    pictures.set_state(learner.go_to(8))
    assert hovered == [8, None]
    pictures.grab()


def test_keys_go_from_tree_to_tree_and_scroll(qtbot, learner):
    area = ScrolledArea()
    qtbot.addWidget(area)
    pictures = ForestPictures(area.room)
    area.fill(pictures)
    area.resize(300, 200)
    area.show()
    pictures.set_points(POINTS, Bounds())
    pictures.set_state(learner.go_to(30))
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    found = []
    pictures.tree_hovered.connect(found.append)
    keys = [
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
        Qt.Key.Key_Left,
    ]
    for key in keys:
        qtbot.keyClick(pictures, key)
    assert found == [0, 1, 5, 1, 0]
    qtbot.keyClick(pictures, Qt.Key.Key_End)
    assert found[-1] == 29
    assert area.verticalScrollBar().value() > 0
    qtbot.keyClick(pictures, Qt.Key.Key_Home)
    assert found[-1] == 0
    qtbot.keyClick(pictures, Qt.Key.Key_Escape)
    assert found[-1] is None


@pytest.mark.parametrize("height", range(180, 420, 12))
def test_a_scroll_bar_does_not_come_and_go(qtbot, learner, qapp, height):
    area = ScrolledArea()
    qtbot.addWidget(area)
    pictures = ForestPictures(area.room)
    area.fill(pictures)
    area.resize(300, height)
    area.show()
    pictures.set_state(learner.go_to(4))
    side = None
    for _ in range(10):
        qapp.processEvents()
        side, before = pictures.rectangle(0).width(), side
    assert side == before
