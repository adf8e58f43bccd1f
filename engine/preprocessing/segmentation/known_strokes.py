"""Known strokes: what was measured of strokes, and what a network said of them, kept until the next reading.

A pen move changes one stroke alone: whatever is known of the others is asked for by their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.ink import Ink
from engine.preprocessing.known_lines import KnownLines
from engine.preprocessing.normaliser import centre
from engine.preprocessing.photographs.growing_fields import GrowingFields
from engine.preprocessing.rasteriser import Polyline
from engine.preprocessing.segmentation.cuts import cut_places, straightness
from engine.preprocessing.segmentation.joining import nearness
from engine.preprocessing.segmentation.kept import Kept
from engine.preprocessing.segmentation.pieces import Box, Piece, box_of, distance, spaced
from engine.preprocessing.segmentation.scores import Looked, Looks, Scorer

# Points of a stroke are no farther apart, as shares of its own extent.
_SPACING = 1 / 32

Key = tuple[int, int, int]
"""Of a part of a stroke: the number that its array got, its first point, one past its last one."""


@dataclass(frozen=True, slots=True)
class StrokePart:
    """A stroke, or a part of it that lies between two cuts.

    Attributes:
        stroke: Its number in the drawing.
        start: Its first point.
        stop: One past its last point; parts share the point at which they were cut.
    """

    stroke: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a part of a stroke.

    Attributes:
        key: The same as long as the stroke is.
        part: Which part.
        line: Its points.
        piece: Its box and points along it; its only member is the number of the stroke.
    """

    key: Key
    part: StrokePart
    line: Polyline
    piece: Piece


class KnownStrokes:
    """Measures each stroke once, each pair of strokes once, and shows each candidate to the network once.

    Attributes:
        scorer: The network.
    """

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self._lines = KnownLines()
        self._numbers = count()
        self._keys: dict[int, tuple[Polyline, int]] = {}
        self._fields = GrowingFields()
        self._looks = Looks(scorer)
        self._outlines: Kept[tuple[NDArray[np.float64], Box]] = Kept()
        self._distances: Kept[float] = Kept()
        self._nearness: Kept[float] = Kept()
        self._cuts: Kept[list[int]] = Kept()
        self._straightness: Kept[float] = Kept()

    def begin(self, polylines: Sequence[Polyline]) -> None:
        """A new reading begins, of these strokes.

        Args:
            polylines: (points, 2) each; an array that was among the last ones has not changed since.
        """
        former = self._keys
        self._keys = {
            id(line): former[id(line)] if id(line) in former else (line, next(self._numbers))
            for line in polylines
        }
        for kept in (
            self._fields,
            self._looks,
            self._outlines,
            self._distances,
            self._nearness,
            self._cuts,
            self._straightness,
        ):
            kept.begin()

    def forget(self) -> None:
        """The network is another one."""
        self._looks.forget()

    def lines(self, ink: Ink) -> list[Polyline]:
        """The strokes of ink as arrays: the same array for the same stroke as before."""
        return self._lines.of(ink)

    def whole(self, polylines: Sequence[Polyline]) -> list[Known]:
        """What is known of each stroke as a whole."""
        return [
            self.part(StrokePart(stroke, 0, len(line)), line, self._keys[id(line)][1])
            for stroke, line in enumerate(polylines)
        ]

    def part(self, part: StrokePart, line: Polyline, number: int) -> Known:
        """What is known of a part of a stroke.

        Args:
            part: Which.
            line: All of the stroke.
            number: The first of the stroke's key.
        """
        key = number, part.start, part.stop
        own = line if part.stop - part.start == len(line) else line[part.start : part.stop]
        points, box = self._outlines.get(
            key, lambda: (spaced(own, float(np.ptp(own, axis=0).max()) * _SPACING), box_of(own))
        )
        return Known(key, part, own, Piece(box, points, [part.stroke]))

    def apart(self, one: Known, other: Known) -> float:
        """Between the nearest points of two."""
        key = (one.key, other.key) if one.key < other.key else (other.key, one.key)
        return self._distances.get(key, lambda: distance(one.piece, other.piece, np.inf))

    def nearness(self, known: Sequence[Known]) -> Callable[[Piece, Piece], float]:
        """How near two pieces are that are made of some strokes, whose places are the pieces' members."""

        def measure(one: Piece, other: Piece) -> float:
            key = _keys(known, one), _keys(known, other)
            return self._nearness.get(key, lambda: nearness(one, other))

        return measure

    def cut_places(self, known: Known, height: float) -> list[int]:
        """Where it may be cut in a row of that height; see `engine.preprocessing.segmentation.cuts`."""
        return self._cuts.get((known.key, height), lambda: cut_places(known.line, height))

    def straightness(self, known: Known) -> float:
        """See `engine.preprocessing.segmentation.cuts`."""
        return self._straightness.get(known.key, lambda: straightness(known.line))

    def look(self, candidates: Sequence[Sequence[Known]]) -> list[Looked]:
        """What the network says of candidates; all that are new in one batch."""

        def normalise(places: Sequence[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
            fitted = self.fitted(
                [[member.part for member in candidates[place]] for place in places],
                [[member.line for member in candidates[place]] for place in places],
            )
            return fitted, centre(fitted)

        return self._looks.at([_name(members) for members in candidates], normalise)

    def fitted(
        self, digits: Sequence[Sequence[StrokePart]], lines: Sequence[Sequence[Polyline]]
    ) -> NDArray[np.float32]:
        """Digits fitted to the box, (digits, FIELD, FIELD) float32, not yet centred.

        Args:
            digits: The parts of each.
            lines: Of each its parts, (points, 2) each.
        """
        names = [tuple((part.stroke, part.start) for part in parts) for parts in digits]
        return self._fields.fit(lines, names)


def _keys(known: Sequence[Known], piece: Piece) -> tuple[Key, ...]:
    if len(piece.members) == 1:
        return (known[piece.members[0]].key,)
    return tuple(sorted(known[member].key for member in piece.members))


def _name(members: Sequence[Known]) -> frozenset[Key]:
    """The same for the same ink: parts of a stroke that follow each other are one."""
    keys = frozenset(member.key for member in members)
    if len({number for number, *_ in keys}) == len(keys):
        return keys
    joined: list[Key] = []
    for number, start, stop in sorted(keys):
        if joined and joined[-1][0] == number and joined[-1][2] == start + 1:
            joined[-1] = number, joined[-1][1], stop
        else:
            joined.append((number, start, stop))
    return frozenset(joined)
