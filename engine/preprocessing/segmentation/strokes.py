"""Strokes: a drawing to rows of digits, while it is drawn."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import centre
from engine.preprocessing.rasteriser import Polyline
from engine.preprocessing.segmentation.joining import join_pieces
from engine.preprocessing.segmentation.known_strokes import Known, KnownStrokes, StrokePart
from engine.preprocessing.segmentation.marks import find_marks, placed
from engine.preprocessing.segmentation.pieces import Box, Piece, around
from engine.preprocessing.segmentation.relations import relate, row_height, row_looseness
from engine.preprocessing.segmentation.rows import rows_of
from engine.preprocessing.segmentation.scores import Looked, Scorer
from engine.preprocessing.segmentation.solving import Chosen, solve

# Of so many strokes nobody would say that they are digits: shapes alone decide.
_MOST_STROKES = 40
# A stroke that is narrower than this share of the row's height is one digit at most.
_LEAST_WIDTH_OF_TWO = 0.5
# One by itself is asked about only from this width on: as wide as high, no digit is.
_WIDTH_OF_TWO = 0.95
# What is less probable than this may be two digits.
_DOUBTFUL = math.log(0.5)
# A straight stretch between two digits of one stroke may be left out, and so may a stroke that has begun.
_LIGATURE, _STRAIGHT, _BEGUN = -6.0, 0.95, -4.0
# See `engine.preprocessing.number`.
_DIGIT_HEIGHT = 0.8
# One digit's box is marked nowhere.
_NOWHERE = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class StrokeRow:
    """One line of writing.

    Attributes:
        digits: The parts of each digit, from left to right.
        looks: At each digit; empty where no network was asked.
        marks: The place of the digit that each mark stands before, and its sign.
        left_out: How many small marks were left out.
        boxes: Around each digit, in the unit of the strokes.
    """

    digits: list[list[StrokePart]]
    looks: list[Looked]
    marks: list[tuple[int, str]]
    left_out: int
    boxes: list[Box]


class StrokeParter:
    """Parts one drawing after another, of which each is mostly the one before.

    Attributes:
        scorer: Says what may be a digit.
    """

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self._strokes = KnownStrokes(scorer)

    def forget(self) -> None:
        """The network is another one."""
        self._strokes.forget()

    def lines(self, ink: Ink) -> list[Polyline]:
        """The strokes of a drawing, (points, 2) float64 each; the same stroke is the same array again."""
        return self._strokes.lines(ink)

    def part(self, polylines: Sequence[Polyline], is_writing: bool = False) -> list[StrokeRow]:
        """The rows of a drawing, from top to bottom.

        Args:
            polylines: (points, 2) each, none without a point, at least one; an array of the drawing before is
                taken for the stroke that it was then.
            is_writing: Whether the last one goes on.
        """
        self._strokes.begin(polylines)
        if is_writing and len(polylines) == 1:
            # Whether it is to be two digits shows when it is done; until then nothing keeps the pen waiting.
            return [StrokeRow([[StrokePart(0, 0, len(polylines[0]))]], [], [], 0, [_NOWHERE])]
        known = self._strokes.whole(polylines)
        rows = rows_of([each.piece for each in known])
        if len(rows) > 1:
            found = [self._row([known[place] for place in row], polylines, is_writing, True) for row in rows]
            if all(map(_is_certain, found)):
                if max(len(row.digits) for row in found) > 1:
                    return found
                # A digit below a digit, or one whose upper and lower half are apart.
                whole = self._row(known, polylines, is_writing)
                is_one = not self.scorer.knows_others or _is_certain(whole)
                return [whole] if is_one else found
        return [self._row(known, polylines, is_writing)]

    def normalised(
        self, digits: Sequence[Sequence[StrokePart]], polylines: Sequence[Polyline]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Digits of the drawing that was parted last, at which no network has looked.

        Returns:
            (digits, FIELD, FIELD) float32, fitted to the box, and (digits, 784) float32, what a network sees.
        """
        lines = [[polylines[part.stroke][part.start : part.stop] for part in digit] for digit in digits]
        fitted = self._strokes.fitted(digits, lines)
        return fitted, centre(fitted)

    def _row(
        self,
        known: list[Known],
        polylines: Sequence[Polyline],
        is_writing: bool,
        is_one_of_several: bool = False,
    ) -> StrokeRow:
        pieces = _numbered(known)
        groups = join_pieces(pieces, self._strokes.nearness(known))
        height = row_height(pieces, groups)
        last = len(polylines) - 1
        marks = [
            mark
            for mark in (find_marks(pieces, height) if height > 0 else ())
            if not (is_writing and known[mark.piece].part.stroke == last)
        ]
        if not marks:
            return self._digits(known, groups, height, polylines, is_writing, is_one_of_several)
        taken = {mark.piece for mark in marks}
        others = [each for place, each in enumerate(known) if place not in taken]
        groups = join_pieces(_numbered(others), self._strokes.nearness(others))
        row = self._digits(others, groups, height, polylines, is_writing, is_one_of_several)
        spots = [pieces[mark.piece].box for mark in marks]
        signs = [((box[0] + box[2]) / 2, mark.sign) for box, mark in zip(spots, marks, strict=True)]
        read, left_out = placed(signs, row.boxes)
        return replace(row, marks=read, left_out=len(left_out))

    def _digits(
        self,
        known: list[Known],
        groups: list[list[int]],
        height: float,
        polylines: Sequence[Polyline],
        is_writing: bool,
        is_one_of_several: bool,
    ) -> StrokeRow:
        """The digits of a row without its marks."""
        pieces = _numbered(known)
        is_narrow = len(known) == 1 and pieces[0].width < _WIDTH_OF_TWO * pieces[0].height
        is_one = is_narrow and not is_one_of_several
        if is_one or len(known) > _MOST_STROKES or not height > 0:
            return _row_of([[known[place] for place in group] for group in groups], [])
        begun = [
            place
            for place, each in enumerate(known)
            if is_writing and each.part.stroke == len(polylines) - 1 and len(known) > 1
        ]
        optional = {place: _BEGUN for place in begun if pieces[place].height < _DIGIT_HEIGHT * height}
        looseness = row_looseness(pieces, groups, height)
        chosen = self._solved(known, pieces, height, looseness, groups, optional)
        known, chosen = self._cut(known, chosen, height, looseness, polylines, begun)
        kept = [one for one in chosen if not one.is_left_out] or chosen
        return _row_of(
            [[known[place] for place in one.members] for one in kept], [one.looked for one in kept]
        )

    def _solved(
        self,
        known: list[Known],
        pieces: list[Piece],
        height: float,
        looseness: float,
        wanted: Sequence[Sequence[int]],
        optional: dict[int, float],
        cuts: NDArray[np.float64] | None = None,
    ) -> list[Chosen]:
        def apart(one: int, other: int) -> float:
            return self._strokes.apart(known[one], known[other])

        def look(candidates: Sequence[list[int]]) -> list[Looked]:
            return self._strokes.look([[known[place] for place in members] for members in candidates])

        relations = relate(pieces, height, apart, looseness, cuts)
        return solve(relations, look, self.scorer.knows_others, True, wanted, optional)

    def _cut(
        self,
        known: list[Known],
        chosen: list[Chosen],
        height: float,
        looseness: float,
        polylines: Sequence[Polyline],
        begun: Sequence[int],
    ) -> tuple[list[Known], list[Chosen]]:
        """The same once more with strokes cut that may be two digits, if there are any."""
        places: dict[int, list[int]] = {}
        for one in chosen:
            if one.is_left_out:
                continue
            is_doubtful = one.looked.likelihood < _DOUBTFUL
            if self.scorer.knows_others and not is_doubtful:
                continue
            for member in one.members:
                piece = known[member].piece
                may_be_two = is_doubtful and member not in begun
                if piece.width >= (_LEAST_WIDTH_OF_TWO if may_be_two else _WIDTH_OF_TWO) * height:
                    cuts = self._strokes.cut_places(known[member], height)
                    if cuts:
                        places[member] = cuts
        if not places:
            return known, chosen
        parts: list[Known] = []
        wanted: list[list[int]] = []
        owners: list[int] = []
        optional: dict[int, float] = {}
        for member, each in enumerate(known):
            first = len(parts)
            ends = [0, *places.get(member, []), len(each.line) - 1]
            for start, end in itertools.pairwise(ends) if member in places else ():
                part = StrokePart(each.part.stroke, start, end + 1)
                parts.append(self._strokes.part(part, polylines[part.stroke], each.key[0]))
                is_between = start > 0 and end < len(each.line) - 1
                if is_between and self._strokes.straightness(parts[-1]) >= _STRAIGHT:
                    optional[len(parts) - 1] = _LIGATURE
            if member not in places:
                parts.append(each)
            owners += [member] * (len(parts) - first)
            spans = range(first, len(parts))
            wanted += [list(range(a, b + 1)) for a in spans for b in spans if b > a]
        for one in chosen:
            wanted.append([place for place, owner in enumerate(owners) if owner in one.members])
        pieces = _numbered(parts)
        cuts_between = np.zeros((len(parts), len(parts)))
        for place in range(1, len(parts)):
            if owners[place] == owners[place - 1]:
                cuts_between[place, place - 1] = cuts_between[place - 1, place] = 1.0
        return parts, self._solved(parts, pieces, height, looseness, wanted, optional, cuts_between)


def _numbered(known: Sequence[Known]) -> list[Piece]:
    """The pieces, each with its place as its only member."""
    return [Piece(each.piece.box, each.piece.points, [place]) for place, each in enumerate(known)]


def _row_of(digits: list[list[Known]], looks: list[Looked]) -> StrokeRow:
    """A row without marks."""
    parts = [[each.part for each in digit] for digit in digits]
    boxes = [around([each.piece.box for each in digit]) for digit in digits]
    return StrokeRow(parts, looks, [], 0, boxes)


def _is_certain(row: StrokeRow) -> bool:
    """Whether this is a line of writing, and not the upper or the lower half of one."""
    return len(row.digits) > 1 or (bool(row.looks) and row.looks[0].likelihood >= _DOUBTFUL)
