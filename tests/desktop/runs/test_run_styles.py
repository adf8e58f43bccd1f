"""Runs that are compared can be told apart, on light and dark and without some of the colours."""

from itertools import combinations

import numpy as np
import pytest

from desktop.runs.run_styles import MOST_COMPARED, ON_DARK, ON_LIGHT, run_colour, run_dashes, run_symbol
from desktop.training.plot.run_lines import FORMER_STYLES, NEWEST_SYMBOL
from desktop.widgets.theme import DARK, LIGHT

# How people without one kind of cones see linear RGB: G. Machado, M. Oliveira, L. Fernandes, 2009.
SIGHTS = {
    "all cones": np.eye(3),
    "no long": [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.0520]],
    "no middle": [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]],
    "no short": [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour):
    values = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    roots = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * roots[1] - 16, 500 * (roots[0] - roots[1]), 200 * (roots[1] - roots[2])])


def contrast(one, other):
    dark, light = sorted(0.05 + (linear(colour) @ TO_XYZ[1]) for colour in (one, other))
    return light / dark


@pytest.mark.parametrize(("colours", "look"), [(ON_LIGHT, LIGHT), (ON_DARK, DARK)])
def test_colours_lie_apart(colours, look):
    assert [run_colour(style, look) for style in range(MOST_COMPARED)] == list(colours)
    assert all(contrast(colour, look.panel) >= 3 for colour in colours)
    for sight in SIGHTS.values():
        seen = [lab(np.asarray(sight) @ linear(colour)) for colour in colours]
        assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) >= 26


def test_no_two_are_dashed_alike_or_have_the_same_symbol_and_none_is_solid():
    assert len({run_dashes(style) for style in range(MOST_COMPARED)}) == MOST_COMPARED
    assert len({run_symbol(style) for style in range(MOST_COMPARED)}) == MOST_COMPARED
    assert all(run_dashes(style) for style in range(MOST_COMPARED))


@pytest.mark.parametrize(("place", "look"), [(0, LIGHT), (1, DARK)])
def test_runs_before_the_newest_are_told_apart_from_it_and_from_each_other(place, look):
    former = [style[place] for style in FORMER_STYLES]
    assert all(contrast(colour, look.panel) >= 3 for colour in former)
    for sight in SIGHTS.values():
        seen = [lab(np.asarray(sight) @ linear(colour)) for colour in (look.accent, look.second, *former)]
        pairs = list(combinations(range(len(seen)), 2))
        apart = {pair: np.linalg.norm(seen[pair[0]] - seen[pair[1]]) for pair in pairs}
        del apart[(0, 1)]  # loss and accuracy of one run have an axis each
        assert min(apart.values()) >= 25.5
    assert len({style[2] for style in FORMER_STYLES}) == len(FORMER_STYLES)
    assert len({NEWEST_SYMBOL, *(style[3] for style in FORMER_STYLES)}) == len(FORMER_STYLES) + 1
