"""Broadcasting: which shapes go together, and what shape comes out.

Shapes are aligned from the trailing axis. Two sizes fit if they are equal, if one of them is 1, or if one
is missing; the smaller tensor is then repeated along that axis without being stored again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from engine.errors import SettingsError
from engine.number_text import latin_digits

LARGEST_SIZE = 100_000
"""Of one axis."""

MOST_AXES = 6

_EXAMPLE = "write whole numbers with commas between them, such as 3, 1, 4"
_BRACKETS = {"(": ")", "[": "]"}
_MOST_QUOTED = 12
_ORDINALS = ("last", "second", "third", "fourth", "fifth", "sixth")


class Mark(Enum):
    """How two sizes of one axis stand to each other."""

    EQUAL = "equal"
    ONE = "one"
    MISSING = "missing"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Pair:
    """The sizes of two shapes in one axis.

    Attributes:
        first: Size in the first shape, or None where it has no such axis.
        second: The same of the second shape.
        result: Size in the result, or None if the two clash.
        mark: Why they fit, or that they clash.
    """

    first: int | None
    second: int | None
    result: int | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Two shapes aligned.

    Attributes:
        pairs: Leading axis first; none if both are scalars.
        shape: Of the result, or None if there is none.
        reason: Why there is no result, as a sentence; empty if there is one.
    """

    pairs: tuple[Pair, ...]
    shape: tuple[int, ...] | None
    reason: str


def broadcast(first: tuple[int, ...], second: tuple[int, ...]) -> Broadcast:
    """Align two shapes from the trailing axis.

    Args:
        first: Sizes, each 0 or more.
        second: Sizes, each 0 or more.
    """
    count = max(len(first), len(second))
    padded_first = (None,) * (count - len(first)) + first
    padded_second = (None,) * (count - len(second)) + second
    pairs = tuple(_pair(*sizes) for sizes in zip(padded_first, padded_second, strict=True))
    shape: list[int] = []
    for pair in pairs:
        if pair.result is None:
            return Broadcast(pairs, None, _reason(pairs))
        shape.append(pair.result)
    return Broadcast(pairs, tuple(shape), "")


def parse_shape(text: str, field: str = "shape") -> tuple[int, ...]:
    """Read a shape as people write it: ``3, 1, 4``, ``(3, 1, 4)``, ``3 x 4``, ``3 1 4``.

    Nothing, ``()`` and ``scalar`` are the shape of a scalar. A bracket that is not closed yet and a comma at
    the end are let pass, since a reader may still be typing.

    Args:
        text: What was typed.
        field: The name of the field it was typed into.

    Raises:
        SettingsError: The text is no shape, a size is negative or above `LARGEST_SIZE`, or there are more
            than `MOST_AXES` axes; names the field.
    """
    inner = _without_brackets(latin_digits(text).strip().lower()).strip()
    if inner in ("", "scalar"):
        return ()
    words = re.split(r"\s*[,;x×*]\s*|\s+", inner)
    if not words[-1] and len(words) > 1:
        words.pop()
    sizes = tuple(_size(word, field) for word in words)
    if len(sizes) > MOST_AXES:
        raise SettingsError(field, f"This shape has {len(sizes)} axes: use at most {MOST_AXES}.")
    return sizes


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape as Python writes it: ``(3, 4)``, ``(4,)``, ``()``."""
    return str(tuple(shape))


def _pair(first: int | None, second: int | None) -> Pair:
    if first is None or second is None:
        return Pair(first, second, second if first is None else first, Mark.MISSING)
    if first == second:
        return Pair(first, second, first, Mark.EQUAL)
    if 1 in (first, second):
        return Pair(first, second, second if first == 1 else first, Mark.ONE)
    return Pair(first, second, None, Mark.CLASH)


def _reason(pairs: tuple[Pair, ...]) -> str:
    """The first clash, seen from the trailing axis."""
    place, pair = next((place, pair) for place, pair in enumerate(reversed(pairs)) if pair.mark is Mark.CLASH)
    if place == 0:
        axis = "last axis"
    elif place < len(_ORDINALS):
        axis = f"{_ORDINALS[place]} axis from the right"
    else:
        axis = f"axis {place + 1} from the right"
    return (
        f"These shapes are not compatible: in the {axis} the sizes are {pair.first} and {pair.second}, "
        "which are not equal, and neither is 1."
    )


def _without_brackets(text: str) -> str:
    closing = _BRACKETS.get(text[:1])
    if closing is None:
        return text
    return text[1:].removesuffix(closing)


def _size(word: str, field: str) -> int:
    quoted = word if len(word) <= _MOST_QUOTED else f"{word[:_MOST_QUOTED]}…"
    if not word:
        raise SettingsError(field, f"A size is missing here: {_EXAMPLE}.")
    if re.fullmatch(r"[-−–]\d+", word, re.ASCII):
        raise SettingsError(field, f"A size cannot be negative: write {quoted[1:]} instead of {quoted}.")
    if not (word.isascii() and word.isdigit()):
        raise SettingsError(field, f"“{quoted}” is not a size: {_EXAMPLE}.")
    # Looked at as text first: a number of thousands of digits would take long to read.
    significant = word.lstrip("0") or "0"
    if len(significant) > len(str(LARGEST_SIZE)) or int(significant) > LARGEST_SIZE:
        raise SettingsError(field, f"{quoted} is too large here: write a size of at most {LARGEST_SIZE}.")
    return int(significant)
