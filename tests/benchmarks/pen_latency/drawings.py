"""Drawings that are replayed: real digits, numbers of eight that touch, and more ink than anybody draws."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.data.handwriting.synthetic_digits import random_ink
from engine.data.pen_digits import load_pen_digits
from tests.benchmarks.made_numbers import close_numbers

Strokes = list[list[tuple[float, float]]]
"""Strokes of (x, y), both 0 to 1 on the pad."""

MOST_POINTS = 5000
"""So many points are on the pad before a long drawing goes on."""


@dataclass(frozen=True)
class Drawing:
    """What a hand draws.

    Attributes:
        strokes: Drawn move by move.
        before: Strokes that are on the pad already; they cost no moves.
        under_the_pen: Points of the first stroke that are there already.
    """

    strokes: Strokes
    before: Strokes = ()  # type: ignore[assignment]
    under_the_pen: int = 0


def has_data() -> bool:
    """Whether there are real strokes."""
    return _strokes_file().is_file()


def _strokes_file() -> Path:
    return Path(os.environ.get("SCRATCHPAD_DATA") or "nowhere", "pen-digits", "strokes.jsonl")


def single_digits(count: int) -> list[Drawing]:
    """Real digits, or built-in handwriting where there are none."""
    if has_data():
        with _strokes_file().open(encoding="utf-8") as lines:
            read = [json.loads(line)["strokes"] for line, _ in zip(lines, range(count), strict=False)]
        return [Drawing([[(x / 1000, y / 1000) for x, y in stroke] for stroke in digit]) for digit in read]
    inks = [random_ink(index % 10, index) for index in range(count)]
    return [
        Drawing([[(p.x / 1500 + 0.5, p.y / 1500 + 0.5) for p in stroke] for stroke in ink.strokes])
        for ink in inks
    ]


def touching_numbers(count: int, digits_before: int = 0) -> list[Drawing]:
    """Numbers of eight real digits of one writer each, a third of neighbours touching.

    Args:
        count: Of numbers.
        digits_before: So many digits are on the pad already; only the others are drawn move by move.
    """
    _, unknown = load_pen_digits(_strokes_file()).split_by_writer()
    made = []
    for number in close_numbers(unknown, count, seed=6, lengths=(8, 8)):
        low, high = (edge(np.concatenate(number.polylines), axis=0) for edge in (np.min, np.max))
        placed = [(line - low) / (high - low).max() + [0, 0.4] for line in number.polylines]
        strokes = [[(float(x), float(y)) for x, y in line] for line in placed]
        first = number.groups[digits_before][0]
        made.append(Drawing(strokes[first:], strokes[:first]))
    return made


def long_drawings(moves: int) -> list[Drawing]:
    """More than `MOST_POINTS` points in one stroke that goes on, then in one that another is drawn beside."""
    spiral = [_around(place) for place in range(MOST_POINTS + moves)]
    beside = [(0.5 + 0.2 * place / moves, 0.9 + 0.05 * math.sin(place / 4)) for place in range(moves)]
    return [Drawing([spiral], under_the_pen=MOST_POINTS), Drawing([beside], [spiral])]


def _around(place: int) -> tuple[float, float]:
    """A thick ring, hatched by going round and round, as one who fills an outline."""
    radius = 0.35 + 0.11 * math.sin(place / 7.3)
    # No two points are so near each other that the pad takes them for one.
    return 0.5 + 0.8 * radius * math.cos(place / 30), 0.5 + radius * math.sin(place / 30)
