import math

import pytest

from desktop.widgets.text.short_number import power_of_ten, short_number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.000"),
        (0.0432, "0.043"),
        (2.3026, "2.303"),
        (17.46, "17.5"),
        (179.4, "179"),
        (1000.0, "1e3"),
        (179047867359512100864.0, "1.79e20"),
        (4.2e-5, "4.2e−5"),
        (-4.2e-5, "−4.2e−5"),
        (-0.5, "−0.500"),
        (math.nan, ""),
        (math.inf, ""),
    ],
)
def test_numbers_are_short_whatever_their_size(value, text):
    assert short_number(value) == text


@pytest.mark.parametrize("power", range(-45, 39))
def test_no_loss_takes_more_than_eight_signs(power):
    assert len(short_number(9.996 * 10.0**power)) <= 8


def test_powers_of_ten_are_written_out_while_they_are_short():
    assert [power_of_ten(power) for power in (-5, -4, 0, 3, 4, 20)] == [
        "1e−5",
        "0.0001",
        "1",
        "1000",
        "1e4",
        "1e20",
    ]
