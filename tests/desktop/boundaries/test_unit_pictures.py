"""Unit pictures: a network as a diagram that can be pointed at, by mouse and by keyboard."""

import numpy as np
import pytest
import torch
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop.boundaries.pictures.unit_pictures import UnitPictures
from desktop.boundaries.pictures.unit_words import LOGISTIC_HINT, NO_NETWORK
from desktop.widgets.diverging.colours import NEGATIVE, POSITIVE
from desktop.widgets.theme import DARK, LIGHT
from tests.desktop.boundaries.plane_networks import maps_of, plane_network


@pytest.fixture
def pictures(qtbot, theme):
    widget = UnitPictures()
    widget.set_colours(LIGHT)
    widget.resize(480, 320)
    qtbot.addWidget(widget)
    widget.told = []
    widget.unit_hovered.connect(widget.told.append)
    return widget


def show(widget, network):
    widget.set_network(network, maps_of(network))
    return widget


def point_at(qtbot, widget, place):
    qtbot.mouseMove(widget, widget.place_of(place).toPoint())
    qtbot.waitUntil(lambda: widget.pointed == place)


def colour_at(widget, point):
    return QColor(widget.grab().toImage().pixel(point.toPoint()))


def near(colour, rgb):
    return np.abs(np.subtract(colour.getRgb()[:3], rgb)).max() < 40


def test_without_a_network_a_sentence_says_what_to_do(pictures):
    assert pictures.words == NO_NETWORK
    assert NO_NETWORK in pictures.accessibleDescription()
    pictures.grab()


def test_a_unit_pointed_at_is_told_with_its_weights(qtbot, pictures):
    first = torch.tensor([[1.5, 0.25], [-2.0, 0.5]])
    network = plane_network((2,), of_0_weights=first)
    pictures.show()
    show(pictures, network)
    point_at(qtbot, pictures, (1, 0))
    assert pictures.told == [(0, 0)]
    assert pictures.words.startswith("Unit 1 of layer 1. Weights: y −2.00, x +1.50;")
    QApplication.sendEvent(pictures, QEvent(QEvent.Type.Leave))
    assert pictures.told == [(0, 0), None]


def test_features_and_classes_are_named_but_have_no_region_of_a_unit(qtbot, pictures):
    pictures.set_class_names(("cats", ""))
    show(pictures, plane_network())
    pictures.choose((0, 1))
    assert pictures.words.startswith("Feature y")
    pictures.choose((3, 0))
    assert pictures.words.startswith("Class cats. Strongest weights: unit")
    pictures.choose((3, 1))
    assert pictures.words.startswith("Class orange")
    assert pictures.told == []


def test_keys_go_from_unit_to_unit(qtbot, pictures):
    show(pictures, plane_network((3, 4)))
    for key, place in (
        (Qt.Key.Key_Down, (1, 0)),
        (Qt.Key.Key_Down, (1, 1)),
        (Qt.Key.Key_End, (1, 2)),
        (Qt.Key.Key_Right, (2, 2)),
        (Qt.Key.Key_Home, (2, 0)),
        (Qt.Key.Key_Up, (2, 0)),
    ):
        qtbot.keyClick(pictures, key)
        assert pictures.pointed == place
    assert pictures.told[-1] == (1, 0)
    qtbot.keyClick(pictures, Qt.Key.Key_Escape)
    assert pictures.pointed is None
    assert pictures.told[-1] is None


def test_a_click_keeps_a_unit_and_one_beside_lets_it_go(qtbot, pictures):
    pictures.show()
    show(pictures, plane_network())
    qtbot.mouseClick(pictures, Qt.MouseButton.LeftButton, pos=pictures.place_of((2, 1)).toPoint())
    QApplication.sendEvent(pictures, QEvent(QEvent.Type.Leave))
    assert pictures.unit == (1, 1)
    qtbot.mouseClick(pictures, Qt.MouseButton.LeftButton, pos=pictures.rect().bottomLeft())
    assert pictures.unit is None


def test_a_unit_stays_chosen_while_the_network_learns_and_not_in_another_one(pictures):
    show(pictures, plane_network((3, 4)))
    pictures.choose((2, 3))
    show(pictures, plane_network((3, 4)))
    assert pictures.unit == (1, 3)
    show(pictures, plane_network((3,)))
    assert pictures.unit is None
    assert pictures.told == [(1, 3), None]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_say_sign_and_size(pictures, colours):
    """The strongest is thick and in the full colour; a weight of 0 has no line."""
    pictures.set_colours(colours)
    first = torch.tensor([[2.0, 0.0], [0.0, -2.0]])
    show(pictures, plane_network((2,), of_0_weights=first))

    def middle(start, end):
        return (pictures.place_of((0, start)) + pictures.place_of((1, end))) / 2

    assert near(colour_at(pictures, middle(0, 0)), POSITIVE)
    assert near(colour_at(pictures, middle(1, 1)), NEGATIVE)
    crossing = pictures.place_of((0, 0)) * 0.7 + pictures.place_of((1, 1)) * 0.3
    assert colour_at(pictures, crossing) == QColor(colours.panel)


def test_small_pictures_have_the_smallest_y_at_the_bottom(pictures):
    show(pictures, plane_network())
    y = pictures.place_of((0, 1))
    image = pictures.grab().toImage()
    above, below = (QColor(image.pixel(round(y.x()), round(y.y() + up))) for up in (-9, 9))
    assert above.red() > above.blue()
    assert below.blue() > below.red()


def test_logistic_regression_has_no_units(qtbot, pictures):
    show(pictures, plane_network((), 4))
    assert pictures.words == LOGISTIC_HINT
    assert "no hidden layers" in pictures.accessibleDescription()
    pictures.choose((1, 2))
    assert pictures.unit is None
    assert pictures.words.startswith("Class green")


def test_very_many_units(pictures):
    show(pictures, plane_network((64,) * 8, 8))
    pictures.resize(280, 300)
    pictures.grab()
    assert pictures.place_of((1, 63)) is None
    assert pictures.words.startswith("The first")


def test_a_unit_that_has_no_room_any_more_is_let_go(pictures):
    pictures.resize(600, 900)
    pictures.show()
    show(pictures, plane_network((40,)))
    pictures.choose((1, 39))
    assert pictures.unit == (0, 39)
    pictures.resize(600, 300)
    pictures.grab()
    assert pictures.unit is None


def test_numbers_beyond_all_bounds_are_painted_as_nothing(pictures):
    network = plane_network((2,), of_0_weights=torch.full((2, 2), torch.nan))
    show(pictures, network)
    pictures.grab()


def test_a_larger_font_makes_no_unit_leave_the_widget(pictures):
    show(pictures, plane_network((8, 8)))
    font = pictures.font()
    font.setPointSizeF(1.5 * font.pointSizeF())
    pictures.setFont(font)
    pictures.grab()
    assert pictures.rect().contains(pictures.place_of((2, 7)).toPoint())
