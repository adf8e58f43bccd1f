"""Solving: the digits of one row, from its pieces, a network's scores and the shapes of candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.preprocessing.segmentation.candidates import memberships, propose, shapes
from engine.preprocessing.segmentation.judgement import are_hopeful, judge
from engine.preprocessing.segmentation.lattice import best_cover
from engine.preprocessing.segmentation.relations import Relations
from engine.preprocessing.segmentation.scores import Looked


@dataclass(frozen=True, slots=True)
class Chosen:
    """One candidate of the best segmentation.

    Attributes:
        members: Places of its pieces, in ascending order.
        looked: What the network says of it.
        is_left_out: Whether it was chosen because it may be left out.
    """

    members: list[int]
    looked: Looked
    is_left_out: bool = False


Look = Callable[[Sequence[list[int]]], list[Looked]]
"""Places of the pieces of each candidate to what the network says of it."""


def solve(
    relations: Relations,
    look: Look,
    knows_others: bool,
    are_strokes: bool,
    wanted: Sequence[Sequence[int]] = (),
    optional: Mapping[int, float] | None = None,
) -> list[Chosen]:
    """The best segmentation of a row, its digits from left to right.

    Args:
        relations: Of its pieces.
        look: Asked once, for all candidates.
        knows_others: Whether the network has learned what is no digit.
        are_strokes: Whether the pieces are strokes, and not patches of a picture.
        wanted: Places of pieces that are candidates in any case.
        optional: Pieces that may be left out, and with which score.
    """
    count = len(relations.boxes)
    required = {1 << place for place in range(count)}
    required |= {sum(1 << place for place in members) for members in wanted}
    candidates = propose(relations, required)
    are_members = memberships(count, candidates)
    forms = shapes(relations, are_members)
    is_kept = are_hopeful(forms, knows_others, are_strokes)
    is_kept |= np.array([candidate in required for candidate in candidates])
    are_members, forms = are_members[is_kept], forms[is_kept]
    candidates = [candidate for candidate, kept in zip(candidates, is_kept.tolist(), strict=True) if kept]
    members = [[place for place, is_one in enumerate(row) if is_one] for row in are_members.tolist()]
    looks = look(members)
    scores = judge(forms, looks, knows_others, are_strokes).tolist()
    left_out = set()
    for place, least in (optional or {}).items():
        alone = candidates.index(1 << place)
        if scores[alone] < least:
            scores[alone] = least
            left_out.add(alone)
    chosen = [
        Chosen(members[place], looks[place], place in left_out)
        for place in best_cover(count, candidates, scores)
    ]

    lefts, rights = relations.boxes[:, 0].tolist(), relations.boxes[:, 2].tolist()

    def middle(one: Chosen) -> float:
        left, right = min(lefts[place] for place in one.members), max(rights[place] for place in one.members)
        return float(left + right)

    return sorted(chosen, key=middle)
