"""Candidates: the sets of pieces of a row that may be a digit, and their shapes as numbers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.segmentation.relations import REACH, Relations

# No digit is wider, as a share of the row's height.
_MOST_WIDTH = 1.6
# Nobody draws a digit in more strokes, unless they lie on each other.
_MOST_MEMBERS = 4
_MOST_CANDIDATES = 160
# Of a set that NumPy knows as a number.
_BITS = 62
# Ink of one digit is nearer than this.
_NEAR = 0.15
# A digit is at least this high, and no wider than high.
_DIGIT_HEIGHT, _DIGIT_WIDTH = 0.75, 1.0

# How many pieces more than one; how much they lie above each other, are near, and would be joined by their
# shapes alone, summed over all pairs; the loneliest piece's distance to another, in all and across; how much
# too low or too wide it is; whether it is all there is; nearness in a row whose digits are written apart; and
# the cuts that it leaves undone, with the ink that these would cross.
FEATURES = (
    "one more",
    "overlap",
    "near",
    "joined",
    "gap",
    "space",
    "low",
    "wide",
    "whole",
    "apart",
    "cut",
    "crossed",
)


def propose(relations: Relations, wanted: Iterable[int] = ()) -> list[int]:
    """Sets of pieces, as bits: each piece by itself, `wanted` ones, and what hangs together.

    Args:
        relations: Of the pieces.
        wanted: Sets that are candidates in any case.
    """
    count = len(relations.boxes)
    lefts, rights = relations.boxes[:, 0].tolist(), relations.boxes[:, 2].tolist()
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for piece, other in zip(*map(np.ndarray.tolist, np.nonzero(relations.apart < REACH)), strict=True):
        neighbours[piece].append(other)
    found = {1 << piece: None for piece in range(count)}
    for members in wanted:
        found[members] = None
    level = [(1 << piece, lefts[piece], rights[piece], frozenset((piece,))) for piece in range(count)]
    for _ in range(_MOST_MEMBERS - 1):
        grown = {}
        for members, left, right, own in level:
            for piece in own:
                for other in neighbours[piece]:
                    larger = members | 1 << other
                    if larger == members or larger in grown:
                        continue
                    low, high = min(left, lefts[other]), max(right, rights[other])
                    if high - low <= _MOST_WIDTH:
                        grown[larger] = larger, low, high, own | {other}
        level = list(grown.values())
        for members, *_ in level:
            found[members] = None
        if len(found) > _MOST_CANDIDATES:
            break
    return list(found)


def memberships(pieces: int, candidates: list[int]) -> NDArray[np.bool_]:
    """Which pieces each candidate has: (candidates, pieces)."""
    if pieces <= _BITS:
        return (np.array(candidates)[:, None] >> np.arange(pieces) & 1).astype(bool)
    table = np.zeros((len(candidates), pieces), dtype=bool)
    for row, members in zip(table, candidates, strict=True):
        while members:
            lowest = members & -members
            row[lowest.bit_length() - 1] = True
            members ^= lowest
    return table


def shapes(relations: Relations, are_members: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What is known of candidates without a network: (candidates, `FEATURES`).

    Args:
        relations: Of the pieces.
        are_members: (candidates, pieces), not a row without a piece.
    """
    boxes, apart = relations.boxes, relations.apart
    own = are_members[:, :, None]
    low = np.where(own, boxes[None, :, :2], np.inf).min(axis=1)
    high = np.where(own, boxes[None, :, 2:], -np.inf).max(axis=1)
    width, height = (high - low).T
    lefts, rights = boxes[:, 0], boxes[:, 2]
    overlap = np.minimum(rights[:, None], rights) - np.maximum(lefts[:, None], lefts)
    widths = rights - lefts
    narrower = np.maximum(np.minimum(widths[:, None], widths), 0.02)
    tables = [
        np.clip(overlap / narrower, 0.0, 1.0),
        np.clip(1 - apart / _NEAR, 0.0, 1.0),
        relations.joined.astype(np.float64),
    ]
    is_cut = relations.cuts > 0
    if is_cut.any():
        tables += [is_cut.astype(np.float64), np.where(is_cut, relations.cuts - 1, 0.0)]
    pairs = np.stack(tables)
    pairs[:, np.arange(len(boxes)), np.arange(len(boxes))] = 0.0
    members = are_members.astype(np.float64)
    shared, near, joined, *between = (members @ pairs * members).sum(axis=2) / 2
    cut, crossed = between or (np.zeros(len(members)),) * 2
    is_itself = np.eye(len(boxes), dtype=bool)
    return np.column_stack(
        [
            members.sum(axis=1) - 1,
            shared,
            near,
            joined,
            _farthest(apart, are_members, is_itself),
            np.maximum(0.0, _farthest(np.maximum(-overlap, 0.0), are_members, is_itself)),
            np.maximum(0.0, _DIGIT_HEIGHT - height),
            np.maximum(0.0, width - _DIGIT_WIDTH * np.maximum(height, _DIGIT_HEIGHT)),
            are_members.all(axis=1) & (len(boxes) > 1),
            near * relations.looseness,
            cut,
            crossed,
        ]
    )


def _farthest(
    apart: NDArray[np.float64], are_members: NDArray[np.bool_], is_itself: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """How far the loneliest piece of each candidate is from its nearest one; 0 for a single piece."""
    others = np.where(is_itself, np.inf, np.minimum(apart, REACH))
    nearest = np.where(are_members[:, None, :], others, np.inf).min(axis=2)
    farthest: NDArray[np.float64] = np.where(are_members & np.isfinite(nearest), nearest, 0.0).max(axis=1)
    return farthest
