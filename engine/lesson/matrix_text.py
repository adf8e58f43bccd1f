"""Matrix text: a small matrix as people write it, ``1 2; 3 4``, read and written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.errors import NumberError, SettingsError
from engine.number_text import number_text, parse_decimal

MOST_SIDE = 5
"""Rows, and columns, of a matrix that can be followed number by number."""

LARGEST = 99
"""Of a number, whatever its sign."""

MOST_DECIMALS = 2

Rows = tuple[tuple[float, ...], ...]

_HOW = "write numbers with spaces between them and rows with semicolons, such as 1 2; 3 4"
_LONGEST = 400
# Written by programs that take a minus for a dash; the other minus signs every number field knows.
_DASHES = str.maketrans({"–": "-"})


def parse_matrix(text: str, field: str = "matrix") -> Rows:
    """Read a matrix.

    A comma is for decimals, ``0,5 1; 2 3``, as everywhere in this program; with a space after it, it parts
    numbers. In brackets, ``[[1, 2], [3, 4]]``, it is Python's and always parts numbers. A semicolon at the
    end is let pass, since a reader may still be typing.

    Args:
        text: What was typed.
        field: The name of the field it was typed into.

    Returns:
        Rows of equal length, 1 to `MOST_SIDE` of them and in them.

    Raises:
        SettingsError: It is no such matrix; names the field.
    """
    if len(text) > _LONGEST:
        raise SettingsError(field, f"This is too long: {_HOW}.")
    lines = _lines(text.strip().translate(_DASHES))
    rows = tuple(tuple(_number(word, field) for word in line) for line in lines)
    if not rows:
        raise SettingsError(field, f"There is no matrix yet: {_HOW}.")
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise SettingsError(
                field,
                f"Row {number} has {_count(len(row), 'number')}, but row 1 has {len(rows[0])}: "
                "all rows must be equally long.",
            )
    if max(len(rows), len(rows[0])) > MOST_SIDE:
        raise SettingsError(
            field,
            f"This matrix has {_count(len(rows), 'row')} and {_count(len(rows[0]), 'column')}: "
            f"use at most {MOST_SIDE} of each.",
        )
    return rows


def matrix_text(rows: Sequence[Sequence[float]]) -> str:
    """A matrix as `parse_matrix` reads it: ``1 2; 3 4``."""
    return "; ".join(" ".join(map(number_text, row)) for row in rows)


def _lines(text: str) -> list[list[str]]:
    """The words of each row."""
    if text.startswith("["):
        rows = re.split(r"[\];]", text.replace("[", " "))
        return [words for row in rows if (words := re.findall(r"[^\s,]+", row))]
    rows = [row for row in re.split(r"[;\n|]", text) if row.strip()]
    return [re.split(r",?\s+", row.strip().removesuffix(",")) for row in rows]


def _number(word: str, field: str) -> float:
    quoted = word if len(word) <= 12 else f"{word[:12]}…"
    try:
        number = parse_decimal(word)
    except NumberError as error:
        raise SettingsError(field, f"“{quoted}” is not a number: {_HOW}.") from error
    if abs(number) > LARGEST:
        raise SettingsError(field, f"{quoted} is too large here: write numbers from −{LARGEST} to {LARGEST}.")
    if round(number, MOST_DECIMALS) != number:
        raise SettingsError(field, f"{quoted} has too many decimals here: write {MOST_DECIMALS} at most.")
    return number + 0.0  # −0 is 0


def _count(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"
