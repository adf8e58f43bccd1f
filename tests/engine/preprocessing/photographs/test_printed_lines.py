"""Printed lines leave the paper, and strokes stay, across them and along them."""

import numpy as np
import pytest

from engine.preprocessing.photographs.ink_finding import find_ink
from engine.preprocessing.photographs.printed_lines import print_of, without_print
from engine.preprocessing.rasteriser import rasterise

HEIGHT, WIDTH = 300, 400
TWO = np.array([(120, 90), (170, 60), (210, 90), (120, 229), (230, 229)], dtype=np.float64)


def written(*lines, pen=14.0):
    return rasterise([lines], pen, HEIGHT, WIDTH)[0].astype(np.float64)


def rules(distance=40, slope=0.0, bend=0.0, width=2.0, first=30):
    """How much of each pixel lines that go down by `slope` and sag by `bend` pixels cover."""
    down, across = np.mgrid[:HEIGHT, :WIDTH]
    place = down - first - slope * across - bend * np.sin(np.pi * across / WIDTH)
    away = np.abs((place + distance / 2) % distance - distance / 2)
    return np.clip((width + 1) / 2 - away, 0, 1)


def turned_rules():
    """The same from top to bottom, level ones."""
    away = np.abs((np.arange(WIDTH) - 5) % 40 - 20)
    return np.clip(1.5 - away, 0, 1)[None].repeat(HEIGHT, axis=0)


def dark(ink, printed, ink_darkness=0.8, print_darkness=0.3):
    """How dark paper is on which ink lies over print."""
    return 1 - (1 - ink_darkness * ink) * (1 - print_darkness * printed)


@pytest.mark.parametrize(
    "printed",
    [
        rules(),
        rules(slope=0.1),
        rules(slope=-0.25),
        rules(bend=3.0),
        rules(distance=14, width=1.0),
        np.maximum(rules(), turned_rules()),
    ],
    ids=["level", "slanting", "steep", "bent", "narrow", "squared"],
)
def test_what_is_printed_is_divided_out_and_ink_stays(printed):
    ink = written(TWO)
    picture = dark(ink, printed)
    lines = print_of(picture, 0.8)
    blank = without_print(picture, lines)
    paper = (ink == 0) & (printed > 0.9)
    assert picture[paper].mean() > 0.25
    # Lines that slant lie between the pixels, which costs sharpness.
    assert np.abs(blank[paper]).mean() < 0.1
    # Across and along: the foot of the two lies on a line.
    assert blank[ink == 1].min() > 0.6


def test_a_stroke_along_a_line_is_written_and_not_printed():
    bar = np.array([(80, 110), (320, 110)], dtype=np.float64)
    found = find_ink(1 - dark(written(bar, TWO + np.array([0, 40]), pen=6.0), rules()))
    assert found.ink[105:115, 100:300].max(axis=0).min() > 0.5


def test_paper_without_lines_has_no_print():
    one = np.array([(200, 4), (190, 296)], dtype=np.float64)
    assert print_of(0.8 * written(one), 0.8) is None
    assert print_of(0.8 * written(TWO), 0.8) is None
    assert print_of(np.zeros((28, 28)), 0.8) is None


def test_noise_is_no_print():
    noise = np.random.default_rng(0).normal(0, 0.1, (HEIGHT, WIDTH))
    assert print_of(0.8 * written(TWO) + noise, 0.8) is None


def test_lines_as_dark_as_pencil_are_printed_where_they_are_many():
    ink = written(TWO, pen=9.0)
    found = find_ink(1 - dark(ink, rules(), 0.35, 0.35))
    assert len(found.digits) == 1
    agreed = np.minimum(found.ink > 0.5, ink > 0.5).sum() / np.maximum(found.ink > 0.5, ink > 0.5).sum()
    assert agreed > 0.8


def test_lines_that_are_all_there_is_are_what_somebody_drew():
    found = find_ink(1 - 0.8 * rules(distance=60, first=40))
    assert found.ink.any()


def test_lines_beside_a_digit_never_become_part_of_it():
    found = find_ink(1 - dark(written(TWO, pen=20.0), rules(distance=60)))
    left, top, right, bottom = found.boxes[0]
    assert len(found.digits) == 1
    assert (right - left, bottom - top) == pytest.approx((130 / WIDTH, 189 / HEIGHT), abs=0.03)
