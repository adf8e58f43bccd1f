"""Matrices as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SettingsError
from engine.lesson.matrix_text import LARGEST, MOST_SIDE, matrix_text, parse_matrix

SQUARE = ((1.0, 2.0), (3.0, 4.0))
_numbers = st.integers(-100 * LARGEST, 100 * LARGEST).map(lambda hundredths: hundredths / 100)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1 2; 3 4", SQUARE),
        ("1 2;3 4;", SQUARE),
        ("  1   2 ;  3 4  ", SQUARE),
        ("1, 2; 3, 4", SQUARE),
        ("1, 2,; 3, 4,", SQUARE),
        ("1 2 | 3 4", SQUARE),
        ("1 2\n3 4", SQUARE),
        ("[1 2; 3 4]", SQUARE),
        ("[[1, 2], [3, 4]]", SQUARE),
        ("[[1,2],[3,4]]", SQUARE),
        ("[[1. 2.]\n [3. 4.]]", SQUARE),
        ("[[1, 2], [3, 4", SQUARE),
        ("7", ((7.0,),)),
        ("[7]", ((7.0,),)),
        ("1 2 3", ((1.0, 2.0, 3.0),)),
        ("1; 2; 3", ((1.0,), (2.0,), (3.0,))),
        ("0,5 1; 2 3", ((0.5, 1.0), (2.0, 3.0))),
        ("0.5 −1; -2 –3", ((0.5, -1.0), (-2.0, -3.0))),
        ("٣ ٤", ((3.0, 4.0),)),
        ("5e-1 1e1", ((0.5, 10.0),)),
        ("-0 0", ((0.0, 0.0),)),
    ],
)
def test_matrices_are_read_as_people_write_them(text, rows):
    found = parse_matrix(text)
    assert found == rows
    assert "-0" not in matrix_text(found).split()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no matrix yet"),
        (" ;; ", "no matrix yet"),
        ("[]", "no matrix yet"),
        ("two words", "“two” is not a number"),
        ("1 2; 3 four", "“four” is not a number"),
        ("1 2; 3", "Row 2 has 1 number, but row 1 has 2"),
        ("1; 2 3", "Row 2 has 2 numbers, but row 1 has 1"),
        ("1 2 3 4 5 6", "1 row and 6 columns: use at most 5"),
        ("1;2;3;4;5;6", "6 rows and 1 column: use at most 5"),
        ("100", "too large"),
        ("-1e9", "too large"),
        ("1e999", "is not a number"),
        ("0.125", "too many decimals"),
        ("1,500 2", "“1,500” is not a number"),
        ("nan", "is not a number"),
        ("x" * 300, "is not a number"),
        ("1 " * 300, "too long"),
        ("<b>1</b>", "is not a number"),
    ],
)
def test_what_is_no_matrix_is_refused_in_one_sentence_at_its_field(text, said):
    with pytest.raises(SettingsError, match=said) as refused:
        parse_matrix(text, "second")
    sentence = str(refused.value)
    assert refused.value.field == "second"
    assert sentence.endswith(".")
    assert len(sentence) < 150


@given(st.text(max_size=30) | st.text("0123456789 ,.;[]-\n", max_size=30))
def test_any_text_is_a_matrix_or_refused(text):
    try:
        rows = parse_matrix(text)
    except SettingsError:
        return
    assert 1 <= len(rows) <= MOST_SIDE
    assert 1 <= len(rows[0]) <= MOST_SIDE
    assert len({len(row) for row in rows}) == 1
    assert all(abs(number) <= LARGEST for row in rows for number in row)


@given(
    st.integers(1, MOST_SIDE).flatmap(
        lambda width: st.lists(
            st.lists(_numbers, min_size=width, max_size=width).map(tuple), min_size=1, max_size=MOST_SIDE
        ).map(tuple)
    )
)
def test_what_is_written_is_read_again(rows):
    assert parse_matrix(matrix_text(rows)) == rows
