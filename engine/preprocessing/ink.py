"""Ink: what a pen leaves behind, as strokes of points, and its JSON form.

Pure Python on purpose: the pad needs it before NumPy or PyTorch are there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.errors import InkError

FARTHEST = 1e15
"""No pad is as wide, no writing as long; products of such numbers are still finite."""


class Point(NamedTuple):
    """One sample of the pen.

    Attributes:
        x: Position to the right, in any unit; only proportions matter later on.
        y: Position downwards, in the same unit.
        pressure: 0 (hovering) to 1 (full); 1 for devices that know none.
        time_ms: Milliseconds since the first point of the drawing; 0 where unknown.
    """

    x: float
    y: float
    pressure: float = 1.0
    time_ms: float = 0.0


Stroke = tuple[Point, ...]


class Bounds(NamedTuple):
    """The smallest upright rectangle around all points, without the pen's width."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent, 0 or more."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Vertical extent, 0 or more."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Ink:
    """A drawing: strokes in the order of writing. Immutable, so that it may cross threads."""

    strokes: tuple[Stroke, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn."""
        return not any(self.strokes)

    def bounds(self) -> Bounds | None:
        """The bounds of all points, or None for empty ink."""
        points = [point for stroke in self.strokes for point in stroke]
        if not points:
            return None
        horizontal = [point.x for point in points]
        vertical = [point.y for point in points]
        return Bounds(min(horizontal), min(vertical), max(horizontal), max(vertical))

    def with_stroke(self, stroke: Iterable[Point]) -> Ink:
        """This ink and one more stroke; an empty stroke changes nothing."""
        added = tuple(stroke)
        return Ink((*self.strokes, added)) if added else self

    def to_json(self) -> str:
        """JSON text: ``{"strokes": [[[x, y, pressure, time_ms], ...], ...]}``."""
        return json.dumps({"strokes": self.strokes})

    @classmethod
    def from_json(cls, text: str) -> Ink:
        """Read what `to_json` wrote; points may also be ``[x, y]`` or ``[x, y, pressure]``.

        Raises:
            InkError: The text is no such JSON, or a number is not finite or beyond 1e15.
        """
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InkError("This is not ink: the text is not JSON.") from error
        if not isinstance(document, dict) or "strokes" not in document:
            raise InkError('This is not ink: the JSON has no "strokes".')
        return cls.from_lists(document["strokes"])

    @classmethod
    def from_lists(cls, strokes: Any) -> Ink:
        """Ink from nested lists of numbers, checked point by point.

        Args:
            strokes: Strokes of points of two to four numbers of at most 1e15: x, y, pressure, time in ms.

        Raises:
            InkError: Anything else.
        """
        try:
            read = tuple(tuple(Point(*map(float, point)) for point in stroke) for stroke in strokes)
        except (TypeError, ValueError, OverflowError) as error:
            raise InkError("This is not ink: a point must be two to four numbers.") from error
        # NaN is not smaller than anything.
        if not all(abs(number) <= FARTHEST for stroke in read for point in stroke for number in point):
            raise InkError("This is not ink: a coordinate is not a finite number, or far too large.")
        return cls(tuple(stroke for stroke in read if stroke))
