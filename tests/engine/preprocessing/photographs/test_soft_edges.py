"""Patches that only grey joins are apart, and faint writing is not lost with the edges."""

import numpy as np
import pytest

from engine.preprocessing.photographs.soft_edges import find_soft_patches, grown


def test_strokes_that_grey_joins_are_two_patches_with_the_grey_between_them():
    ink = np.zeros((100, 120))
    ink[20:80, 30:40] = ink[20:80, 43:53] = 1
    ink[20:80, 40:43] = 0.2
    patches = find_soft_patches(ink)
    assert len(patches) == 2
    assert ((patches.labels >= 0) == (ink > 0)).all()
    assert patches.areas.sum() == np.count_nonzero(ink)
    for label, (left, top, right, bottom) in enumerate(patches.boxes.tolist()):
        rows, columns = np.nonzero(patches.labels == label)
        assert (left, top, right, bottom) == (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)


def test_faint_writing_is_a_patch_of_its_own_or_of_what_it_touches():
    ink = np.zeros((100, 120))
    ink[20:80, 30:40] = 1
    ink[40:50, 40:80] = 0.2
    assert len(find_soft_patches(ink)) == 1
    ink[:, 40:50] = 0
    assert len(find_soft_patches(ink)) == 2


def test_grey_joins_the_pixels_of_a_small_picture():
    ink = np.zeros((28, 28))
    ink[5:12, 10] = ink[13:20, 10] = 1
    ink[12, 10] = 0.2
    assert len(find_soft_patches(ink)) == 1


def test_nothing_has_no_patches():
    assert len(find_soft_patches(np.zeros((100, 100)))) == 0


@pytest.mark.parametrize("pixels", [1, 2, 5])
def test_a_pixel_grows_to_a_square_that_the_border_cuts(pixels):
    mask = np.zeros((12, 15), dtype=bool)
    mask[1, 7] = True
    expected = np.zeros_like(mask)
    expected[max(0, 1 - pixels) : 2 + pixels, 7 - pixels : 8 + pixels] = True
    assert (grown(mask, pixels) == expected).all()
