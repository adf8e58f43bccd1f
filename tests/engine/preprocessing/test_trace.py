"""Each step shows what it says."""

import numpy as np
import pytest

from engine.preprocessing.ink import Ink
from engine.preprocessing.number import number_of_ink, number_of_picture
from engine.preprocessing.trace import seen_step, steps_of_ink, steps_of_picture
from tests.engine.preprocessing.photographs.test_ink_finding import ONE, SEVEN, on_paper, sheet, slope

DOT = Ink.from_lists([[[3, 3]]])
TWO_ONES = Ink.from_lists([[[0, 0], [0, 100]], [[80, 0], [80, 100]]])


@pytest.mark.parametrize("ink", [DOT, TWO_ONES, Ink.from_lists([[[0, 0], [5e-320, 0]]])])
def test_a_drawing_s_steps_end_with_what_the_network_sees(ink):
    number = number_of_ink(ink)
    steps = steps_of_ink(ink, number, 0)
    assert [step.name for step in steps][-2:] == ["Fitted", "Centred"]
    assert (steps[-1].image.ravel() == number.vectors[0]).all()
    for step in (*steps, seen_step(number, 0, 0.1, 0.3)):
        assert step.image.max() > 0
        assert 0 < len(step.words) < 80


def test_parted_digits_are_framed_where_their_ink_is():
    number = number_of_ink(TWO_ONES)
    segmented = steps_of_ink(TWO_ONES, number, 1)[1]
    assert segmented.selected == 1
    height, width = segmented.image.shape
    for left, top, right, bottom in segmented.boxes:
        box = segmented.image[
            round(top * height) : round(bottom * height), round(left * width) - 1 : round(right * width) + 1
        ]
        assert box.mean() > 0.5


def test_a_photograph_s_steps_show_it_flattened_and_found():
    ink = sheet(SEVEN, ONE)
    grey = (255 * on_paper(ink, slope(ink.shape))).astype(np.uint8)
    number = number_of_picture(grey)
    opened, flattened, found, fitted, _ = steps_of_picture(grey, number, 0)
    assert opened.words == "400 × 300 pixels, upright and grey"
    paper = flattened.image[ink == 0]
    assert (
        np.ptp(np.quantile(paper, [0.05, 0.95]))
        < np.ptp(np.quantile(opened.image[ink == 0], [0.05, 0.95])) / 3
    )
    assert found.boxes == number.boxes
    assert fitted.image.shape == (20, 20)
