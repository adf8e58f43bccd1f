"""Strokes fall into digits, from left to right; the pieces of one digit stay together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.pen_digits import load_pen_digits
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import normalise_ink, to_polylines
from engine.preprocessing.number import number_of_ink
from engine.preprocessing.segmentation.joining import split_polylines
from tests.strategies import drawings


def line(*points):
    return np.array(points, dtype=np.float64)


def moved(polylines, x, y=0.0):
    return [polyline + np.array([x, y]) for polyline in polylines]


ONE = [line((5, 0), (5, 100))]
FIVE = [line((10, 0), (0, 40), (50, 60), (30, 100), (0, 95)), line((14, 0), (55, 2))]
OPEN_FOUR = [line((20, 0), (0, 60), (50, 60)), line((56, 30), (52, 100))]
CROSSED_SEVEN = [line((0, 0), (60, 0), (20, 100)), line((15, 50), (60, 50))]
APART_FIVE = [line((10, 20), (0, 50), (50, 70), (0, 100)), line((22, 5), (70, 0))]


@pytest.mark.parametrize("digit", [ONE, FIVE, OPEN_FOUR, CROSSED_SEVEN, APART_FIVE])
def test_a_digit_of_several_strokes_stays_one(digit):
    assert split_polylines(digit) == [list(range(len(digit)))]


def test_digits_beside_each_other_are_parted_and_keep_their_strokes():
    number = [*FIVE, *moved(ONE, 80), *moved(OPEN_FOUR, 110), *moved(CROSSED_SEVEN, 190)]
    assert split_polylines(number) == [[0, 1], [2], [3, 4], [5, 6]]


def test_digits_are_told_from_left_to_right_whatever_came_first():
    number = [moved(ONE, 300)[0], *moved(FIVE, 100), ONE[0], moved(ONE, 200)[0]]
    assert split_polylines(number) == [[3], [1, 2], [4], [0]]


@pytest.mark.parametrize("scale", [1e-6, 1e9])
def test_the_unit_does_not_matter(scale):
    number = [*FIVE, *moved(OPEN_FOUR, 80)]
    assert split_polylines([polyline * scale for polyline in number]) == split_polylines(number)


def test_nothing_and_a_dot_are_parted_too():
    assert split_polylines([]) == []
    assert split_polylines([line((3, 3))]) == [[0]]
    assert split_polylines([line((3, 3)), line((3, 3))]) == [[0, 1]]


def test_a_pattern_of_many_strokes_is_one_drawing():
    dots = [line((100 * column, 0)) for column in range(2000)]
    assert split_polylines(dots) == [list(range(2000))]


@given(drawings(), st.randoms())
def test_every_stroke_belongs_to_one_digit(polylines, chance):
    shuffled = [polyline + chance.uniform(-2, 2) for polyline in polylines]
    groups = split_polylines(shuffled)
    assert sorted(index for group in groups for index in group) == list(range(len(shuffled)))
    assert all(group == sorted(group) for group in groups)
    middles = [
        (min(shuffled[i][:, 0].min() for i in group) + max(shuffled[i][:, 0].max() for i in group))
        for group in groups
    ]
    assert middles == sorted(middles)


def test_hardly_any_real_digit_is_parted(pen_digits_file):
    """0.40 % of all, nearly half of them several digits in truth."""
    inks = load_pen_digits(pen_digits_file).inks
    split = sum(len(split_polylines(to_polylines(ink))) > 1 for ink in inks)
    assert split <= 0.0045 * len(inks)


def test_a_stroke_that_begins_apart_waits_until_it_is_a_digit():
    """A five's bar may begin beside it, and so may the next digit."""
    strokes = [[[10, 0], [0, 40], [50, 60], [30, 100], [0, 95]], [[110, 0], [110, 20]]]
    beginning, lifted = (number_of_ink(Ink.from_lists(strokes), is_writing) for is_writing in (True, False))
    assert (len(beginning), beginning.newest) == (1, 0)
    assert (beginning.vectors[0] == normalise_ink(Ink.from_lists(strokes[:1]))).all()
    assert (len(lifted), lifted.newest) == (2, 1)
    strokes[1].append([110, 90])
    assert len(number_of_ink(Ink.from_lists(strokes), True)) == 2


def test_where_the_pen_only_touched_the_pad_is_no_digit():
    strokes = [[[0, 0], [60, 0], [20, 100]], [[150, 90], [152, 91]]]
    number = number_of_ink(Ink.from_lists(strokes))
    assert (number.vectors[0] == normalise_ink(Ink.from_lists(strokes[:1]))).all()
    assert len(number) == 1
    assert len(number_of_ink(Ink.from_lists([strokes[1]]))) == 1
    two_dots = Ink.from_lists([[[0, 0]], [[90, 0]]])
    assert len(number_of_ink(two_dots)) == 2
