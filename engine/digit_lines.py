"""Digit lines: labelled drawings as JSON lines, the form of the shared pen digits.

``{"label": 3, "writer": "...", "strokes": [[[x, y], ...], ...]}``, x to the right and y downwards; the
longer side of a digit spans 0 to 1000. The one reader of such lines, for sets to learn from and for drawings
kept here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from engine.errors import InkError
from engine.ink import Ink

SPAN = 1000
MOST_POINTS = 20_000
"""Of one drawing: two minutes of a quick pen. More is no digit, and would hold everything up."""

# A point with pressure and time takes some 40 characters, and up to 100 with all its digits.
_LONGEST_LINE = 100 * MOST_POINTS
_CHUNK = 1 << 20
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

    Raises:
        OSError: The file cannot be read.
    """
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield FaultyLine(number, _TOO_MANY)
        else:
            yield _read(number, line)


_TOO_MANY = f"with more than {MOST_POINTS:,} points"


def _read(number: int, line: bytes) -> DigitLine | FaultyLine:
    try:
        record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        return FaultyLine(number, "not of this form")
    label, strokes, writer = record.get("label"), record.get("strokes"), record.get("writer")
    if type(label) is not int or not 0 <= label <= 9:
        return FaultyLine(number, "without a label from 0 to 9")
    try:
        if sum(map(len, strokes or ())) > MOST_POINTS:
            return FaultyLine(number, _TOO_MANY)
        ink = Ink.from_lists(strokes or ())
    except (InkError, TypeError):
        return FaultyLine(number, "with strokes that are not pairs of finite numbers")
    if ink.is_empty:
        return FaultyLine(number, "without strokes")
    return DigitLine(number, label, ink, None if writer is None else str(writer))


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
