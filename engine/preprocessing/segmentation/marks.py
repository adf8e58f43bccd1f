"""Marks: what stands between digits and is none: a decimal comma or point, a minus, a dash between groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.preprocessing.segmentation.pieces import Box, Piece

COMMA, POINT, DASH = ",", ".", "-"

# Lengths are shares of the row's height, places shares of it from its top. A point is no larger than this.
_POINT_SIZE = 0.16
_COMMA_WIDTH, _COMMA_HEIGHT = 0.25, 0.4
# A comma is higher than this, and than wide; its top is no higher than this.
_LEAST_COMMA, _COMMA_TOP = 0.12, 0.7
_POINT_PLACE = (0.72, 1.25)
_DASH_WIDTH, _DASH_HEIGHT, _DASH_PLACE = (0.15, 0.9), 0.16, (0.28, 0.72)
_DASH_STEEPNESS, _DASH_MARGIN = 0.4, 0.04
# Nothing stands above or below a mark, but for this share of its width, or of the height where it is narrow.
_MOST_COVERED = 0.2
_SLACK = 0.02


@dataclass(frozen=True, slots=True)
class Mark:
    """A small piece of a row that is no digit.

    Attributes:
        piece: Its place among the pieces of the row.
        sign: `COMMA`, `POINT`, `DASH`; empty for one that is small but says nothing where it stands.
    """

    piece: int
    sign: str


def find_marks(pieces: Sequence[Piece], height: float) -> list[Mark]:
    """The pieces of a row that may be marks, by their size and by where they stand.

    Args:
        pieces: Of one row.
        height: Of its digits.
    """
    tall = [piece for piece in pieces if piece.height >= height / 2]
    found = []
    for place, piece in enumerate(pieces):
        beside = [other for other in tall if other is not piece]
        if piece.height >= height / 2 or not beside or _is_covered(piece, pieces, height):
            continue
        sign = _sign(piece.box, _line_at(piece, beside), height)
        if sign == DASH and _is_covered(piece, pieces, height, -_DASH_MARGIN * height):
            continue  # the bar of a digit drawn in three strokes
        if sign:
            found.append(Mark(place, sign))
    return found


def _line_at(piece: Piece, tall: Sequence[Piece]) -> tuple[float, float]:
    """Top and bottom of the writing beside a piece: of the nearest on either side."""
    middle = (piece.box[0] + piece.box[2]) / 2
    left = [other for other in tall if other.box[0] + other.box[2] <= 2 * middle]
    right = [other for other in tall if other.box[0] + other.box[2] > 2 * middle]
    nearest = [max(left, key=lambda other: other.box[2])] if left else []
    nearest += [min(right, key=lambda other: other.box[0])] if right else []
    return (
        sum(other.box[1] for other in nearest) / len(nearest),
        sum(other.box[3] for other in nearest) / len(nearest),
    )


def _is_covered(piece: Piece, pieces: Sequence[Piece], height: float, allowed: float | None = None) -> bool:
    """Whether another piece is above or below a piece, or nearer beside it than -`allowed`."""
    if allowed is None:
        allowed = max(_MOST_COVERED * piece.width, _SLACK * height)
    return any(
        min(piece.box[2], other.box[2]) - max(piece.box[0], other.box[0]) > allowed
        for other in pieces
        if other is not piece
    )


def _sign(box: Box, line: tuple[float, float], height: float) -> str:
    left, top, right, bottom = box
    width, own = (right - left) / height, (bottom - top) / height
    middle = ((top + bottom) / 2 - line[0]) / (line[1] - line[0])
    if (
        _DASH_WIDTH[0] <= width <= _DASH_WIDTH[1]
        and own <= max(_DASH_HEIGHT, _DASH_STEEPNESS * width)
        and own < width
        and _DASH_PLACE[0] <= middle <= _DASH_PLACE[1]
    ):
        return DASH
    if not _POINT_PLACE[0] <= middle <= _POINT_PLACE[1]:
        return ""
    if max(width, own) <= _POINT_SIZE and own <= max(width, _LEAST_COMMA):
        return POINT
    is_low = (top - line[0]) / (line[1] - line[0]) >= _COMMA_TOP
    if is_low and width <= _COMMA_WIDTH and _LEAST_COMMA < own <= _COMMA_HEIGHT and own > width:
        return COMMA
    return ""


def placed(
    marks: Sequence[tuple[float, str]], digits: Sequence[Box]
) -> tuple[list[tuple[int, str]], list[tuple[float, str]]]:
    """Which marks say something where they stand, and which do not.

    A comma or point stands between two digits, once in a row; a dash before the first or between two.

    Args:
        marks: The middle of each, from left to right in the row, and its sign.
        digits: The boxes of the row's digits, from left to right.

    Returns:
        The place of the digit that each stands before, and its sign; and the others as they were given.
    """
    read: list[tuple[int, str]] = []
    others: list[tuple[float, str]] = []
    has_fraction = False
    for middle, sign in sorted(marks):
        place = sum(left + right < 2 * middle for left, _, right, _ in digits)
        fits = (
            place < len(digits) and (place > 0 or sign == DASH) and all(place != other for other, _ in read)
        )
        if sign != DASH:
            fits = fits and not has_fraction
            has_fraction = has_fraction or fits
        if fits:
            read.append((place, sign))
        else:
            others.append((middle, sign))
    return read, others
