"""The MNIST way, from ink and from pictures. Bounds are stated where they are checked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InkError, PictureError
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import (
    PEN_WIDTH,
    SIDE,
    normalise_ink,
    normalise_inks,
    normalise_picture,
    normalise_polylines,
)
from tests.strategies import drawings


def seven(side=280, paper=0.0, ink=1.0):
    """A thick seven as a picture."""
    picture = np.full((side, side), paper)
    unit = side // 28
    picture[6 * unit : 8 * unit, 8 * unit : 20 * unit] = ink
    picture[6 * unit : 23 * unit, 18 * unit : 20 * unit] = ink
    return picture


@given(drawings(), st.floats(-1e4, 1e4), st.floats(-1e4, 1e4), st.floats(0.01, 100))
def test_place_and_size_of_a_drawing_do_not_matter(polylines, right, down, scale):
    """No pixel changes by more than 1e-3, but where rounding moves the centre by a whole one."""
    moved = [polyline * scale + [right, down] for polyline in polylines]
    before, after = (normalise_polylines([each])[0].reshape(SIDE, SIDE) for each in (polylines, moved))
    shifts = [np.roll(after, (y, x), axis=(0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    assert min(np.abs(before - shifted).max() for shifted in shifts) < 1e-3


@given(drawings(), st.floats(0, 1), st.floats(0, 1e5))
def test_the_pen_that_drew_it_does_not_matter(polylines, pressure, time_ms):
    """Not a bit: the pen width is set after scaling, whatever pen, pressure and speed there were."""
    plain = Ink.from_lists([polyline.tolist() for polyline in polylines])
    pressed = Ink.from_lists([[[x, y, pressure, time_ms] for x, y in polyline] for polyline in polylines])
    assert (normalise_ink(plain) == normalise_ink(pressed)).all()


@given(drawings(), st.floats(2.0, 2.8))
def test_another_pen_at_the_final_size_changes_the_edges_alone(polylines, pen_width):
    """The mean change stays below 0.12, but where a new balance moves the centre by a whole pixel."""
    usual, other = (
        normalise_polylines([polylines], width)[0].reshape(SIDE, SIDE) for width in (PEN_WIDTH, pen_width)
    )
    shifts = [np.roll(other, (y, x), axis=(0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    assert min(np.abs(usual - shifted).mean() for shifted in shifts) < 0.12


@given(drawings())
def test_box_and_centre_are_those_of_mnist(polylines):
    image = normalise_polylines([polylines])[0].reshape(SIDE, SIDE)
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 in (20, 21)
    mass = image.sum(dtype=np.float64)
    middle = [(image.sum(axis=axis, dtype=np.float64) * np.arange(SIDE)).sum() / mass for axis in (1, 0)]
    for place, ink in zip(middle, (rows, columns), strict=True):
        # Only ink that would be cut off otherwise may move the centre.
        assert 13.45 <= place <= 14.55 or ink[0] == 0 or ink[-1] == SIDE - 1


def test_many_are_the_same_bits_as_one_by_one():
    inks = [Ink.from_lists([[[0, 0], [5, 9], [3, 1 + k]]]) for k in range(5)]
    assert (normalise_inks(inks) == np.stack([normalise_ink(ink) for ink in inks])).all()


def test_a_dot_and_a_bar_are_digits_too():
    assert normalise_ink(Ink.from_lists([[[3, 3]]])).sum() > 1
    bar = normalise_ink(Ink.from_lists([[[3, 3], [3, 90]]])).reshape(SIDE, SIDE)
    assert np.flatnonzero(bar.any(axis=1)).size in (20, 21)
    assert np.flatnonzero(bar.any(axis=0)).size <= 4


def test_an_empty_drawing_is_refused():
    with pytest.raises(InkError, match="draw one first"):
        normalise_ink(Ink())


def test_dark_on_light_is_light_on_dark():
    light, dark = normalise_picture(seven()), normalise_picture(seven(paper=1.0, ink=0.0))
    np.testing.assert_allclose(light, dark, atol=1e-6)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_the_range_of_a_picture_does_not_matter(dtype):
    scaled = (seven() * (1 if dtype is np.float32 else np.iinfo(dtype).max)).astype(dtype)
    np.testing.assert_allclose(normalise_picture(scaled), normalise_picture(seven()), atol=1e-6)


@pytest.mark.parametrize("side", [56, 140, 840])
def test_the_size_of_a_picture_does_not_matter(side):
    assert np.abs(normalise_picture(seven(side)) - normalise_picture(seven())).mean() < 0.02


def test_noise_of_the_paper_is_paper():
    noisy = seven() * 0.8 + np.random.default_rng(0).uniform(0, 0.08, (280, 280))
    assert np.abs(normalise_picture(noisy) - normalise_picture(seven())).mean() < 0.03


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((28, 28)),
        np.full((9, 9), 0.4),
        np.zeros((0, 5)),
        np.zeros((3, 3, 3)),
        np.full((4, 4), np.nan),
    ],
)
def test_what_shows_nothing_is_refused(picture):
    with pytest.raises(PictureError):
        normalise_picture(picture)


@pytest.mark.parametrize(("count", "changed"), [pytest.param(10_000, 60, marks=pytest.mark.slow), (500, 0)])
def test_mnist_s_own_digits_pass_unchanged(mnist_folder, count, changed):
    """All but a few of the second half, which lose specks of dust, or a row that reached the border."""
    images = digits_of_test_set(mnist_folder)[:count]
    greatest = [np.abs(normalise_picture(image).reshape(28, 28) - image / 255).max() for image in images]
    assert np.count_nonzero(np.array(greatest) >= 0.01) <= changed


@pytest.mark.parametrize(
    ("times", "count"),
    [(3, 40), (10, 40), *(pytest.param(times, 400, marks=pytest.mark.slow) for times in (3, 10))],
)
def test_mnist_s_digits_come_back_from_larger_pictures(mnist_folder, times, count):
    """Softer edges, nothing more: a mean change of 0.03 at most, but for one in a hundred."""
    changes = []
    for image in digits_of_test_set(mnist_folder)[:count]:
        larger = np.kron(image, np.ones((times, times)))
        changes.append(np.abs(normalise_picture(larger).reshape(28, 28) - image / 255).mean())
    assert np.median(changes) < 0.02
    assert np.count_nonzero(np.array(changes) >= 0.03) <= count // 100


def digits_of_test_set(mnist_folder):
    path = mnist_folder / "MNIST" / "raw" / "t10k-images-idx3-ubyte"
    return np.frombuffer(path.read_bytes(), np.uint8, offset=16).reshape(-1, 28, 28)


def test_a_smaller_picture_comes_close():
    smaller = seven(280).reshape(14, 20, 14, 20).mean((1, 3))
    assert np.abs(normalise_picture(smaller) - normalise_picture(seven())).mean() < 0.06


def test_margins_do_not_matter():
    wide = np.pad(seven(), ((10, 300), (70, 5)))
    assert (normalise_picture(wide) == normalise_picture(seven())).all()


@pytest.mark.parametrize("paper", [0.0, 1.0])
def test_noise_of_paper_that_is_as_dark_or_bright_as_can_be_is_paper(paper):
    """Half of such a border shows no noise at all, since it cannot go further."""
    noise = np.random.default_rng(0).normal(0, 0.03, (280, 280))
    noisy = np.clip(seven(paper=paper, ink=1 - paper) + noise, 0, 1)
    assert np.abs(normalise_picture(noisy) - normalise_picture(seven())).mean() < 0.03


def test_ink_that_reaches_the_border_is_not_noise():
    """A picture cut close around its digit loses none of its soft edges."""
    soft = np.kron(np.diag([0.2, 0.6, 1.0, 0.6, 0.2]), np.ones((4, 4))) + np.eye(20) * 0.1
    cut = np.pad(soft, ((0, 0), (2, 2)))
    apart = np.pad(soft, 30)
    np.testing.assert_allclose(normalise_picture(cut), normalise_picture(apart), atol=1e-6)


def test_a_drawing_too_small_to_measure_is_a_dot():
    speck = normalise_ink(Ink.from_lists([[[0, 0], [1e-310, 5e-324]]]))
    assert (speck == normalise_ink(Ink.from_lists([[[7, 7]]]))).all()


@given(drawings(), st.sampled_from([1e-90, 1e12]))
def test_extreme_units_are_units(polylines, scale):
    assert np.isfinite(normalise_polylines([[polyline * scale for polyline in polylines]])).all()
