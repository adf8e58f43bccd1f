"""The rules of broadcasting, with PyTorch as their judge."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SettingsError
from engine.lesson.broadcasting import LARGEST_SIZE, MOST_AXES, Mark, Pair, broadcast, parse_shape, shape_text

_shapes = st.lists(st.sampled_from([0, 1, 1, 2, 3, 5, LARGEST_SIZE]), max_size=7).map(tuple)


@st.composite
def _fitting_shapes(draw: st.DrawFn) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Two shapes that go together, made from a result; blind pairs seldom do."""
    result = draw(_shapes)
    pairs = [draw(st.sampled_from([(size, size), (1, size), (size, 1)])) for size in result]
    first, second = ([pair[side] for pair in pairs] for side in (0, 1))
    missing = draw(st.integers(0, len(result)))
    shapes = tuple(first), tuple(second[missing:])
    return shapes if draw(st.booleans()) else shapes[::-1]


def _judged(first, second):
    try:
        return tuple(torch.broadcast_shapes(first, second))
    except RuntimeError:
        return None


def _check(first, second):
    result = broadcast(first, second)
    assert result.shape == _judged(first, second)
    assert bool(result.reason) == (result.shape is None)
    assert any(pair.mark is Mark.CLASH for pair in result.pairs) == (result.shape is None)
    if result.shape is not None:
        assert result.shape == tuple(pair.result for pair in result.pairs)
    assert tuple(pair.first for pair in result.pairs if pair.first is not None) == first
    assert tuple(pair.second for pair in result.pairs if pair.second is not None) == second


@given(_shapes, _shapes)
def test_any_two_shapes_fare_as_with_pytorch(first, second):
    _check(first, second)


@given(_fitting_shapes())
def test_shapes_that_fit_give_what_pytorch_gives(shapes):
    assert broadcast(*shapes).shape is not None
    _check(*shapes)


@given(_shapes, _shapes)
def test_the_order_of_the_shapes_does_not_matter(first, second):
    assert broadcast(first, second).shape == broadcast(second, first).shape


@pytest.mark.parametrize(
    ("first", "second", "mark", "result"),
    [
        (4, 4, Mark.EQUAL, 4),
        (1, 1, Mark.EQUAL, 1),
        (1, 4, Mark.ONE, 4),
        (4, 1, Mark.ONE, 4),
        (3, 4, Mark.CLASH, None),
        (0, 0, Mark.EQUAL, 0),
        (0, 1, Mark.ONE, 0),
        (0, 3, Mark.CLASH, None),
    ],
)
def test_each_pair_is_marked(first, second, mark, result):
    assert broadcast((first,), (second,)).pairs == (Pair(first, second, result, mark),)


def test_missing_axes_are_leading_ones():
    result = broadcast((3,), (2, 3))
    assert result.pairs == (Pair(None, 2, 2, Mark.MISSING), Pair(3, 3, 3, Mark.EQUAL))
    assert broadcast((), ()).shape == ()
    assert broadcast((), (3, 4)).shape == (3, 4)


def test_the_reason_names_the_sizes_and_the_axis():
    reason = broadcast((2, 3, 4), (2, 3, 5)).reason
    assert "last axis" in reason
    assert "4 and 5" in reason
    assert "second axis from the right" in broadcast((2, 3, 4), (2, 5, 4)).reason
    # Of several the one that a reader going from right to left meets first.
    assert "4 and 5" in broadcast((2, 4), (3, 5)).reason
    assert "axis 9 from the right" in broadcast((2,) + (1,) * 8, (3,) + (1,) * 8).reason


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("", ()),
        ("  ", ()),
        ("()", ()),
        ("( )", ()),
        ("[]", ()),
        ("scalar", ()),
        ("Scalar", ()),
        ("3", (3,)),
        ("(3,)", (3,)),
        ("3,", (3,)),
        ("3, 1, 4", (3, 1, 4)),
        ("(3,1,4)", (3, 1, 4)),
        ("[3, 1, 4]", (3, 1, 4)),
        ("(3, 1", (3, 1)),
        ("3 x 4", (3, 4)),
        ("3x4", (3, 4)),
        ("3 × 4", (3, 4)),
        ("3 1 4", (3, 1, 4)),
        ("  3 ;4 ", (3, 4)),
        ("007", (7,)),
        ("0, 3", (0, 3)),
        (str(LARGEST_SIZE), (LARGEST_SIZE,)),
        ("1 " * MOST_AXES, (1,) * MOST_AXES),
    ],
)
def test_shapes_are_read_as_people_write_them(text, shape):
    assert parse_shape(text) == shape


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("abc", "“abc” is not a size"),
        ("3, b", "“b” is not a size"),
        ("-1", "cannot be negative"),
        ("3, −2", "cannot be negative"),
        ("1.5", "“1.5” is not a size"),
        ("1e3", "“1e3” is not a size"),
        ("²", "is not a size"),
        ("3,,4", "A size is missing"),
        (",3", "A size is missing"),
        (",", "A size is missing"),
        ("x", "A size is missing"),
        ("((3, 4))", "is not a size"),
        ("3, 4)", "is not a size"),
        ("3, 4]", "is not a size"),
        ("1000000", "too large"),
        (str(LARGEST_SIZE + 1), "too large"),
        ("9" * 5000, "too large"),
        ("-" + "9" * 5000, "cannot be negative"),
        ("1 " * (MOST_AXES + 1), f"{MOST_AXES + 1} axes"),
        ("z" * 5000, "is not a size"),
    ],
)
def test_what_is_no_shape_is_refused_in_one_sentence_at_its_field(text, said):
    with pytest.raises(SettingsError, match=said) as refused:
        parse_shape(text, "second")
    sentence = str(refused.value)
    assert refused.value.field == "second"
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 130


@given(st.text(max_size=30) | st.text("0123456789 ,x()[]-", max_size=30))
def test_any_text_is_a_shape_or_refused(text):
    try:
        shape = parse_shape(text)
    except SettingsError:
        return
    assert len(shape) <= MOST_AXES
    assert all(0 <= size <= LARGEST_SIZE for size in shape)


@given(st.lists(st.integers(0, LARGEST_SIZE), max_size=MOST_AXES).map(tuple))
def test_what_is_written_is_read_again(shape):
    assert parse_shape(shape_text(shape)) == shape
