"""Sums along all lines of a picture at once are the sums of its pixels."""

import numpy as np
import pytest

from engine.preprocessing.photographs.line_sums import line_sums


@pytest.fixture
def picture():
    return np.random.default_rng(0).random((23, 32)).astype(np.float32)


def test_level_lines_are_rows(picture):
    sums = line_sums(picture, 0.5)
    descents = len(sums)
    np.testing.assert_allclose(sums[0, descents - 1 :], picture.sum(axis=1), rtol=1e-5)


def test_lines_of_one_descent_share_all_pixels_out(picture):
    sums = line_sums(picture, 0.5)
    np.testing.assert_allclose(sums.sum(axis=1), picture.sum(), rtol=1e-5)


@pytest.mark.parametrize("columns", [32, 27])
@pytest.mark.parametrize("descent", [0, 5, 12])
def test_a_slanting_line_is_found_where_it_starts_and_ends(columns, descent):
    rows = np.round(6 + np.arange(32) * descent / 31).astype(int)[:columns]
    picture = np.zeros((23, columns), dtype=np.float32)
    for step in (-1, 0, 1):
        picture[rows + step, np.arange(columns)] = 1
    sums = line_sums(picture, 0.5)
    assert sums[descent, 6 + len(sums) - 1] == columns
    assert sums.max() == columns


def test_lines_may_start_above_the_picture():
    picture = np.zeros((20, 32), dtype=np.float32)
    picture[np.maximum(np.arange(32) // 2 - 5, 0), np.arange(32)] = np.arange(32) // 2 >= 5
    sums = line_sums(picture, 0.5)
    descent, start = np.unravel_index(int(sums.argmax()), sums.shape)
    assert start - (len(sums) - 1) < 0
    assert descent > 10


def test_one_column_is_its_own_sum():
    column = np.array([[1.0], [2.0]], dtype=np.float32)
    np.testing.assert_array_equal(line_sums(column, 0.5), [[1.0, 2.0]])
