"""Digits that touch or cross are parted, rows are told apart, and marks stand where they were written."""

import numpy as np
import pytest

from engine.cli.read import load_shipped
from engine.errors import InkError, PictureError
from engine.models.classifier import Classifier
from engine.models.digit_scorer import DigitScorer
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import normalise_ink, to_polylines
from engine.preprocessing.number import number_of_ink, number_of_picture
from engine.preprocessing.rasteriser import rasterise
from engine.preprocessing.segmentation.pieces import MOST_ROWS
from engine.preprocessing.segmentation.strokes import StrokeParter
from tests.engine.preprocessing.shapes import COMMA, DASH, DOT, FIVE, FOUR, ONE, SEVEN, THREE, TWO, ZERO, ink


class Counting:
    """A scorer that remembers how many pictures it was asked about."""

    def __init__(self, scorer):
        self._scorer, self.asked = scorer, []

    @property
    def knows_others(self):
        return self._scorer.knows_others

    def __call__(self, vectors):
        self.asked.append(len(vectors))
        return self._scorer(vectors)


@pytest.fixture(scope="module")
def classifier():
    return Classifier(load_shipped())


@pytest.fixture
def scorer(classifier):
    return Counting(DigitScorer(classifier))


@pytest.fixture
def read(classifier, scorer):
    """A drawing to the number and what it says."""
    parter = StrokeParter(scorer)

    def read(drawing, is_writing=False):
        number = number_of_ink(drawing, is_writing, parter)
        digits = [reading.digit for reading in classifier.read_vectors(number.vectors)]
        return number, number.text(digits)

    return read


@pytest.mark.parametrize(
    ("drawing", "text"),
    [
        (ink((SEVEN, 0, 0), (TWO, 55, 0)), "72"),
        (ink((THREE, 0, 0), (FIVE, 45, 0)), "35"),
        (ink((SEVEN, 0, 0), (ZERO, 48, 0)), "70"),
        (ink((TWO, 0, 0), (THREE, 50, 0)), "23"),
        (ink((ONE, 0, 0), (ONE, 25, 0)), "11"),
    ],
)
def test_digits_that_touch_or_cross_are_parted(read, drawing, text):
    assert read(drawing)[1] == text


@pytest.mark.parametrize(
    ("shape", "text"),
    [(FOUR, "4"), (FIVE, "5"), ([*SEVEN, [(12, 55), (62, 50)]], "7")],
)
def test_a_digit_of_several_strokes_stays_one(read, shape, text):
    assert read(ink((shape, 0, 0)))[1] == text
    assert read(ink((ONE, -80, 0), (shape, 0, 0), (ONE, 80, 0)))[1] == f"1{text}1"


def test_one_stroke_of_two_digits_is_cut_and_each_digit_keeps_its_part(read):
    stroke = [*TWO[0], *[(x + 75, y) for x, y in THREE[0]]]
    drawing = Ink.from_lists([stroke])
    number, text = read(drawing)
    assert len(text) == 2
    assert number.strokes == ((0,), (0,))
    first, second = (number.ink_of(place, drawing) for place in (0, 1))
    assert first.strokes[0][0] == drawing.strokes[0][0]
    assert second.strokes[-1][-1] == drawing.strokes[0][-1]
    np.testing.assert_array_equal(normalise_ink(second), number.vectors[1])


def test_a_wide_digit_is_not_cut(read):
    flat = [[(2.2 * x, 0.8 * y) for x, y in TWO[0]]]
    assert len(read(ink((flat, 0, 0)))[0]) == 1


def test_each_digit_s_strokes_are_found_again(read):
    drawing = ink((FIVE, 0, 0), (ONE, 60, 0))
    number, _ = read(drawing)
    assert number.strokes == ((0, 1), (2,))
    assert number.ink_of(0, drawing) == Ink(drawing.strokes[:2])
    assert number.newest == 1


@pytest.mark.parametrize(
    ("drawing", "text"),
    [
        (ink((THREE, 0, 0), (DOT, 75, 98), (ONE, 65, 0), (FOUR, 120, 0)), "3.14"),
        (ink((THREE, 0, 0), (COMMA, 72, 92), (ONE, 65, 0), (FOUR, 120, 0)), "3,14"),
        (ink((DASH, -60, 50), (FIVE, 0, 0)), "-5"),
        (ink((ONE, 0, 0), (TWO, 60, 0), (DASH, 135, 50), (THREE, 195, 0), (FOUR, 270, 0)), "12-34"),
    ],
)
def test_marks_are_read_where_they_stand(read, drawing, text):
    number, said = read(drawing)
    assert said == text
    assert len(number) == sum(sign.isdigit() for sign in text)
    assert number.remark == ""


@pytest.mark.parametrize("place", [-30, 130])
def test_a_point_at_either_end_is_left_out_with_a_word(read, place):
    number, text = read(ink((THREE, 0, 0), (ONE, 60, 0), (DOT, place, 98)))
    assert text == "31"
    assert "left out" in number.remark


def test_a_five_s_bar_that_stands_apart_is_no_dash(read):
    apart = [[(10, 20), (0, 50), (50, 70), (0, 100)], [(22, 5), (70, 0)]]
    assert read(ink((apart, 0, 0)))[1] == "5"


def test_the_bar_of_a_four_of_three_strokes_is_no_dash(read):
    four = [[(10, 0), (10, 55)], [(12, 55), (48, 55)], [(50, 0), (50, 100)]]
    number, text = read(ink((four, 0, 0)))
    assert number.marks == ()
    assert "-" not in text


def test_lines_are_read_from_top_to_bottom(read):
    number, text = read(ink((THREE, 0, 140), (FOUR, 80, 140), (ONE, 0, 0), (TWO, 60, 0)))
    assert text == "12\n34"
    assert number.rows == (2, 2)
    assert number.strokes == ((3,), (4,), (0,), (1, 2))


def test_a_line_may_fall_and_another_have_one_digit(read):
    falling = [(ONE, 0, 0), (TWO, 80, 25), (THREE, 160, 50), (FOUR, 240, 75)]
    assert read(ink(*falling, (FIVE, 0, 160), (ZERO, 80, 185)))[1] == "1234\n50"
    assert read(ink((ONE, 0, 0), (TWO, 60, 0), (THREE, 30, 140)))[1] == "12\n3"


def test_marks_of_every_line_stand_before_their_own_digits(read):
    upper = [(THREE, 0, 0), (DOT, 75, 98), (ONE, 65, 0)]
    lower = [(DASH, -60, 190), (FIVE, 0, 140), (TWO, 90, 140)]
    assert read(ink(*upper, *lower))[1] == "3.1\n-52"


def test_more_rows_than_can_be_shown_give_one_sentence(read):
    pairs = [(ONE, 60 * column, 140 * row) for row in range(MOST_ROWS + 1) for column in range(2)]
    assert len(read(ink(*pairs[:-2]))[0].rows) == MOST_ROWS
    with pytest.raises(InkError, match="5 rows: leave 4 or fewer"):
        read(ink(*pairs))


def test_a_stroke_that_has_begun_beside_a_digit_waits(read):
    beginning = ink((SEVEN, 0, 0), ([[(75, 40), (75, 60)]], 0, 0))
    number, text = read(beginning, is_writing=True)
    assert (text, number.newest) == ("7", 0)


def test_only_what_is_new_is_looked_at(read, scorer):
    """A pen move changes the last stroke alone."""
    shapes = [(SEVEN, 0, 0), (TWO, 55, 0), (THREE, 110, 0), (FIVE, 160, 0)]
    read(ink(*shapes))
    at_first = sum(scorer.asked)
    scorer.asked.clear()
    read(ink(*shapes))
    assert scorer.asked == []
    read(ink(*shapes, ([[(230, 0), (230, 80)]], 0, 0)), is_writing=True)
    assert 0 < sum(scorer.asked) < at_first
    assert len(scorer.asked) == 1


def test_one_narrow_stroke_asks_no_network(read, scorer):
    read(ink((SEVEN, 0, 0)))
    assert scorer.asked == []


def test_another_network_looks_at_everything_again(scorer):
    parter = StrokeParter(scorer)
    drawing = ink((SEVEN, 0, 0), (TWO, 55, 0))
    number_of_ink(drawing, parter=parter)
    parter.forget()
    number_of_ink(drawing, parter=parter)
    assert scorer.asked[0] == scorer.asked[1]


def picture(drawing, pen=8.0):
    """A picture of a drawing, 0 paper to 1 ink."""
    lines = [line + 20 for line in to_polylines(drawing)]
    low = np.concatenate(lines).min(axis=0)
    lines = [line - low + 20 for line in lines]
    width, height = (np.concatenate(lines).max(axis=0) + 20).astype(int).tolist()
    return rasterise([lines], pen, height, width)[0]


@pytest.mark.parametrize(
    ("drawing", "text"),
    [
        (ink((THREE, 0, 0), (SEVEN, 57, 0)), "37"),
        (ink((FOUR, 0, 0), (TWO, 57, 0)), "42"),
        (ink((ONE, 0, 0), (TWO, 60, 0), (DASH, 140, 50), (THREE, 200, 0)), "12-3"),
        (ink((ONE, 0, 0), (TWO, 60, 0), (THREE, 0, 140), (SEVEN, 80, 140)), "12\n37"),
    ],
)
def test_pictures_are_parted_in_the_same_way(classifier, scorer, drawing, text):
    number = number_of_picture(picture(drawing), scorer)
    digits = [reading.digit for reading in classifier.read_vectors(number.vectors)]
    assert number.text(digits) == text
    assert len(number.found.digits) == len(number) == sum(number.rows)


def test_the_ink_of_a_picture_that_is_cut_is_all_there(scorer):
    number = number_of_picture(picture(ink((THREE, 0, 0), (SEVEN, 57, 0))), scorer)
    assert sum(ink.sum() for ink in number.found.digits) == pytest.approx(number.found.ink.sum())


def test_too_many_digits_in_a_picture_give_one_sentence(scorer):
    ones = ink(*[(ONE, 40 * place, 0) for place in range(9)])
    with pytest.raises(PictureError, match=r"9 parts.* 8 digits or fewer"):
        number_of_picture(picture(ones), scorer)
