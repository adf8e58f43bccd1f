"""Words of the network picture: numbers as people write them."""

import numpy as np
import pytest

from desktop.lesson.network_picture.text import (
    formula_text,
    meaning_text,
    output_text,
    rest_text,
    unit_name,
)
from engine.explain.unit_formula import Term, UnitFormula


def formula(**changes) -> UnitFormula:
    values = {
        "layer": 2,
        "unit": 3,
        "activation": "relu",
        "terms": (Term(4, 0.31, 1.2), Term(9, -0.8, 0.05)),
        "rest": 0.42,
        "rest_count": 37,
        "bias": 0.1,
        "sum": 0.852,
        "output": 0.852,
        "weights": np.zeros(100, np.float32),
        "contributions": np.zeros(100, np.float32),
    }
    return UnitFormula(**{**values, **changes})


def written(**changes) -> str:
    """With usual blanks."""
    return formula_text(formula(**changes)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_sum_is_written_out_with_its_largest_terms():
    assert written() == ("ReLU(0.31·1.20 − 0.80·0.05 + 0.42 from 37 others + bias 0.10) = ReLU(0.85) = 0.85")


def test_a_sum_below_0_is_cut_off_where_one_sees_it():
    found = written(rest=-2.0, rest_count=1, sum=-1.568, output=-0.0, bias=-0.05)
    assert found == "ReLU(0.31·1.20 − 0.80·0.05 − 2.00 from 1 other − bias 0.050) = ReLU(−1.57) = 0.00"


def test_the_first_term_has_its_sign_and_inputs_below_0_stand_in_brackets():
    found = written(terms=(Term(0, -0.5, -0.42),), rest_count=0, activation="", sum=0.31)
    assert found == "−0.50·(−0.42) + bias 0.10 = 0.31"


def test_a_unit_that_hears_nothing_has_its_bias_alone():
    assert written(terms=(), rest_count=0, sum=0.1, output=0.1) == ("ReLU(bias 0.10) = ReLU(0.10) = 0.10")


def test_small_weights_get_a_third_decimal():
    assert "0.034·2.80" in written(terms=(Term(0, 0.034, 2.8),))


def test_lines_are_broken_between_terms_alone():
    pieces = formula_text(formula()).split(" ")
    assert [piece.replace("\N{NO-BREAK SPACE}", " ") for piece in pieces] == [
        "ReLU(0.31·1.20",
        "− 0.80·0.05",
        "+ 0.42 from 37 others",
        "+ bias 0.10)",
        "= ReLU(0.85)",
        "= 0.85",
    ]


@pytest.mark.parametrize(
    ("output", "text"),
    [
        (0.0, "0.0"),
        (-0.04, "0.0"),
        (1.66, "1.7"),
        (-3.21, "−3.2"),
        (99.96, "100"),
        (-1234.5, "−1234"),
        (2.5e7, "2e7"),
        (1e12, "1e12"),
    ],
)
def test_outputs_have_five_signs_at_most(output, text):
    assert output_text(output) == text
    assert len(text) <= 5


def test_units_are_named_by_their_layer():
    assert unit_name(1, 37) == "Hidden layer 1, unit 37"
    assert unit_name(3, 7, "seven") == "Answer seven"


def test_units_without_a_place_are_counted():
    assert rest_text(492) == ("and 492", "quieter units")
    assert rest_text(1) == ("and 1", "quieter unit")
    assert rest_text(0) == ("", "")


def test_what_the_numbers_are_is_said():
    assert "standardised" in meaning_text(formula(layer=1), None)
    assert "layer before" in meaning_text(formula(), None)
    assert "Softmax turns this logit into 97.3 %" in meaning_text(formula(activation=""), 0.973)
