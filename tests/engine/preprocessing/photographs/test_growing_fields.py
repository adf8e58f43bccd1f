"""A long drawing that goes on is painted on top of what was painted, with the same pixels."""

import numpy as np
import pytest

from engine.errors import InkError
from engine.preprocessing import normaliser
from engine.preprocessing.normaliser import FIELD, fit_polylines
from engine.preprocessing.photographs.growing_fields import GrowingFields


def spiral(count):
    place = np.arange(count, dtype=np.float64)
    radius = 300 + 90 * np.sin(place / 7.3)
    return np.column_stack([radius * np.cos(place / 30), radius * np.sin(place / 30)])


@pytest.fixture
def fields():
    return GrowingFields()


@pytest.fixture
def segments(monkeypatch):
    """How many segments were painted, by call."""
    painted = []
    rasterise = normaliser.rasterise

    def counting(drawings, *others):
        painted.append(sum(len(line) - 1 for lines in drawings for line in lines))
        return rasterise(drawings, *others)

    monkeypatch.setattr(normaliser, "rasterise", counting)
    return painted


def same(fields, drawing, name="a"):
    fields.begin()
    return np.array_equal(fields.fit([drawing], [name]), fit_polylines([drawing]))


def test_a_line_that_grows_has_the_pixels_of_one_painted_at_once(fields):
    line = spiral(700)
    for count in (300, 301, 302, 310, 500, 699, 700):
        assert same(fields, [line[:count]])


def test_the_last_point_may_give_way_to_another(fields):
    line = spiral(400)
    assert same(fields, [line])
    moved = line.copy()
    moved[-1] = 0.0, 0.0
    assert same(fields, [moved])
    assert same(fields, [spiral(401)])


def test_a_line_that_leaves_the_box_and_one_that_is_another_are_painted_anew(fields):
    line = spiral(400)
    assert same(fields, [line])
    assert same(fields, [np.vstack([line, [[900.0, 0.0]]])])
    other = line.copy()
    other[200] = 0.0, 0.0
    assert same(fields, [other])
    assert same(fields, [line[:350]])
    assert same(fields, [line, line[:1]])
    assert same(fields, [line, line[:2]])
    assert same(fields, [line, line[:90]])


def test_only_what_is_new_is_painted(fields, segments):
    line = spiral(2000)
    fields.begin()
    fields.fit([[line[:1900]]], ["a"])
    segments.clear()
    fields.begin()
    fields.fit([[line[:1901]]], ["a"])
    assert sum(segments) <= 3


def test_of_several_drawings_each_is_its_own(fields):
    line, short = spiral(600), spiral(20)
    for count in (300, 301, 450):
        fields.begin()
        drawings = [[line[:count]], [short], [short, line[:count]]]
        assert np.array_equal(fields.fit(drawings, ["a", "b", "c"]), fit_polylines(drawings))


def test_short_drawings_are_painted_at_once(fields, segments):
    drawings = [[spiral(20)], [spiral(30)]]
    assert fields.fit(drawings, ["a", "b"]).shape == (2, FIELD, FIELD)
    assert len(segments) == 1


def test_what_one_reading_does_not_ask_for_is_forgotten(fields, segments):
    line = spiral(500)
    fields.fit([[line]], ["a"])
    for _ in range(2):
        fields.begin()
    segments.clear()
    fields.fit([[line]], ["a"])
    assert sum(segments) == 499


def test_a_drawing_without_a_line_is_refused(fields):
    with pytest.raises(InkError):
        fields.fit([[]], ["a"])
