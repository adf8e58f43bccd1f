"""Rows: which pieces stand in one line of writing."""

from __future__ import annotations

from collections.abc import Sequence

from engine.preprocessing.segmentation.pieces import Box, Piece, around

# What is lower than this share of the highest piece goes with the row that is nearest: a dot, a bar.
_TALL = 0.5
# Beside each other in a row, two pieces share at least this much of the lower one's height.
_LEAST_SHARED = 0.35
# Between rows is paper: at least this share of a piece's height, wherever one is above another.
_LEAST_GAP = 0.08


def rows_of(pieces: Sequence[Piece]) -> list[list[int]]:
    """Places of the pieces of each row, rows from top to bottom; a row may rise or fall from left to right.

    All are one row unless there is paper between any two rows, since what is above each other may as well be
    parts of one digit.
    """
    everything = [list(range(len(pieces)))]
    highest = max((piece.height for piece in pieces), default=0.0)
    tall = [place for place, piece in enumerate(pieces) if piece.height >= _TALL * highest]
    if len(tall) < 2 or not highest > 0:
        return everything
    rows: list[list[int]] = []
    for place in sorted(tall, key=lambda place: pieces[place].box[0] + pieces[place].box[2]):
        shares = [_shared(pieces[row[-1]].box, pieces[place].box) for row in rows]
        best = max(range(len(rows)), key=shares.__getitem__, default=None)
        if best is not None and shares[best] >= _LEAST_SHARED:
            rows[best].append(place)
        else:
            rows.append([place])
    rows = _merged(rows, pieces)
    if len(rows) < 2:
        return everything
    is_placed = {place for row in rows for place in row}
    for place in range(len(pieces)):
        if place not in is_placed:
            _nearest(rows, pieces, pieces[place].box).append(place)
    rows.sort(key=lambda row: _middle(around([pieces[place].box for place in row])))
    are_apart = all(
        _are_apart([pieces[place] for place in one], [pieces[place] for place in other], highest)
        for index, one in enumerate(rows)
        for other in rows[index + 1 :]
    )
    return [sorted(row) for row in rows] if are_apart else everything


def _shared(a: Box, b: Box) -> float:
    """How much of the lower one's height two boxes share; below 0 for none."""
    return (min(a[3], b[3]) - max(a[1], b[1])) / min(a[3] - a[1], b[3] - b[1])


def _middle(box: Box) -> float:
    return box[1] + box[3]


def _merged(rows: list[list[int]], pieces: Sequence[Piece]) -> list[list[int]]:
    """Rows that share their height are one: its left end was taken for another."""
    merged: list[list[int]] = []
    for row in rows:
        box = around([pieces[place].box for place in row])
        for other in merged:
            if _shared(around([pieces[place].box for place in other]), box) >= _LEAST_SHARED:
                other += row
                break
        else:
            merged.append(list(row))
    return merged


def _nearest(rows: list[list[int]], pieces: Sequence[Piece], box: Box) -> list[int]:
    """The row one of whose pieces is nearest to a box."""

    def apart(place: int) -> float:
        other = pieces[place].box
        across = max(0.0, other[0] - box[2], box[0] - other[2])
        down = max(0.0, other[1] - box[3], box[1] - other[3])
        return across + 2 * down

    return min(rows, key=lambda row: min(map(apart, row)))


def _are_apart(upper: Sequence[Piece], lower: Sequence[Piece], height: float) -> bool:
    """Whether there is paper between two rows wherever one is above the other."""
    return all(
        b.box[1] - a.box[3] >= _LEAST_GAP * height
        for a in upper
        for b in lower
        if a.box[0] < b.box[2] and b.box[0] < a.box[2]
    )
