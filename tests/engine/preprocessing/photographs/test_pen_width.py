"""Strokes are measured, and those of pencils come out as wide as a pen's."""

import numpy as np
import pytest

from engine.cli.read import load_shipped
from engine.models.classifier import Classifier
from engine.preprocessing.normaliser import PEN_WIDTH, SIDE, normalise_picture, normalise_polylines
from engine.preprocessing.number import number_of_picture
from engine.preprocessing.photographs.pen_width import stroke_width, traced
from engine.preprocessing.rasteriser import rasterise
from tests.benchmarks.thin_pens import correct, held_out, picture

FOUR = [
    np.array([(150, 40), (60, 180), (230, 180)], dtype=np.float64),
    np.array([(190, 60), (170, 280)], dtype=np.float64),
]
SEVEN = [np.array([(60, 60), (210, 60), (110, 280)], dtype=np.float64)]
TWO = [np.array([(70, 110), (120, 60), (180, 90), (170, 150), (60, 270), (210, 265)], dtype=np.float64)]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(load_shipped())


@pytest.mark.parametrize("width", [3.0, 8.0, 20.0])
@pytest.mark.parametrize("darkness", [0.3, 1.0])
def test_the_width_of_strokes_is_measured_whatever_their_darkness(width: float, darkness: float) -> None:
    ink = darkness * rasterise([SEVEN], width, 320, 320)[0]
    assert stroke_width(ink) == pytest.approx(width, rel=0.12)


def test_nothing_has_no_width() -> None:
    assert stroke_width(np.zeros((5, 5))) == 0


def test_a_run_of_ink_is_a_line_through_the_middles_of_its_pixels() -> None:
    ink = np.zeros((3, 9))
    ink[1, 2:6] = 1
    lines, _ = traced(ink)
    assert [line.tolist() for line in lines] == [[[2.5, 1.5], [5.5, 1.5]]]


@pytest.mark.parametrize("pen", [0.001, 0.004, 0.01, 0.02, 0.04])
@pytest.mark.parametrize("height", [200, 640, 1000, pytest.param(1500, marks=pytest.mark.slow)])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_thin_pen_is_read_like_a_thick_one(
    pen: float, height: int, seed: int, classifier: Classifier
) -> None:
    for lines, digit in ((FOUR, 4), (SEVEN, 7), (TWO, 2)):
        number = number_of_picture(picture(lines, height, pen, seed))
        (reading,) = classifier.read_vectors(number.vectors)
        assert reading.digit == digit
        assert reading.is_sure


def test_a_pencil_s_line_looks_as_the_pad_s_pen_does() -> None:
    """The mean difference is 0.03 at most; as it was, the line was a tenth as dark."""
    drawn = normalise_picture(picture(TWO, 400, 0.001, 0))
    stroked = normalise_polylines([TWO])[0]
    shifts = [np.roll(drawn.reshape(SIDE, SIDE), (y, x), axis=(0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    assert min(np.abs(shifted - stroked.reshape(SIDE, SIDE)).mean() for shifted in shifts) < 0.03
    assert stroke_width(drawn.reshape(SIDE, SIDE)) == pytest.approx(PEN_WIDTH, abs=0.4)


@pytest.mark.parametrize("every", [pytest.param(2, marks=pytest.mark.slow), 5])
def test_held_out_digits_are_read_in_pencil(every: int, pen_digits_file, classifier: Classifier) -> None:
    digits = held_out(pen_digits_file.parents[1])[::every]
    assert correct(classifier, digits, 300, 0.004) >= 0.95 * len(digits)
