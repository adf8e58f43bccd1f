"""Digit lines: labelled drawings as JSON lines, the form of the shared pen digits.

``{"label": 3, "writer": "...", "strokes": [[[x, y], ...], ...]}``, x to the right and y downwards; the
longer side of a digit spans 0 to 1000. Strokes may also be columns, ``[[x, x, ...], [y, y, ...]]``, as in
the lines of Quick, Draw!, which name ``word`` and ``drawing`` in place of label and strokes. The one reader of
such lines, for sets to learn from and for drawings kept here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from engine.errors import InkError
from engine.ink import Ink
from engine.stroke_forms import Form, form_of, points_of_columns

SPAN = 1000
MOST_POINTS = 20_000
"""Of one drawing: two minutes of a quick pen. More is no digit, and would hold everything up."""

# A point with pressure and time takes some 40 characters, and up to 100 with all its digits.
_LONGEST_LINE = 100 * MOST_POINTS
_CHUNK = 1 << 20
# Lines at the beginning of a file that may tell the form of its strokes.
_LOOKED_AT = 1000
# A thousandth of it has no finite inverse.
_LEAST_EXTENT = 1e-300


@dataclass(frozen=True, slots=True)
class DigitLine:
    """A labelled drawing.

    Attributes:
        number: Of the line, counted from 1.
        label: 0 to 9.
        ink: Not empty.
        writer: Who wrote it; None where that is not said.
    """

    number: int
    label: int
    ink: Ink
    writer: str | None


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """A line that is no labelled drawing.

    Attributes:
        number: Of the line, counted from 1.
        fault: What is wrong, such as ``without strokes``.
    """

    number: int
    fault: str


def read_digit_lines(file: BinaryIO) -> Iterator[DigitLine | FaultyLine]:
    """Read line by line; whatever a line holds, the next one is read.

    Args:
        file: Can be sought in: its beginning is looked at first.

    Raises:
        OSError: The file cannot be read.
    """
    number = 0
    usual = _usual_form(file)
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield FaultyLine(number, _TOO_MANY)
        else:
            yield _read(number, line, usual)


_TOO_MANY = f"with more than {MOST_POINTS:,} points"
_ANOTHER_WORD = "with a word that is no digit"
_NUMBERS = "with strokes that are not pairs of finite numbers"
_WORDS = (*"0123456789", "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _read(number: int, line: bytes, usual: Form = Form.POINTS) -> DigitLine | FaultyLine:
    """One line; `usual` is the form of strokes that may have either."""
    record = _record(line, is_first=number == 1)
    if record is None:
        return FaultyLine(number, "not of this form")
    label = _label(record)
    if label is None:
        return FaultyLine(number, _ANOTHER_WORD if "word" in record else "without a label from 0 to 9")
    strokes = _strokes(record)
    if not strokes:
        return FaultyLine(number, "without strokes" if strokes in (None, []) else _NUMBERS)
    form = form_of(strokes)
    if form is Form.UNCLEAR:
        form = Form.COLUMNS if "drawing" in record else usual
    if form is Form.COLUMNS:
        strokes = points_of_columns(strokes)
    try:
        if sum(map(len, strokes)) > MOST_POINTS:
            return FaultyLine(number, _TOO_MANY)
        ink = Ink.from_lists(strokes)
    except (InkError, TypeError):
        return FaultyLine(number, _NUMBERS)
    if ink.is_empty:
        return FaultyLine(number, "without strokes")
    writer = record.get("writer")
    return DigitLine(number, label, ink, None if writer is None else str(writer))


def _record(line: bytes, is_first: bool) -> dict[str, Any] | None:
    try:
        record = json.loads(line.decode("utf-8-sig" if is_first else "utf-8"))
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _label(record: dict[str, Any]) -> int | None:
    """A digit; the drawings of Quick, Draw! have a word in its place."""
    label = record.get("label")
    if label is None and isinstance(record.get("word"), str):
        word = record["word"].strip().lower()
        return _WORDS.index(word) % 10 if word in _WORDS else None
    return label if type(label) is int and 0 <= label <= 9 else None


def _strokes(record: dict[str, Any]) -> Any:
    return record.get("drawing") if "strokes" not in record else record["strokes"]


def _usual_form(file: BinaryIO) -> Form:
    """The form of the first drawing whose form is beyond doubt, of those at the beginning of a file."""
    start = file.tell()
    form = Form.UNCLEAR
    for number in range(_LOOKED_AT):
        line = file.readline(_LONGEST_LINE)
        if not line or form in (Form.POINTS, Form.COLUMNS):
            break
        record = _record(line, is_first=number == 0)
        if record is not None and _strokes(record):
            form = form_of(_strokes(record))
    file.seek(start)
    return Form.COLUMNS if form is Form.COLUMNS else Form.POINTS


def digit_line(label: int, writer: str, ink: Ink) -> str:
    """One line, without its end: scaled as the form wants it, to a tenth; pressure and times are left out."""
    return json.dumps({"label": label, "writer": writer, "strokes": spanning(ink)}, separators=(",", ":"))


def spanning(ink: Ink) -> list[list[list[float]]]:
    """The points of ink that is not empty, moved and scaled so that its longer side spans 0 to 1000."""
    bounds = ink.bounds()
    if bounds is None:
        raise InkError("There are no strokes in this drawing; draw a digit first.")
    extent = max(bounds.width, bounds.height)
    scale = SPAN / extent if extent > _LEAST_EXTENT else 0.0
    return [
        [
            [round((point.x - bounds.left) * scale, 1), round((point.y - bounds.top) * scale, 1)]
            for point in stroke
        ]
        for stroke in ink.strokes
    ]
