import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.preprocessing.rasteriser import rasterise
from tests.strategies import drawings


def reference(polylines, pen_width, height, width):
    """Every pixel against every whole segment, one by one."""
    image = np.zeros((height, width))
    for polyline in polylines:
        ends = polyline[1:] if len(polyline) > 1 else polyline
        for start, end in zip(polyline, ends, strict=False):
            step = end - start
            for row in range(height):
                for column in range(width):
                    pixel = np.array([column + 0.5, row + 0.5])
                    length = step @ step
                    along = np.clip((pixel - start) @ step / length, 0, 1) if length else 0
                    distance = np.linalg.norm(pixel - start - along * step)
                    image[row, column] = max(
                        image[row, column], np.clip(pen_width / 2 + 0.5 - distance, 0, 1)
                    )
    return image


@pytest.mark.parametrize("pen_width", [0.8, 2.4, 5.0])
def test_it_paints_what_the_distances_say(pen_width):
    polylines = [
        np.array([[2.0, 3.0], [9.5, 4.2], [4.0, 11.7]]),
        np.array([[7.3, 7.9]]),
        np.array([[-3.0, 9.0], [3, 20]]),
    ]
    painted = rasterise([polylines], pen_width, 14, 12)[0]
    np.testing.assert_allclose(painted, reference(polylines, pen_width, 14, 12), atol=1e-5)


@given(st.lists(drawings(), min_size=1, max_size=4))
def test_a_batch_is_the_same_bits_as_one_by_one(batch):
    scaled = [[polyline / 4 for polyline in polylines] for polylines in batch]
    together = rasterise(scaled, 2.4, 28, 28)
    alone = [rasterise([polylines], 2.4, 28, 28)[0] for polylines in scaled]
    assert (together == np.stack(alone)).all()


@given(drawings())
def test_the_order_of_strokes_and_their_direction_do_not_matter(polylines):
    scaled = [polyline / 4 for polyline in polylines]
    backwards = [polyline[::-1] for polyline in reversed(scaled)]
    np.testing.assert_allclose(
        rasterise([scaled], 2.4, 28, 28), rasterise([backwards], 2.4, 28, 28), atol=1e-5
    )


def test_intensities_are_between_paper_and_ink():
    image = rasterise([[np.array([[5.0, 5.0], [20.0, 20.0]])]], 2.4, 28, 28)
    assert image.dtype == np.float32
    assert image.min() == 0
    assert image.max() == 1


def test_nothing_drawn_is_paper():
    assert not rasterise([[], [np.zeros((0, 2))]], 2.4, 28, 28).any()
    assert rasterise([], 2.4, 28, 28).shape == (0, 28, 28)


def test_a_long_drawing_in_many_parts_is_painted_whole():
    line = np.stack([np.linspace(2, 26, 40_000), np.full(40_000, 14.0)], axis=1)
    image = rasterise([[line]], 2.0, 28, 28)[0]
    assert (image[13, 2:26] > 0.9).all()
    assert not image[:11].any()


def test_what_lies_outside_paints_nothing_and_does_not_come_in_elsewhere():
    around = [np.array([[-9.0, -9.0], [40.0, -9.0], [40.0, 40.0], [-9.0, 40.0], [-9.0, -9.0]])]
    inside = [np.array([[14.0, 14.0]])]
    images = rasterise([inside, around, inside], 2.4, 28, 28)
    assert not images[1].any()
    assert (images[0] == images[2]).all()


def test_each_drawing_has_its_own_pen():
    line = [np.array([[5.0, 14.0], [23.0, 14.0]])]
    thin, thick = rasterise([line, line], np.array([1.0, 4.0]), 28, 28)
    np.testing.assert_array_equal(thin, rasterise([line], 1.0, 28, 28)[0])
    np.testing.assert_allclose(thick, rasterise([line], 4.0, 28, 28)[0], atol=1e-6)
    assert thick[:, 14].sum() == pytest.approx(4.0, abs=1e-5)
    assert thin[:, 14].sum() == pytest.approx(1.0, abs=1e-5)
