"""Joining: which strokes or patches make up each digit, by their shapes and places alone.

A digit is often drawn in several pieces: a 5 and its bar, an open 4, a 7 with a stroke through it. Pieces
that lie above each other belong together, and so do pieces that nearly touch; how near is near depends on
their heights, since digits that stand beside each other are about equally tall and pieces of one are not.
Digits that touch are joined by this; a network parts them (`engine.preprocessing.segmentation.lattice`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.preprocessing.rasteriser import Polyline
from engine.preprocessing.segmentation.pieces import Box, Piece, around, box_of, distance, spaced

# Measured on 6,915 pen digits and on numbers made of them (tests/benchmarks/segmentation.py). Lengths are
# shares of the height that two pieces have together. Pieces that share more of the narrower one's width lie
# above each other.
_LEAST_OVERLAP = 0.25
# Digits beside each other each have most of the height: a piece that is lower than this may be part of
# another, and the lower it is, the farther away the other may be.
_DIGIT_HEIGHT = 0.7
_REACH_PER_HEIGHT = 2.0
_LEAST_REACH, _MOST_REACH = 0.03, 0.4
# Points of a stroke are no farther apart, as shares of the drawing's height.
_SPACING = 1 / 32
# A band of writing that is lower than this share of the highest is a piece of the nearest row: a dot, a bar.
_ROW_HEIGHT = 0.5
# Of this many pieces nobody would say that they are digits: a pattern, read as one.
_MOST_PIECES = 128


def split_polylines(polylines: Sequence[Polyline]) -> list[list[int]]:
    """Which strokes make up each digit.

    Args:
        polylines: (points, 2) each, none without a point.

    Returns:
        Numbers of strokes in the order of writing for each digit, the digits from left to right.
    """
    if len(polylines) < 2:
        return [[0]] if polylines else []
    return join_pieces(pieces_of_strokes(polylines))


def pieces_of_strokes(polylines: Sequence[Polyline]) -> list[Piece]:
    """Each stroke as a piece whose only member is its number."""
    boxes = [box_of(line) for line in polylines]
    left, top, right, bottom = around(boxes)
    spacing = max(bottom - top, (right - left) / 64) * _SPACING
    return [
        Piece(box, spaced(line, spacing), [index])
        for index, (box, line) in enumerate(zip(boxes, polylines, strict=True))
    ]


def nearness(a: Piece, b: Piece) -> float:
    """The distance between two pieces as a share of that at which they are separated, which is 1."""
    height = max(a.box[3], b.box[3]) - min(a.box[1], b.box[1])
    lower = min(a.box[3] - a.box[1], b.box[3] - b.box[1])
    missing = _DIGIT_HEIGHT * height - lower
    near = min(_MOST_REACH * height, max(_LEAST_REACH * height, _REACH_PER_HEIGHT * missing))
    apart = distance(a, b, near)
    return min(1.0, apart / near) if near > 0 else float(apart > 0)


def join_pieces(
    pieces: Sequence[Piece], measure: Callable[[Piece, Piece], float] = nearness
) -> list[list[int]]:
    """The members of each digit, in ascending order, the digits from left to right.

    Args:
        pieces: Of one row, or of all.
        measure: `nearness`, or what has kept its answers.
    """
    joined = _join_above_each_other(pieces)
    if len(joined) > _MOST_PIECES:
        joined = [_all_of(joined)]
    joined = _join_near(joined, measure)
    joined.sort(key=lambda piece: piece.box[0] + piece.box[2])
    return [sorted(piece.members) for piece in joined]


def join_rows(pieces: Sequence[Piece]) -> list[list[list[int]]]:
    """The digits as `join_pieces` gives them, for each row of writing from top to bottom.

    Rows are separated where no piece crosses the gap between them and each has two digits or more: what is
    above and below such a gap may as well be two halves of one digit.
    """
    bands = _bands(pieces)
    rows = [join_pieces(band) for band in bands]
    return rows if len(rows) > 1 and min(map(len, rows)) > 1 else [join_pieces(pieces)]


def _bands(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces, from top to bottom, between which there is a gap from side to side, lower ones joined."""
    bands: list[list[Piece]] = []
    end = -np.inf
    for piece in sorted(pieces, key=lambda piece: piece.box[1]):
        if piece.box[1] > end:
            bands.append([])
        bands[-1].append(piece)
        end = max(end, piece.box[3])
    limits = [_limits(band) for band in bands]
    least = _ROW_HEIGHT * max((bottom - top for top, bottom in limits), default=0.0)
    rows = [place for place, (top, bottom) in enumerate(limits) if bottom - top >= least]
    joined: dict[int, list[Piece]] = {place: [] for place in rows}
    for band, (top, bottom) in zip(bands, limits, strict=True):
        nearest = min(rows, key=lambda row: max(limits[row][0] - bottom, top - limits[row][1]))
        joined[nearest] += band
    return list(joined.values())


def _limits(band: Sequence[Piece]) -> tuple[float, float]:
    return min(piece.box[1] for piece in band), max(piece.box[3] for piece in band)


def _join_above_each_other(pieces: Sequence[Piece]) -> list[Piece]:
    """From left to right, so that a piece need only be compared with those that reach beyond its left end."""
    joined: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.box[0]):
        growing = piece
        for index in range(len(joined) - 1, -1, -1):
            if _lie_above_each_other(joined[index].box, growing.box):
                growing = joined.pop(index).joined(growing)
        joined.append(growing)
    return joined


def _lie_above_each_other(a: Box, b: Box) -> bool:
    overlap = min(a[2], b[2]) - max(a[0], b[0])
    narrower = min(a[2] - a[0], b[2] - b[0])
    return overlap >= 0 and overlap >= _LEAST_OVERLAP * narrower


def _join_near(pieces: list[Piece], measure: Callable[[Piece, Piece], float]) -> list[Piece]:
    """Join the nearest two as long as any are near enough."""
    kept = dict(enumerate(pieces))
    shares: dict[tuple[int, int], float] = {}

    def note(first: int, second: int) -> None:
        share = measure(kept[first], kept[second])
        if share < 1:
            shares[first, second] = share

    for first in range(len(pieces)):
        for second in range(first + 1, len(pieces)):
            note(first, second)
    while shares:
        first, second = min(shares, key=lambda pair: (shares[pair], pair))
        kept[first] = kept[first].joined(kept.pop(second))
        for pair in [pair for pair in shares if first in pair or second in pair]:
            del shares[pair]
        for other in kept:
            if other != first:
                note(min(first, other), max(first, other))
    return list(kept.values())


def _all_of(pieces: Sequence[Piece]) -> Piece:
    members = [member for piece in pieces for member in piece.members]
    return Piece(
        around([piece.box for piece in pieces]), np.concatenate([piece.points for piece in pieces]), members
    )
