"""Waterfalls: in order, and with the right sum at every step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.explain.explanation import explain
from engine.explain.waterfall import region_sums, waterfall
from tests.engine.explain.explaining import STANDARDISE, drawing, random_network

parts = st.lists(st.floats(-50, 50, width=32), max_size=30)


@given(parts, st.floats(-50, 50), st.integers(0, 12))
def test_start_steps_and_rest_lead_to_the_end(values, start, most):
    end = start + sum(values)
    found = waterfall(start, values, most, end)
    total = start
    for step in found.steps:
        assert step.before == pytest.approx(total)
        assert step.value == values[step.part] != 0
        total = step.after
    assert total + found.rest == pytest.approx(end)
    sizes = [abs(step.value) for step in found.steps]
    assert sizes == sorted(sizes, reverse=True)
    assert len(found.steps) + found.rest_count == np.count_nonzero(values)
    assert len(found.steps) <= most
    left = [abs(value) for part, value in enumerate(values) if part not in {s.part for s in found.steps}]
    assert not sizes or not left or max(left) <= sizes[-1]


def test_regions_of_a_drawing_lead_from_blank_paper_to_its_score():
    found = explain(random_network(), STANDARDISE, drawing())
    falls = waterfall(found.baseline, region_sums(found.contributions), 16, found.score)
    assert abs(falls.rest) <= found.completeness_bound
    assert falls.rest_count == 0


def test_a_region_is_a_square_of_seven_pixels():
    pixels = np.zeros((28, 28), np.float32)
    pixels[7:14, 21:28] = 1.0
    pixels[27, 0] = -2.0
    sums = region_sums(pixels.ravel())
    assert sums.shape == (16,)
    assert sums[7] == 49
    assert sums[12] == -2
    assert np.count_nonzero(sums) == 2


def test_units_lead_from_the_bias_to_the_score():
    found = explain(random_network(), STANDARDISE, drawing())
    falls = waterfall(found.bias, found.unit_contributions, 4, found.score)
    assert len(falls.steps) == 4
    assert falls.steps[-1].after + falls.rest == pytest.approx(found.score)


def test_parts_may_keep_their_order():
    falls = waterfall(0.25, [0.25, 0.0, -0.125, 0.5, 0.125], 3, 1.0, in_order=True)
    assert [step.part for step in falls.steps] == [0, 1, 2]
    assert [step.before for step in falls.steps] == [0.25, 0.5, 0.5]
    assert falls.rest_count == 2
    assert falls.rest == 0.625
