"""Stroke forms: whether strokes in a file are lists of points, or columns of x, of y and perhaps of time.

Both are lists of lists of numbers. Where the forms cannot be told apart, one line of a file speaks for the
others; to read one as the other would turn a 7 into a scrawl without a word.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

_COORDINATES = {2, 3, 4}
_COLUMNS = (2, 3)


class Form(Enum):
    """How the strokes of one drawing are written."""

    POINTS = "points"
    COLUMNS = "columns"
    UNCLEAR = "unclear"
    NEITHER = "neither"


def form_of(strokes: Any) -> Form:
    """The form of the strokes of one drawing, of whatever a file had in their place."""
    if not isinstance(strokes, list) or not all(_is_table(stroke) for stroke in strokes):
        return Form.NEITHER
    strokes = [stroke for stroke in strokes if stroke]
    may_be_points = all(_may_be_points(stroke) for stroke in strokes)
    may_be_columns = all(_may_be_columns(stroke) for stroke in strokes)
    if may_be_points and may_be_columns:
        return Form.UNCLEAR
    if may_be_points:
        return Form.POINTS
    return Form.COLUMNS if may_be_columns else Form.NEITHER


def points_of_columns(strokes: list[list[list[Any]]]) -> list[list[tuple[Any, Any]]]:
    """Points in place of columns; times are left out, since they count from elsewhere in each set."""
    return [list(zip(stroke[0], stroke[1], strict=True)) for stroke in strokes if stroke]


def _is_table(stroke: Any) -> bool:
    return isinstance(stroke, list) and set(map(type, stroke)) <= {list}


def _may_be_points(stroke: list[list[Any]]) -> bool:
    lengths = set(map(len, stroke))
    return lengths <= _COORDINATES and (lengths == {2} or all(_is_pressure(point[2:3]) for point in stroke))


def _is_pressure(third: list[Any]) -> bool:
    """A pen presses from 0 to 1; what is more is the third of a row of places."""
    return all(isinstance(number, int | float) and not (number < 0 or number > 1) for number in third)


def _may_be_columns(stroke: list[list[Any]]) -> bool:
    return len(stroke) in _COLUMNS and bool(stroke[0]) and len(set(map(len, stroke))) == 1
