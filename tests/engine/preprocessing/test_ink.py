import pytest
from hypothesis import given

from engine.errors import InkError
from engine.preprocessing.ink import Bounds, Ink, Point
from tests.strategies import inks


@given(inks())
def test_json_brings_back_every_number(ink: Ink):
    assert Ink.from_json(ink.to_json()) == ink


def test_points_may_have_two_numbers():
    assert Ink.from_json('{"strokes": [[[1, 2], [3, 4]]]}').strokes[0][1] == Point(3, 4, 1.0, 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"strokes": 5}',
        '{"strokes": [[1, 2]]}',
        '{"strokes": [[[1]]]}',
        '{"strokes": [["a"]]}',
        '{"strokes": [[[1, NaN]]]}',
        '{"strokes": [[[1, 1e999]]]}',
        '{"strokes": [[[1e300, 1], [-1e300, 2]]]}',
        '{"strokes": [[[1,2,3,4,5]]]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_ink_is_refused(text: str):
    with pytest.raises(InkError, match="not ink"):
        Ink.from_json(text)


def test_bounds_are_those_of_all_strokes():
    ink = Ink.from_lists([[[5, 1], [2, 8]], [[9, 3]]])
    assert ink.bounds() == Bounds(2, 1, 9, 8)
    assert (ink.bounds().width, ink.bounds().height) == (7, 7)
    assert Ink().bounds() is None
    assert Ink().is_empty


def test_ink_never_changes():
    ink = Ink()
    assert ink.with_stroke([Point(1, 2)]) != ink
    assert ink.with_stroke([]) is ink
    assert ink.is_empty
