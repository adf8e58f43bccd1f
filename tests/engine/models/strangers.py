"""Strangers' digits: the drawings of ``strangers.txt`` as ink."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.ink import Ink

_STEPS = 12
_TABLE = Path(__file__).with_suffix(".txt")


@dataclass(frozen=True, slots=True)
class Stranger:
    """One drawing.

    Attributes:
        digit: What anybody reads in it.
        style: How it is written.
        ink: The strokes.
    """

    digit: int
    style: str
    ink: Ink


def strangers() -> list[Stranger]:
    """All drawings of the table, digit by digit."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        head, colon, strokes = line.partition(": ")
        if colon and head[0].isdigit() and head[1] == " ":
            ink = Ink.from_lists([_stroke(stroke) for stroke in strokes.split("/")])
            found.append(Stranger(int(head[0]), head[2:], ink))
    return found


def _stroke(text: str) -> list[tuple[float, float]]:
    """Points of a stroke: smooth from corner to corner."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for word in text.split():
        x, y = map(float, word.lstrip("!").split(","))
        if pieces[-1] and pieces[-1][-1] == (x, y):
            pieces[-1].pop()
        pieces[-1].append((x, y))
        if word.startswith("!"):
            pieces.append([(x, y)])
    drawn = [point for piece in pieces if len(piece) > 1 for point in _smooth(np.array(piece))]
    return [(8 * x, 8 * y) for x, y in drawn]


def _smooth(points: NDArray[np.float64]) -> list[tuple[float, float]]:
    """A Catmull-Rom curve through the points."""
    before, after = 2 * points[0] - points[1], 2 * points[-1] - points[-2]
    held = np.vstack([before, points, after])
    share = np.linspace(0, 1, _STEPS)[:, None]
    curve = []
    for a, b, c, d in zip(held, held[1:], held[2:], held[3:], strict=False):
        slope = (c - a) * share + (2 * a - 5 * b + 4 * c - d) * share**2 + (3 * b - a - 3 * c + d) * share**3
        curve.extend(map(tuple, (b + slope / 2).tolist()))
    return curve
