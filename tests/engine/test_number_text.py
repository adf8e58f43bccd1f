"""Numbers as people write them, here and elsewhere."""

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.errors import NumberError
from engine.number_text import latin_digits, number_text, parse_decimal, parse_whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.05", 0.05),
        ("0,05", 0.05),
        (",05", 0.05),
        (".05", 0.05),
        ("5e-2", 0.05),
        ("5E-2", 0.05),
        ("0,5e-1", 0.05),
        ("  0,05\t", 0.05),
        ("\u00a00,05\u202f", 0.05),
        ("\u20090.05", 0.05),
        ("٠٫٠٥", 0.05),
        ("٠.٠٥", 0.05),
        ("५e-२", 0.05),
        ("5", 5.0),
        ("5,", 5.0),
        ("−0,5", -0.5),
        ("+0.5", 0.5),
        ("0,001", 0.001),
        ("1.500", 1.5),
        ("1,5000", 1.5),
        ("1e9", 1e9),
        ("007", 7.0),
    ],
)
def test_both_separators_and_powers_of_ten_are_understood(text, number):
    assert parse_decimal(text) == number


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,500", "1,500 could be 1.5 or 1500"),
        ("10,000", "10,000 could be 10 or 10000"),
        ("1,000.5", "separators between its thousands"),
        ("1.000,5", "separators between its thousands"),
        ("1 000", "separators between its thousands"),
        ("1\u202f000", "separators between its thousands"),
        ("1'000", "separators between its thousands"),
        ("1’000", "separators between its thousands"),
        ("1,000,000", "separators between its thousands"),
        ("١٬٠٠٠", "separators between its thousands"),
        ("", "Write a number"),
        ("   ", "Write a number"),
        ("0,0,5", "not a number"),
        ("0..5", "not a number"),
        ("1_000", "not a number"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("Infinity", "not a number"),
        pytest.param("0x10", "not a number", id="hexadecimal"),
        ("5e", "not a number"),
        (".", "not a number"),
        ("-", "not a number"),
        ("½", "not a number"),
        ("<b>5</b>", "not a number"),
        ("1e9999", "too large"),
        ("9" * 5000, "at most 40"),
    ],
)
def test_what_could_be_meant_in_two_ways_or_in_none_is_refused(text, sentence):
    with pytest.raises(NumberError) as refused:
        parse_decimal(text)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("text", "number"), [("64", 64), (" 64\u00a0", 64), ("1e3", 1000), ("٦٤", 64), ("-5", -5)]
)
def test_whole_numbers(text, number):
    assert parse_whole(text) == number
    assert isinstance(parse_whole(text), int)


@pytest.mark.parametrize(
    "text", ["1,000", "1.000", "1 000", "5.0", "2,5", "5e-1", "", "many", "1e99", "9" * 5000, "1_0", "²"]
)
def test_a_whole_number_has_no_separators(text):
    with pytest.raises(NumberError):
        parse_whole(text)


@given(some.floats(1e-9, 1e9))
def test_what_is_shown_is_read_as_the_same_number(number):
    shown = number_text(number)
    assert number_text(parse_decimal(shown)) == shown


@given(some.text(max_size=60))
def test_any_text_is_a_number_or_answered(text):
    for parse in (parse_decimal, parse_whole):
        with contextlib.suppress(NumberError):
            assert math.isfinite(parse(text))


def test_digits_of_other_scripts_become_latin_ones():
    assert latin_digits("٥١٢ x ۲۵۶") == "512 x 256"
