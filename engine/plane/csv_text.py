"""CSV text: points as lines of x, y and class. What is no point is left out and counted."""

from __future__ import annotations

import csv
import math
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.errors import DataError
from engine.plain_text import plain_name
from engine.plane.points import LARGEST, MOST_CLASSES, MOST_POINTS, Points

LONGEST_LINE = 1000
"""Characters, beyond which a line is no point."""

_HEADER = "x,y,class"
_QUOTED = re.compile('"[^"]*"')
_NUMBERED = re.compile("[0-7]")
# Which of many points are kept must not depend on chance: the same file gives the same points.
_SEED = 1


@dataclass(frozen=True, slots=True)
class ReadPoints:
    """What was read.

    Attributes:
        points: One or more.
        names: What the classes are called, by label.
        notes: One sentence about each kind of line that was left out, and about points that no model can
            part; none if all is well.
    """

    points: Points
    names: tuple[str, ...]
    notes: tuple[str, ...]


def parse_points(lines: Iterable[str], source: str = "The text") -> ReadPoints:
    """Read points.

    Args:
        lines: Each of x, y and class, with commas, semicolons, tabs or spaces between; a header may come
            first. Where no comma parts them, numbers may have decimal commas. Classes are words or numbers;
            if all are 0 to 7, those are the labels, and otherwise labels are given in the order in which
            classes appear.
        source: What to call the text at the beginning of a sentence.

    Raises:
        DataError: There is no point in it.
    """
    numbers, labels = array("d"), array("q")
    names: dict[str, int] = {}
    is_first = True
    no_points = not_finite = further = 0
    for line in lines:
        fields = _fields(line)
        if not fields:
            continue
        try:
            x, y, name = _number(fields[0]), _number(fields[1]), fields[2]
            if len(fields) > 3:
                raise ValueError("there is more than a class")
        except (ValueError, IndexError):
            no_points += not (is_first and _is_header(fields))
            is_first = False
            continue
        is_first = False
        if not (abs(x) <= LARGEST and abs(y) <= LARGEST):
            not_finite += 1
            continue
        label = names.get(name)
        if label is None:
            if len(names) == MOST_CLASSES:
                further += 1
                continue
            label = names[name] = len(names)
        numbers.extend((x, y))
        labels.append(label)
    if not labels:
        raise DataError(f"{source} has no points: each line needs x, y and a class, such as 1.5,-2,red.")
    titles, new_labels = _titles(list(names))
    points = Points(
        np.frombuffer(numbers, dtype=np.float64).reshape(-1, 2).copy(),
        new_labels[np.frombuffer(labels, dtype=np.int64)],
    )
    too_many = max(0, len(points) - MOST_POINTS)
    if too_many:
        kept = np.random.default_rng(_SEED).choice(len(points), MOST_POINTS, replace=False)
        points = points.take(np.sort(kept))
    said = {
        f"{_lines(no_points)} left out that {_are(no_points)} not two numbers and a class.": no_points,
        f"{_points(not_finite)} left out whose x or y is not a number, or too large.": not_finite,
        f"{_points(further)} left out of further classes: there can be {MOST_CLASSES}.": further,
        f"{_points(too_many)} left out, chosen at random: there can be {MOST_POINTS:,}.": too_many,
        **_doubts(points),
    }
    return ReadPoints(points, titles, tuple(sentence for sentence, count in said.items() if count))


def csv_lines(points: Points, names: tuple[str, ...] = ()) -> Iterator[str]:
    """Lines with a header, each with its line break, which `parse_points` reads as the same points.

    Args:
        points: To write.
        names: What the classes are called, by label; by default, their numbers.
    """
    yield f"{_HEADER}\r\n"
    quoted = [_quoted(name) for name in names] or list(map(str, range(MOST_CLASSES)))
    for (x, y), label in zip(points.coordinates.tolist(), points.labels.tolist(), strict=True):
        yield f"{x!r},{y!r},{quoted[label]}\r\n"


def _fields(line: str) -> list[str]:
    line = line.strip()
    if len(line) > LONGEST_LINE:
        return ["", ""]
    unquoted = _QUOTED.sub("", line) if '"' in line else line
    separator = next((each for each in ";\t," if each in unquoted), None)
    if separator is None:
        return line.split(maxsplit=2)
    try:
        fields = next(csv.reader([line], delimiter=separator)) if '"' in line else line.split(separator)
    except csv.Error:  # a line break in the middle that is none of the file's
        return ["", ""]
    fields = [field.strip() for field in fields]
    if separator != ",":
        fields[:2] = [field.replace(",", ".") for field in fields[:2]]
    while fields and not fields[-1]:
        fields.pop()
    return fields


def _number(field: str) -> float:
    if "_" in field:  # Python's own way of writing thousands
        raise ValueError("no number")
    return float(field)


def _is_header(fields: list[str]) -> bool:
    """Words alone: x, y, class, or whatever the columns are called."""
    for field in fields:
        try:
            float(field)
        except ValueError:
            continue
        return False
    return len(fields) > 1 and any(fields)


def _titles(names: list[str]) -> tuple[tuple[str, ...], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """What each label is called, and from the order of appearance to labels."""
    numbered = [_whole(name) for name in names]
    if all(_NUMBERED.fullmatch(number) for number in numbered):
        labels = np.array(numbered, dtype=np.int64)
        return tuple(map(str, range(int(labels.max()) + 1))), labels
    return tuple(map(plain_name, names)), np.arange(len(names))


def _whole(name: str) -> str:
    """Without decimals where there are none: 1.0 and 1.000e+00 are 1."""
    try:
        number = float(name)
    except ValueError:
        return name
    return str(int(number)) if math.isfinite(number) and number == int(number) else name


def _doubts(points: Points) -> dict[str, int]:
    contradictions = points.contradictions()
    is_one_class = len(np.unique(points.labels)) == 1
    are = "point lies" if contradictions == 1 else "points lie"
    return {
        "All points are of one class: add points of another one, so that there is a boundary.": is_one_class,
        f"{contradictions:,} {are} where a point of another class lies: no model gets all of them right.": (
            contradictions
        ),
    }


def _lines(count: int) -> str:
    return "1 line was" if count == 1 else f"{count:,} lines were"


def _points(count: int) -> str:
    return "1 point was" if count == 1 else f"{count:,} points were"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if re.search('[",;\t\r\n]', name) else name
