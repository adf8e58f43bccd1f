"""Number: what stands on the pad or in a picture, as digits in the order of reading, ready for the network.

strokes -> segmented -> fitted to 20 pixels -> centred in 28 x 28
picture -> flattened -> ink found -> segmented -> fitted -> centred
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from engine.errors import InkError, PictureError
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import centre, fit_pictures, fit_polylines, to_polylines
from engine.preprocessing.photographs.ink_finding import FoundInk, find_ink
from engine.preprocessing.rasteriser import Polyline
from engine.preprocessing.segmentation.joining import split_polylines
from engine.preprocessing.segmentation.known_strokes import StrokePart
from engine.preprocessing.segmentation.patches import part_patches
from engine.preprocessing.segmentation.pieces import MOST_DIGITS, MOST_ROWS, Box, around, box_of
from engine.preprocessing.segmentation.scores import Scorer
from engine.preprocessing.segmentation.strokes import StrokeParter, StrokeRow

# A stroke that is being written and stands apart is a digit from this share of the tallest other digit on.
_DIGIT_HEIGHT = 0.8
# What stands apart and has less of the largest digit's size is where the pen only touched the pad.
_SPECK = 0.08

_LEFT_OUT = "A small mark was left out: it is not where a comma, a point or a dash would be."


@dataclass(frozen=True, slots=True)
class Number:
    """One digit or several.

    Attributes:
        fitted: (digits, FIELD, FIELD) float32, each fitted to the box of 20 pixels, not yet centred.
        vectors: (digits, 784) float32, 0 background to 1 ink, what the network is to see.
        boxes: Around each digit: in the ink's unit, or as shares of a picture's width and height.
        strokes: Of each digit, the numbers of its strokes; empty for a picture.
        newest: The digit that was written to last; 0 in a picture.
        found: What was found on the picture; None for strokes.
        rows: How many digits each row has, from top to bottom; empty where there is but one row.
        marks: Before which digit a comma, point or dash stands, and which.
        parts: Of each digit, its strokes, or the parts of them that belong to it; empty for a picture.
        remark: One sentence about what was left out; empty where all was read.
    """

    fitted: NDArray[np.float32]
    vectors: NDArray[np.float32]
    boxes: tuple[Box, ...]
    strokes: tuple[tuple[int, ...], ...] = ()
    newest: int = 0
    found: FoundInk | None = None
    rows: tuple[int, ...] = ()
    marks: tuple[tuple[int, str], ...] = ()
    parts: tuple[tuple[StrokePart, ...], ...] = ()
    remark: str = ""

    def __len__(self) -> int:
        return len(self.boxes)

    def is_same(self, other: Number) -> bool:
        """Whether the same ink was divided into the same digits."""
        alike = (self.boxes, self.rows, self.marks) == (other.boxes, other.rows, other.marks)
        return alike and np.array_equal(self.vectors, other.vectors)

    def text(self, digits: Sequence[int] | Sequence[str]) -> str:
        """What the digits, one for each box, say together with the marks, a line for each row."""
        marks = dict(self.marks)
        signs = [f"{marks.get(place, '')}{digit}" for place, digit in enumerate(digits)]
        ends = [*accumulate(self.rows)] or [len(signs)]
        return "\n".join("".join(signs[start:end]) for start, end in pairwise([0, *ends]))

    def ink_of(self, place: int, ink: Ink) -> Ink:
        """The strokes of one digit, or the parts of them that belong to it, out of the drawing it is in."""
        strokes = [stroke for stroke in ink.strokes if stroke]
        return Ink(tuple(strokes[part.stroke][part.start : part.stop] for part in self.parts[place]))


def number_of_ink(ink: Ink, is_writing: bool = False, parter: StrokeParter | None = None) -> Number:
    """Part a drawing and normalise its digits.

    Args:
        ink: The drawing.
        is_writing: Whether its last stroke goes on. As long as it is short and stands apart, nobody knows
            whether it becomes a digit or a piece of one, and the others are read without it.
        parter: Asks a network which strokes make up a digit; without one, shapes and places alone decide,
            and everything is one row.

    Raises:
        InkError: It is empty, or has more than `MOST_DIGITS` digits in a row, or more than `MOST_ROWS` rows.
    """
    polylines = parter.lines(ink) if parter is not None else to_polylines(ink)
    rows = _rows(polylines, is_writing, parter) if polylines else [StrokeRow([[]], [], [], 0, [])]
    lengths = tuple(len(row.digits) for row in rows)
    _require_few(lengths, InkError, "drawing", "leave")
    groups = [digit for row in rows for digit in row.digits]
    looks = [looked for row in rows for looked in row.looks]
    if looks and len(looks) == len(groups):
        fitted = np.stack([looked.fitted for looked in looks])
        vectors = np.stack([looked.vector for looked in looks])
    elif parter is not None and polylines:
        fitted, vectors = parter.normalised(groups, polylines)
    else:
        fitted = fit_polylines([[_line(part, polylines) for part in digit] for digit in groups])
        vectors = centre(fitted)
    ends = [max(((part.stroke, part.stop) for part in digit), default=(0, 0)) for digit in groups]
    newest = max(range(len(groups)), key=ends.__getitem__)
    # One digit's box is marked nowhere.
    boxes = tuple(box for row in rows for box in row.boxes) if len(groups) > 1 else ((0.0, 0.0, 0.0, 0.0),)
    return Number(
        fitted,
        vectors,
        boxes,
        tuple(tuple(sorted({part.stroke for part in digit})) for digit in groups),
        newest,
        rows=lengths if len(rows) > 1 else (),
        marks=_marks([(len(row.digits), row.marks) for row in rows]),
        parts=tuple(tuple(digit) for digit in groups),
        remark=_LEFT_OUT if any(row.left_out for row in rows) else "",
    )


def number_of_picture(grey: NDArray[np.generic], scorer: Scorer | None = None) -> Number:
    """Find the digits of a (height, width) grey picture and normalise them.

    Args:
        grey: Of any real type and range, dark on light or light on dark.
        scorer: A network that says what may be a digit, so that digits that touch are parted; without one,
            shapes and places alone decide.

    Raises:
        PictureError: It is no picture, nothing is drawn on it, or it has more than `MOST_DIGITS` digits in a
            row, or more than `MOST_ROWS` rows.
    """
    return number_of_found(find_ink(grey), scorer)


def number_of_found(found: FoundInk, scorer: Scorer | None = None) -> Number:
    """The same with the ink that was found, when another network is to part it.

    Raises:
        PictureError: It has more than `MOST_DIGITS` digits in a row, or more than `MOST_ROWS` rows.
    """
    if scorer is None:
        _require_few(found.rows, PictureError, "picture", "cut out")
        fitted = fit_pictures(found.digits)
        return Number(fitted, centre(fitted), found.boxes, found=found, rows=found.rows)
    rows = part_patches(found.ink, scorer)
    lengths = tuple(len(row.boxes) for row in rows)
    _require_few(lengths, PictureError, "picture", "cut out")
    height, width = found.ink.shape
    boxes = tuple(
        (left / width, top / height, right / width, bottom / height)
        for row in rows
        for left, top, right, bottom in row.boxes
    )
    inks = tuple(ink for row in rows for ink in row.inks)
    looks = [looked for row in rows for looked in row.looks]
    return Number(
        np.stack([looked.fitted for looked in looks]),
        np.stack([looked.vector for looked in looks]),
        boxes,
        found=replace(found, digits=inks, boxes=boxes, rows=lengths),
        rows=lengths,
        marks=_marks([(len(row.boxes), row.marks) for row in rows]),
        remark=_LEFT_OUT if any(row.left_out for row in rows) else "",
    )


def _rows(polylines: list[Polyline], is_writing: bool, parter: StrokeParter | None) -> list[StrokeRow]:
    """The rows without what is no digit yet, and without specks."""
    if parter is not None:
        rows = parter.part(polylines, is_writing)
    else:
        whole = [StrokePart(index, 0, len(line)) for index, line in enumerate(polylines)]
        groups = split_polylines(polylines)
        boxes = [around([box_of(polylines[index]) for index in group]) for group in groups]
        rows = [StrokeRow([[whole[index] for index in group] for group in groups], [], [], 0, boxes)]
    if sum(len(row.digits) for row in rows) < 2:
        return rows
    return _digits_among(rows, polylines, is_writing)


def _digits_among(rows: list[StrokeRow], polylines: list[Polyline], is_writing: bool) -> list[StrokeRow]:
    """Those that are neither specks nor a stroke that has only begun; marks stay before the same digits."""
    begun = [StrokePart(len(polylines) - 1, 0, len(polylines[-1]))] if is_writing else None
    flat = [box for row in rows for box in row.boxes]
    least_extent = _SPECK * max(max(right - left, bottom - top) for left, top, right, bottom in flat)
    tallest = max(
        (
            bottom - top
            for row in rows
            for digit, (_, top, _, bottom) in zip(row.digits, row.boxes, strict=True)
            if digit != begun
        ),
        default=0.0,
    )
    kept_rows = []
    for row in rows:
        kept = [
            place
            for place, (left, top, right, bottom) in enumerate(row.boxes)
            if max(right - left, bottom - top) >= least_extent
            and not (row.digits[place] == begun and bottom - top < _DIGIT_HEIGHT * tallest)
        ]
        if kept:
            kept_rows.append(row if len(kept) == len(row.boxes) else _with_digits(row, kept))
    return kept_rows


def _with_digits(row: StrokeRow, kept: list[int]) -> StrokeRow:
    places = {old: new for new, old in enumerate(kept)}
    marks = [(places[place], sign) for place, sign in row.marks if place in places]
    looks = [row.looks[place] for place in kept] if row.looks else []
    digits, boxes = [row.digits[place] for place in kept], [row.boxes[place] for place in kept]
    return StrokeRow(digits, looks, marks, row.left_out, boxes)


def _require_few(
    lengths: Sequence[int], error: type[InkError] | type[PictureError], what: str, how: str
) -> None:
    if len(lengths) > MOST_ROWS:
        raise error(f"This {what} falls into {len(lengths)} rows: {how} {MOST_ROWS} or fewer.")
    if max(lengths) > MOST_DIGITS:
        where = f"This {what}" if len(lengths) == 1 else f"A row of this {what}"
        raise error(f"{where} falls into {max(lengths)} parts: {how} {MOST_DIGITS} digits or fewer.")


def _marks(rows: Sequence[tuple[int, list[tuple[int, str]]]]) -> tuple[tuple[int, str], ...]:
    """The marks of all rows, given how many digits each row has, by the digits' places among all."""
    firsts = [0, *accumulate(length for length, _ in rows)]
    return tuple(
        (first + place, sign)
        for first, (_, marks) in zip(firsts, rows, strict=False)
        for place, sign in marks
    )


def _line(part: StrokePart, polylines: Sequence[Polyline]) -> Polyline:
    return polylines[part.stroke][part.start : part.stop]
