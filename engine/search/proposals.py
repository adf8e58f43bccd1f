"""Proposals: points of a space that a search is to try, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.search.space import Point


@dataclass(frozen=True, slots=True)
class Proposal:
    """A point to be tried.

    Attributes:
        number: From 0 on.
        point: Its values.
    """

    number: int
    point: Point


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a point.

    Attributes:
        number: Of its proposal.
        point: Its values.
        score: Mean over its seeds, or None where it failed.
        epochs: After how many of them that was, of a point that was given up early; else None.
    """

    number: int
    point: Point
    score: float | None
    epochs: int | None = None


def numbers_of(known: Sequence[Tried], under_way: Sequence[Proposal]) -> set[int]:
    """Of all proposals that were made already."""
    return {each.number for each in known} | {each.number for each in under_way}
