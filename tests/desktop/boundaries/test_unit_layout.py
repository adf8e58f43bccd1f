"""Layout of the unit pictures: everything inside, in order, and nothing on top of another."""

import itertools

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.boundaries.pictures.unit_layout import Measures, UnitLayout

MEASURES = Measures(15.0, 30.0, 45.0)
NETWORKS = [(2, 2), (7, 8), (2, 8, 8, 2), (3, 1, 4), (7, *[64] * 8, 8), (2, 40, 6, 4)]
SIZES = [(280, 300), (420, 300), (620, 420), (240, 230), (1200, 900)]


@pytest.mark.parametrize("counts", NETWORKS, ids=str)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_all_inside_and_apart(counts, size):
    layout = UnitLayout(QSizeF(*size), MEASURES, counts)
    area = QRectF(0, 0, *size).adjusted(-1e-6, 0, 1e-6, 0)  # for rounding
    tiles = [
        layout.picture(column, place) for column, shown in enumerate(layout.shown) for place in range(shown)
    ]
    others = [layout.feature_name(place) for place in range(layout.shown[0])]
    others += [layout.head(column) for column in range(len(counts))]
    others += [layout.rest(column) for column in range(len(counts))]
    if layout.has_class_names:
        others += [layout.class_name(place) for place in range(layout.shown[-1])]
    assert all(area.contains(each) for each in [*tiles, *others])
    assert not any(one.intersects(other) for one, other in itertools.combinations(tiles, 2))
    assert all(tile.bottom() <= layout.foot.top() for tile in tiles)
    assert all(tile.width() == tile.height() >= 8 for tile in tiles)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_all_units_of_a_usual_network(size):
    assert UnitLayout(QSizeF(*size), MEASURES, (2, 8, 8, 2)).shown == (2, 8, 8, 2)


def test_columns_that_have_no_room_show_the_first_ones():
    layout = UnitLayout(QSizeF(420, 300), MEASURES, (2, 64, 4, 2))
    assert layout.counts == (2, 64, 4, 2)
    assert 5 < layout.shown[1] < 64
    assert layout.shown[2:] == (4, 2)
    assert layout.rest(1).top() >= layout.picture(1, layout.shown[1] - 1).bottom()


def test_pictures_are_larger_where_there_is_more_room():
    small, large = (UnitLayout(QSizeF(*size), MEASURES, (2, 8, 2)) for size in SIZES[0:3:2])
    assert large.tile > small.tile


def test_names_of_classes_give_way_to_many_layers():
    assert UnitLayout(QSizeF(280, 300), MEASURES, (2, 8, 2)).has_class_names
    assert not UnitLayout(QSizeF(240, 300), MEASURES, (7, *[4] * 8, 2)).has_class_names


@pytest.mark.parametrize("counts", NETWORKS, ids=str)
def test_units_are_found_where_they_are(counts):
    layout = UnitLayout(QSizeF(500, 340), MEASURES, counts)
    for column, shown in enumerate(layout.shown):
        for place in range(shown):
            assert layout.at(layout.picture(column, place).center()) == (column, place)
    assert layout.at(QPointF(1, 1)) is None
    between = (layout.start(0, 0) + layout.end(1, 0)) / 2
    assert layout.at(between) is None
