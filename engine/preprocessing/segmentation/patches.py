"""Patches: the ink of a picture to rows of digits, where digits may touch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.normaliser import centre, fit_pictures
from engine.preprocessing.photographs.connected_components import find_runs
from engine.preprocessing.photographs.pen_width import stroke_width
from engine.preprocessing.photographs.soft_edges import find_soft_patches
from engine.preprocessing.segmentation.joining import join_pieces
from engine.preprocessing.segmentation.marks import find_marks, placed
from engine.preprocessing.segmentation.pieces import Box, Piece, around, distance
from engine.preprocessing.segmentation.relations import REACH, relate, row_height, row_looseness
from engine.preprocessing.segmentation.rows import rows_of
from engine.preprocessing.segmentation.scores import Looked, Looks, Scorer
from engine.preprocessing.segmentation.seams import find_seams
from engine.preprocessing.segmentation.solving import Chosen, solve

# Of so many patches nobody would say that they are digits: shapes alone decide.
_MOST_PATCHES = 40
# A patch that is narrower than this share of the row's height is one digit at most; one that is wider than
# the other share is more than one, whatever a network says that knows nothing but digits.
_LEAST_WIDTH_OF_TWO, _WIDTH_OF_TWO = 0.4, 1.0
_DOUBTFUL = math.log(0.5)


@dataclass(frozen=True, slots=True)
class PatchRow:
    """One line of writing in a picture.

    Attributes:
        boxes: Of each digit, from left to right, in pixels.
        inks: (height, width) float32 each, the digit's ink, 0 background to 1 ink, cut out along its box.
        looks: At each digit.
        marks: The place of the digit that each mark stands before, and its sign.
        left_out: How many small marks were left out.
    """

    boxes: list[Box]
    inks: list[NDArray[np.float32]]
    looks: list[Looked]
    marks: list[tuple[int, str]]
    left_out: int


class _Sheet:
    """A picture whose pixels belong to numbered pieces, which may be cut further."""

    def __init__(self, ink: NDArray[np.float32]) -> None:
        self.ink = ink
        found = find_soft_patches(ink)
        self.labels = found.labels.copy()
        self.pieces = {
            place: Piece(_box(*box), outline, [place])
            for place, (box, outline) in enumerate(zip(found.boxes.tolist(), found.outlines, strict=True))
        }

    def cut_out(self, members: Sequence[int]) -> tuple[Box, NDArray[np.float32]]:
        """The box around some pieces, and their ink in it."""
        box = around([self.pieces[member].box for member in members])
        left, top, right, bottom = map(int, box)
        window = slice(top, bottom), slice(left, right)
        labels = self.labels[window]
        own = np.isin(labels, members) if len(members) > 1 else labels == members[0]
        return box, np.where(own, self.ink[window], np.float32(0))

    def cut(self, member: int) -> list[tuple[int, float]]:
        """Cut a piece along its seams.

        Returns:
            The pieces in its place from left to right, itself the first, and how many widths of a stroke the
            seam on the left of each crosses; only itself where there is no seam.
        """
        (left, top, right, bottom), ink = self.cut_out([member])
        seams = find_seams(ink.astype(np.float64), max(stroke_width(ink), 1.0))
        if not seams:
            return [(member, 0.0)]
        window = slice(int(top), int(bottom)), slice(int(left), int(right))
        columns = np.arange(ink.shape[1])
        side = sum((columns >= seam.columns[:, None]).astype(np.int64) for seam in seams)
        labels, first = self.labels[window], max(self.pieces) + 1
        is_own = labels == member
        parts: list[tuple[int, float]] = []
        for place in range(len(seams) + 1):
            is_part = is_own & (side == place)
            if not is_part.any():
                continue
            number = member if not parts else first + place
            labels[is_part] = number
            rows, starts, ends = find_runs(is_part)
            points = np.concatenate([np.column_stack([x + left, rows + 0.5 + top]) for x in (starts, ends)])
            box = _box(left + starts.min(), top + rows.min(), left + ends.max(), top + rows.max() + 1)
            self.pieces[number] = Piece(box, points, [number])
            parts.append((number, seams[place - 1].crossed if place else 0.0))
        return parts


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    return float(left), float(top), float(right), float(bottom)


def part_patches(ink: NDArray[np.float32], scorer: Scorer) -> list[PatchRow]:
    """The rows of a picture, from top to bottom.

    Args:
        ink: (height, width), 0 background to 1 ink, not without ink.
        scorer: Says what may be a digit.
    """
    sheet, looks = _Sheet(ink), Looks(scorer)
    numbers = list(sheet.pieces)
    rows = rows_of([sheet.pieces[number] for number in numbers])
    if len(rows) > 1:
        found = [_row(sheet, [numbers[place] for place in row], looks) for row in rows]
        is_certain = all(map(_is_certain, found))
        if is_certain and max(len(row.boxes) for row in found) > 1:
            return found
        sheet = _Sheet(ink)
        looks.forget()
        whole = _row(sheet, numbers, looks)
        # A digit below a digit, or one whose upper and lower half are apart.
        return found if is_certain and scorer.knows_others and not _is_certain(whole) else [whole]
    return [_row(sheet, numbers, looks)]


def _is_certain(row: PatchRow) -> bool:
    """Whether this is a line of writing, and not the upper or the lower half of one."""
    return len(row.boxes) > 1 or row.looks[0].likelihood >= _DOUBTFUL


def _row(sheet: _Sheet, numbers: list[int], looks: Looks) -> PatchRow:
    pieces = _placed(sheet, numbers)
    height = row_height(pieces, join_pieces(pieces))
    marks = find_marks(pieces, height)
    taken = {mark.piece for mark in marks}
    spots = [((pieces[mark.piece].box[0] + pieces[mark.piece].box[2]) / 2, mark.sign) for mark in marks]
    digits = _digits(sheet, [n for place, n in enumerate(numbers) if place not in taken], height, looks)
    cut = [sheet.cut_out(members) for members, _ in digits]
    boxes = [box for box, _ in cut]
    read, left_out = placed(spots, boxes)
    return PatchRow(boxes, [one for _, one in cut], [looked for _, looked in digits], read, len(left_out))


def _digits(sheet: _Sheet, numbers: list[int], height: float, looks: Looks) -> list[tuple[list[int], Looked]]:
    """The pieces of each digit of a row without its marks, and what the network says of it."""
    groups = join_pieces(_placed(sheet, numbers))
    if len(numbers) > _MOST_PATCHES:
        members = [[numbers[place] for place in group] for group in groups]
        return list(zip(members, _look(sheet, members, looks), strict=True))
    looseness = row_looseness(_placed(sheet, numbers), groups, height)
    chosen = _solved(sheet, numbers, height, looseness, groups, np.zeros((len(numbers),) * 2), looks)
    parts: list[int] = []
    owners: list[int] = []
    crossed: list[float] = []
    doubtful = {place for one in chosen if _may_be_two(one, looks.scorer) for place in one.members}
    for place, number in enumerate(numbers):
        is_wide = sheet.pieces[number].width >= _LEAST_WIDTH_OF_TWO * height
        is_two = sheet.pieces[number].width >= _WIDTH_OF_TWO * height
        may_cut = is_two or (is_wide and place in doubtful)
        for part, through in sheet.cut(number) if may_cut else [(number, 0.0)]:
            parts.append(part)
            owners.append(place)
            crossed.append(through)
    if len(parts) > len(numbers):
        cuts = np.zeros((len(parts), len(parts)))
        for place in range(1, len(parts)):
            if owners[place] == owners[place - 1]:
                cuts[place, place - 1] = cuts[place - 1, place] = 1 + crossed[place]
        spans = [[place for place, owner in enumerate(owners) if owner in one.members] for one in chosen]
        looks.forget()
        numbers, chosen = (
            parts,
            _solved(sheet, parts, height, looseness, [*spans, *_runs(owners)], cuts, looks),
        )
    return [([numbers[place] for place in one.members], one.looked) for one in chosen]


def _runs(owners: list[int]) -> list[list[int]]:
    """Neighbouring parts of one piece."""
    return [
        list(range(first, last + 1))
        for first in range(len(owners))
        for last in range(first + 1, len(owners))
        if owners[first] == owners[last]
    ]


def _may_be_two(one: Chosen, scorer: Scorer) -> bool:
    return one.looked.likelihood < _DOUBTFUL if scorer.knows_others else one.looked.best < _DOUBTFUL


def _solved(
    sheet: _Sheet,
    numbers: list[int],
    height: float,
    looseness: float,
    wanted: Sequence[Sequence[int]],
    cuts: NDArray[np.float64],
    looks: Looks,
) -> list[Chosen]:
    pieces = [sheet.pieces[number] for number in numbers]

    def apart(one: int, other: int) -> float:
        return distance(pieces[one], pieces[other], REACH * height)

    def look(candidates: Sequence[list[int]]) -> list[Looked]:
        return _look(sheet, [[numbers[place] for place in members] for members in candidates], looks)

    relations = relate(pieces, height, apart, looseness, cuts)
    return solve(relations, look, looks.scorer.knows_others, False, wanted)


def _look(sheet: _Sheet, candidates: Sequence[list[int]], looks: Looks) -> list[Looked]:
    def normalise(places: Sequence[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        fitted = fit_pictures([sheet.cut_out(candidates[place])[1] for place in places])
        return fitted, centre(fitted)

    return looks.at([frozenset(members) for members in candidates], normalise)


def _placed(sheet: _Sheet, numbers: Sequence[int]) -> list[Piece]:
    """Pieces whose only member is their place."""
    return [
        Piece(sheet.pieces[number].box, sheet.pieces[number].points, [place])
        for place, number in enumerate(numbers)
    ]
