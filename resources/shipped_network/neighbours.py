"""Neighbours: two digits taken for one, and a digit with a piece of the next, which are no digits either.

Numbers are parted by asking the network what could be a digit, so it has to know what is too much.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.preprocessing.rasteriser import Polyline

Drawing = Sequence[Polyline]
# Between two digits, as a share of their height: mean and deviation.
_GAP, _GAP_DEVIATION = 0.03, 0.12
# Farther in, a 1 would be the stroke through a zero.
_LEAST_GAP = -0.15
_SIZE_DEVIATION, _LINE_DEVIATION = 0.1, 0.08
# A flat digit, such as a lying line, is not blown up to the height of the others.
_LEAST_HEIGHT = 0.4
# Of these one is a digit with a piece of its neighbour, of the others two whole digits.
_PIECE_ONE_IN = 4
_LEAST_PIECE, _MOST_PIECE = 0.25, 0.7


def make_neighbours(
    drawings: Sequence[Drawing], writers: Sequence[str], count: int, random: np.random.Generator
) -> list[list[Polyline]]:
    """Put two digits of one writer beside each other, so many times.

    Args:
        drawings: Digits: the strokes of each, (points, 2).
        writers: Of each.
        count: How many pairs.
        random: Source of all that is chosen.

    Returns:
        The strokes of each pair, of which one digit may have lost a part.
    """
    of_writer: dict[str, list[int]] = {}
    for place, writer in enumerate(writers):
        of_writer.setdefault(writer, []).append(place)
    pairs = []
    for first in random.integers(len(drawings), size=count).tolist():
        own = of_writer[writers[first]]
        second = own[random.integers(len(own))]
        left, right = (_of_height_one(drawings[place], random) for place in (first, second))
        gap = max(_LEAST_GAP, random.normal(_GAP, _GAP_DEVIATION))
        if random.integers(_PIECE_ONE_IN) == 0:
            gap = abs(gap)  # a piece that lies within the digit would not be seen
            share = random.uniform(_LEAST_PIECE, _MOST_PIECE)
            if random.random() < 0.5:
                right = _side(right, share)
            else:
                left = [line * [-1, 1] for line in _side([line * [-1, 1] for line in left], share)]
        pairs.append(_beside(left, right, gap))
    return pairs


def _of_height_one(drawing: Drawing, random: np.random.Generator) -> list[Polyline]:
    points = np.concatenate(list(drawing))
    low, high = points.min(axis=0), points.max(axis=0)
    extent = float((high - low).max()) or 1.0
    height = max(float(high[1] - low[1]), _LEAST_HEIGHT * extent)
    size = random.normal(1, _SIZE_DEVIATION)
    return [
        (line - (low + high) / 2) / height * size + [0, random.normal(0, _LINE_DEVIATION)] for line in drawing
    ]


def _side(drawing: Drawing, share: float) -> list[Polyline]:
    """The left side of a digit: what lies left of this share of its width."""
    points = np.concatenate(list(drawing))
    left, right = float(points[:, 0].min()), float(points[:, 0].max())
    kept = [line[line[:, 0] <= left + share * (right - left)] for line in drawing]
    return [line for line in kept if len(line)]


def _beside(left: list[Polyline], right: list[Polyline], gap: float) -> list[Polyline]:
    end = max(float(line[:, 0].max()) for line in left)
    start = min(float(line[:, 0].min()) for line in right)
    return [*left, *(line + np.array([end + gap - start, 0]) for line in right)]
