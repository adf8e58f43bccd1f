"""Drawing lines: labelled drawings as JSON lines, the form of the shared pen digits.

``{"label": 3, "writer": "...", "strokes": [[[x, y], ...], ...]}``, x to the right and y downwards; the
longer side of a digit spans 0 to 1000. A label is a whole number or a text, the name of a class. Strokes
may also be columns, ``[[x, x, ...], [y, y, ...]]``, as in the lines of Quick, Draw!, which have ``word`` and
``drawing`` in place of label and strokes. The one reader of such lines, for sets to learn from and for
drawings kept here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO

from engine.data.class_names import LONGEST_CLASS, class_name
from engine.errors import InkError
from engine.preprocessing.ink import FARTHEST, Ink
from engine.preprocessing.stroke_forms import Form, form_of, points_of_columns

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
_AT_END = re.compile(rb'"strokes":\s*(\[[-+0-9.eE,\[\] ]*\])\}\s*\Z')
_NUMBER_TYPES = {int, float}


Strokes = Sequence[Sequence[Sequence[float]]]


@dataclass(frozen=True, slots=True)
class DrawingLine:
    """A labelled drawing.

    Attributes:
        number: Of the line, counted from 1.
        label: What it is: the name of a class, of 1 to `LONGEST_CLASS` characters; `digit_of` tells a digit.
        strokes: Of points of two to four finite numbers: x, y, pressure, time in ms; not empty.
        writer: Who wrote it; None where that is not said.
        written: The strokes as they stand in the line, where they can be taken from there; else empty.
    """

    number: int
    label: str
    strokes: Strokes
    writer: str | None
    written: str = ""

    @property
    def ink_text(self) -> str:
        """The drawing as `engine.preprocessing.ink.Ink.to_json` writes it, or as shortly as it came."""
        return f'{{"strokes": {self.written}}}' if self.written else json.dumps({"strokes": self.strokes})

    @property
    def ink(self) -> Ink:
        """The drawing, made when it is asked for."""
        return Ink.from_lists(self.strokes)


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """A line that is no labelled drawing.

    Attributes:
        number: Of the line, counted from 1.
        fault: What is wrong, such as ``without strokes``.
    """

    number: int
    fault: str


def read_drawing_lines(file: BinaryIO) -> Iterator[DrawingLine | FaultyLine]:
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
_NO_LABEL = f"without a label of 1 to {LONGEST_CLASS} characters"
_NUMBERS = "with strokes that are not pairs of finite numbers"
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_FIGURES = frozenset("0123456789")
_DIGITS = {name: digit for digit, word in enumerate(_WORDS) for name in (str(digit), word)}


def digit_of(label: str) -> int | None:
    """The digit that a label names, in figures or as an English word; None if it names something else."""
    digit = _DIGITS.get(label)
    return _DIGITS.get(label.lower()) if digit is None else digit


def _read(number: int, line: bytes, usual: Form = Form.POINTS) -> DrawingLine | FaultyLine:
    """One line; `usual` is the form of strokes that may have either."""
    record = _record(line, is_first=number == 1)
    if record is None:
        return FaultyLine(number, "not of this form")
    label = _label(record)
    if label is None:
        return FaultyLine(number, _NO_LABEL)
    strokes = _strokes(record)
    if not strokes:
        return FaultyLine(number, "without strokes" if strokes in (None, []) else _NUMBERS)
    form = form_of(strokes)
    if form is Form.UNCLEAR:
        form = Form.COLUMNS if "drawing" in record else usual
    if form is Form.COLUMNS:
        strokes = points_of_columns(strokes)
    elif form is Form.NEITHER:
        return FaultyLine(number, _NUMBERS)
    strokes = [stroke for stroke in strokes if stroke]
    if not strokes:
        return FaultyLine(number, "without strokes")
    if sum(map(len, strokes)) > MOST_POINTS:
        return FaultyLine(number, _TOO_MANY)
    if not _are_near(strokes):
        return FaultyLine(number, _NUMBERS)
    writer = record.get("writer")
    written = _strokes_at_end(line) if form is Form.POINTS else ""
    return DrawingLine(number, label, strokes, None if writer is None else str(writer), written)


def _strokes_at_end(line: bytes) -> str:
    """The strokes as they stand at the end of a line; empty where they stand elsewhere or with others."""
    found = _AT_END.search(line)
    # A name may have the same letters in it, and strokes may be said twice.
    return found[1].decode() if found and line.count(b"strokes") == 1 else ""


def _are_near(strokes: Strokes) -> bool:
    """Whether all that points have are numbers that can be reckoned with; asked of millions of points."""
    numbers = [number for stroke in strokes for point in stroke for number in point]
    return (
        set(map(type, numbers)) <= _NUMBER_TYPES
        # NaN is neither larger nor smaller than anything, but no sum is a number that has it.
        and max(numbers) <= FARTHEST
        and min(numbers) >= -FARTHEST
        and math.isfinite(sum(numbers))
    )


def _record(line: bytes, is_first: bool) -> dict[str, Any] | None:
    try:
        record = json.loads(line.decode("utf-8-sig" if is_first else "utf-8"))
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _label(record: dict[str, Any]) -> str | None:
    """The name of a class; the drawings of Quick, Draw! have a word in its place."""
    label = record.get("label")
    return class_name(record.get("word") if label is None else label)


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


def drawing_line(label: str, writer: str, strokes: Strokes) -> str:
    """One line, without its end: scaled as the form wants it, to a tenth; pressure and times are left out.

    Args:
        label: What it is: the name of a class. A digit is written as a number.
        writer: Who wrote it, or empty.
        strokes: Of points that begin with x and y; not empty.
    """
    # Put together here: JSON's own writer would take three times as long for tens of thousands of drawings.
    form = ",".join([_stroke_form(len(stroke)) for stroke in strokes])
    written = form % tuple(spanning(strokes))
    said = label if label in _FIGURES else json.dumps(label)
    return f'{{"label":{said},"writer":{json.dumps(writer)},"strokes":[{written}]}}'


@lru_cache(maxsize=1024)
def _stroke_form(points: int) -> str:
    return f"[{','.join(['[%.1f,%.1f]'] * points)}]"


def spanning(strokes: Strokes) -> list[float]:
    """The places of all points, moved and scaled so that the longer side of all spans 0 to 1000.

    Returns:
        x, y, x, y and so on.

    Raises:
        InkError: There is no point.
    """
    horizontal = [point[0] for stroke in strokes for point in stroke]
    vertical = [point[1] for stroke in strokes for point in stroke]
    if not horizontal:
        raise InkError("There are no strokes in this drawing; draw a digit first.")
    left, top = min(horizontal), min(vertical)
    extent = max(max(horizontal) - left, max(vertical) - top)
    scale = SPAN / extent if extent > _LEAST_EXTENT else 0.0
    places = [0.0] * (2 * len(horizontal))
    places[::2] = [(x - left) * scale for x in horizontal]
    places[1::2] = [(y - top) * scale for y in vertical]
    return places
