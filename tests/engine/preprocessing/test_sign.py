"""A sign is all that is drawn, whatever stands apart."""

import numpy as np
import pytest

from engine.errors import InkError, PictureError
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import normalise_ink, normalise_picture
from engine.preprocessing.number import number_of_ink, number_of_picture
from engine.preprocessing.sign import sign_of_ink, sign_of_picture

APART = Ink.from_lists([[[0, 0], [0, 9]], [[9, 0], [9, 9]], [], [[18, 0], [18, 9]]])


def test_strokes_far_apart_are_one_sign():
    assert len(number_of_ink(APART)) == 3
    sign = sign_of_ink(APART)
    assert len(sign) == 1
    np.testing.assert_array_equal(sign.vectors[0], normalise_ink(APART))
    assert sign.ink_of(0, APART).strokes == tuple(stroke for stroke in APART.strokes if stroke)
    with pytest.raises(InkError):
        sign_of_ink(Ink(()))


def test_patches_far_apart_are_one_sign():
    grey = np.full((60, 120), 255, np.uint8)
    grey[10:50, 20:26] = grey[10:50, 80:86] = 0
    assert len(number_of_picture(grey)) == 2
    sign = sign_of_picture(grey)
    assert len(sign) == 1
    np.testing.assert_array_equal(sign.vectors[0], normalise_picture(grey))
    left, top, right, bottom = sign.boxes[0]
    assert (left, right) == pytest.approx((20 / 120, 86 / 120), abs=0.02)
    assert (top, bottom) == pytest.approx((10 / 60, 50 / 60), abs=0.03)
    with pytest.raises(PictureError):
        sign_of_picture(np.full((60, 120), 255, np.uint8))
