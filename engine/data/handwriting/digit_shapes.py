"""The shapes of the ten digits: how people write them, from a table of pen strokes in resources.

A digit has several families, one for each way of writing it; a family has variants that are drawn with the
same strokes and the same number of points, so that any mixture of them is a digit of that family, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

import resources


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """One way of writing a digit.

    Attributes:
        share: How many of the digit's writers do it so; relative to the other families.
        variants: (variants, points, 2) float64: x to the right, y downwards; the digit is 100 high.
        strokes: Number of points of each stroke.
        corners: (points,) bool, where the pen turns sharply instead of passing in a curve.
    """

    share: float
    variants: NDArray[np.float64]
    strokes: tuple[int, ...]
    corners: NDArray[np.bool_]


@cache
def _tables() -> tuple[list[str], ...]:
    """The lines of each digit; the file begins with what they mean."""
    _, *tables = re.split(r"^# \d\n", resources.text("shapes", "digits.txt"), flags=re.MULTILINE)
    return tuple(table.strip().splitlines() for table in tables)


@cache
def families(digit: int) -> tuple[Family, ...]:
    """The ways of writing a digit, 0 to 9."""
    found: list[tuple[float, list[str]]] = []
    for line in _tables()[digit]:
        first = line.split()[0]
        if "," in first:
            found[-1][1].append(line)
        else:
            found.append((float(first), []))
    return tuple(_read(share, variants) for share, variants in found)


def _read(share: float, texts: list[str]) -> Family:
    strokes = [stroke.split() for stroke in texts[0].split("/")]
    variants = np.array([[_point(word) for word in text.replace("/", " ").split()] for text in texts])
    corners = np.array([word.startswith("!") for stroke in strokes for word in stroke])
    return Family(share, variants, tuple(map(len, strokes)), corners)


def _point(word: str) -> tuple[float, float]:
    across, down = word.lstrip("!").split(",")
    return float(across), float(down)
