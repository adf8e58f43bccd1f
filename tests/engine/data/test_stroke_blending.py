"""Drawings between two drawings of a sign."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.data.stroke_blending import Blends, arranged
from engine.preprocessing.normaliser import normalise_polylines
from engine.preprocessing.rasteriser import Polyline

SQUARE = [np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]])]
WIDE = [points * [1.0, 0.4] for points in SQUARE]
PLUS = [np.array([[0.0, 5.0], [10.0, 5.0]]), np.array([[5.0, 0.0], [5.0, 10.0]])]


def sides(drawing: list[Polyline]) -> NDArray[np.float64]:
    points = np.concatenate(drawing)
    return np.asarray(points.max(axis=0) - points.min(axis=0))


def test_a_blend_is_as_high_as_none_three_and_eight_tenths_of_the_way_allow() -> None:
    blends, random = Blends([SQUARE, WIDE], [0, 0]), np.random.default_rng(0)
    heights = np.array([sides(blends(0, random))[1] for _ in range(300)])
    heights = heights[heights < 5]  # those that are blended are in their own unit
    assert 150 < len(heights) < 270
    # 1 - 0.6 share, and a stroke of 24 points cuts corners by a little.
    assert heights.min() == pytest.approx(1 - 0.6 * 0.8, abs=0.05)
    assert heights.max() == pytest.approx(1 + 0.6 * 0.3, abs=0.05)


def test_drawings_of_other_signs_and_of_other_numbers_of_strokes_stay_out() -> None:
    blends, random = Blends([SQUARE, WIDE, PLUS], [0, 1, 0]), np.random.default_rng(0)
    for place, drawing in enumerate((SQUARE, WIDE, PLUS)):
        for _ in range(20):
            assert blends(place, random) == drawing


def test_strokes_are_brought_into_order_and_direction() -> None:
    across, down = (np.linspace(stroke[0], stroke[1], 24)[None] for stroke in PLUS)
    like = np.concatenate([across, down])
    written_otherwise = np.concatenate([down[:, ::-1], across]) + 0.1
    assert np.allclose(arranged(written_otherwise, like), like + 0.1)


def test_many_strokes_are_turned_only() -> None:
    like = np.random.default_rng(0).random((12, 24, 2))
    assert np.array_equal(arranged(like[:, ::-1], like), like)


def test_dots_and_plus_signs_written_otherwise_can_be_painted() -> None:
    dots = [np.array([[3.0, 3.0]])], [np.array([[8.0, 1.0], [8.0, 1.0]])]
    pluses = PLUS, [PLUS[1][::-1], PLUS[0]]
    for pair in (dots, pluses):
        blends, random = Blends(pair, [0, 0]), np.random.default_rng(1)
        pictures = normalise_polylines([blends(0, random) for _ in range(20)])
        assert np.abs(pictures - normalise_polylines([pair[0]])).max() < 0.3
