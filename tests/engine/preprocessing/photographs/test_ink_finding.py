"""Ink is found under uneven light, beside shadows and on printed lines, and falls into digits."""

import numpy as np
import pytest

from engine.errors import PictureError
from engine.preprocessing.normaliser import BOX, FIELD, MARGIN, SIDE, centre, fit_pictures, normalise_picture
from engine.preprocessing.number import number_of_picture
from engine.preprocessing.photographs.ink_finding import LONGEST_SIDE, find_ink
from engine.preprocessing.photographs.pictures import read_picture
from engine.preprocessing.rasteriser import rasterise
from tests.pictures import save_digit_at_the_edge, save_two_rows

SEVEN = np.array([(60, 60), (170, 60), (90, 230)], dtype=np.float64)
ONE = np.array([(300, 60), (290, 230)], dtype=np.float64)


def sheet(*lines, width=400):
    """How much ink there is, (300, width)."""
    return rasterise([lines], 20.0, 300, width)[0].astype(np.float64)


def on_paper(ink, light=1.0, printed=0.0):
    """A photograph of ink on white paper."""
    return 0.9 * light * (1 - 0.25 * printed) * (1 - 0.8 * ink)


def slope(shape):
    return np.linspace(1.0, 0.4, shape[1])[None].repeat(shape[0], axis=0)


def shadow(shape):
    return np.where(np.arange(shape[1]) + 0.4 * np.arange(shape[0])[:, None] > 230, 0.45, 1.0)


def squares(shape):
    printed = np.zeros(shape)
    printed[10::40] = printed[11::40] = 1
    printed[:, 10::40] = printed[:, 11::40] = 1
    return printed


def test_plain_paper_is_left_as_it_is():
    found = find_ink(on_paper(sheet(SEVEN)))
    assert found.flattened is None
    np.testing.assert_allclose(found.ink, sheet(SEVEN), atol=1e-6)


@pytest.mark.parametrize("light", [slope, shadow])
@pytest.mark.parametrize("is_inverted", [False, True])
def test_uneven_light_is_taken_out(light, is_inverted):
    ink = sheet(SEVEN)
    picture = on_paper(ink, light(ink.shape))
    found = find_ink(1 - picture if is_inverted else picture)
    assert found.flattened is not None
    assert np.abs(normalise_picture(picture) - normalise_picture(ink)).mean() < 0.03
    assert len(found.digits) == 1
    paper = found.flattened[(ink == 0) & (found.ink == 0)]
    assert np.quantile(paper, 0.05) > 0.8


@pytest.mark.parametrize("light", [lambda shape: 1.0, slope])
def test_squared_paper_is_paper(light):
    ink = sheet(SEVEN)
    picture = on_paper(ink, light(ink.shape), squares(ink.shape))
    assert np.abs(normalise_picture(picture) - normalise_picture(ink)).mean() < 0.03


def test_specks_are_dropped_and_move_nothing():
    ink = sheet(SEVEN)
    dirty = ink.copy()
    dirty[20:23, 380:383] = dirty[280:282, 15:17] = 1
    assert (normalise_picture(dirty) == normalise_picture(ink)).all()


def test_a_number_falls_into_digits_from_left_to_right():
    found = find_ink(sheet(ONE, SEVEN))
    assert len(found.digits) == 2
    assert sum(digit.sum() for digit in found.digits) == pytest.approx(found.ink.sum())
    (left, top, right, bottom), second = found.boxes
    assert (left, top, right, bottom) == pytest.approx((0.125, 1 / 6, 0.45, 0.8), abs=0.01)
    assert second[0] > right
    for vector, line in zip(centre(fit_pictures(found.digits)), (SEVEN, ONE), strict=True):
        np.testing.assert_allclose(vector, normalise_picture(sheet(line)), atol=1e-6)


def test_a_number_is_normalised_digit_by_digit():
    number = number_of_picture(sheet(SEVEN, ONE))
    assert number.fitted.shape == (2, FIELD, FIELD)
    assert number.vectors.shape == (2, SIDE * SIDE)
    box = number.fitted[0, MARGIN : MARGIN + BOX, MARGIN : MARGIN + BOX]
    assert box.sum() == pytest.approx(number.fitted[0].sum())
    np.testing.assert_allclose(number.vectors[0], normalise_picture(sheet(SEVEN)), atol=1e-6)


def test_a_number_of_nine_is_refused_in_one_sentence():
    lines = [ONE - [270, 0] + [60 * place, 0] for place in range(9)]
    assert len(number_of_picture(sheet(*lines[:8], width=600))) == 8
    with pytest.raises(PictureError, match=r"9 parts.* 8 digits or fewer"):
        number_of_picture(sheet(*lines, width=600))


def test_a_large_picture_is_reduced():
    large = np.kron(sheet(SEVEN), np.ones((4, 4)))
    found = find_ink(large)
    assert max(found.ink.shape) == LONGEST_SIDE
    assert np.abs(normalise_picture(large) - normalise_picture(sheet(SEVEN))).mean() < 0.03


@pytest.mark.parametrize("seed", range(3))
def test_noise_alone_shows_no_digit(seed):
    random = np.random.default_rng(seed)
    for picture in (random.random((300, 400)), random.normal(0.8, 0.05, (300, 400))):
        with pytest.raises(PictureError, match="No digit stands out"):
            find_ink(picture)


@pytest.mark.parametrize("shape", [(1, 50), (640, 1), (50, 50)])
def test_pictures_of_any_shape_are_read(shape):
    picture = np.zeros(shape)
    picture[-1, -1] = 1
    assert len(find_ink(picture).digits) == 1


@pytest.mark.parametrize(("count", "most"), [pytest.param(10_000, 20, marks=pytest.mark.slow), (800, 3)])
def test_mnist_s_digits_are_hardly_ever_parted(mnist_folder, count, most):
    """12 of 10,000 are."""
    path = mnist_folder / "MNIST" / "raw" / "t10k-images-idx3-ubyte"
    images = np.frombuffer(path.read_bytes(), np.uint8, offset=16).reshape(-1, 28, 28)[:count]
    assert sum(len(find_ink(image).digits) > 1 for image in images) <= most


def test_a_digit_that_touches_the_edge_is_kept_beside_a_dash(tmp_path):
    number = number_of_picture(read_picture(save_digit_at_the_edge(tmp_path / "edge.png")))
    assert len(number) == 1
    left, top, right, bottom = number.boxes[0]
    assert right - left > 0.7
    assert bottom - top > 0.9


def test_the_edge_of_a_table_is_left_out_beside_a_small_digit():
    """Sizes are compared among what is not left out: the table is larger by far than the digit."""
    picture = on_paper(sheet(ONE - [150, 0], width=400), slope((300, 400)))
    picture[:, :14] = 0.05
    found = find_ink(picture)
    assert found.flattened is not None
    assert len(found.digits) == 1
    assert found.boxes[0][0] > 0.25


def test_rows_are_found_from_top_to_bottom(tmp_path):
    number = number_of_picture(read_picture(save_two_rows(tmp_path / "rows.png")))
    assert number.rows == (2, 2)
    assert number.text([7, 1, 1, 7]) == "71\n17"
    tops = [box[1] for box in number.boxes]
    assert max(tops[:2]) < min(tops[2:])
    assert number.boxes[0][0] < number.boxes[1][0]


def test_two_halves_of_one_digit_are_no_rows():
    upper, lower = SEVEN[:2], SEVEN[:2] + np.array([0.0, 120.0])
    assert find_ink(sheet(upper, lower)).rows == (1,)
    assert find_ink(sheet(SEVEN, ONE)).rows == (2,)


def test_a_digit_that_the_border_cuts_is_kept_beside_its_like():
    one = ONE - [120, 0]
    cut = np.array([(350, 60), (350, 230), (430, 230)], dtype=np.float64)
    ink = sheet(one, cut)
    found = find_ink(on_paper(ink, slope(ink.shape)))
    assert found.flattened is not None
    assert len(found.digits) == 2
    assert found.boxes[1][2] == 1.0


def test_the_corner_of_a_shadow_leaves_nothing_beside_thin_strokes():
    ink = rasterise([[SEVEN]], 6.0, 300, 400)[0].astype(np.float64)
    down, across = np.mgrid[:300, :400]
    light = np.where(down - 240 > 0.6 * (400 - across), 0.45, 1.0)
    found = find_ink(on_paper(ink, light))
    assert len(found.digits) == 1
    assert found.boxes[0][2] < 0.5
