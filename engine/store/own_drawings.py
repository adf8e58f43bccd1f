"""Own drawings: what the user drew and labelled, as a training takes it, and nothing that visitors drew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.data.drawing_names import SET_NAME
from engine.store.drawings import VISITOR, Drawing, Drawings

if TYPE_CHECKING:
    from engine.data.pen_digits import PenDigits


@dataclass(frozen=True, slots=True, eq=False)
class OwnDrawings:
    """Those of a moment.

    Attributes:
        key: Number and label of each: the same while no drawing comes, goes or is labelled anew.
        digits: The drawings, oldest first.
    """

    key: tuple[tuple[int, int], ...]
    digits: PenDigits


def read_own_drawings(drawings: Drawings) -> OwnDrawings:
    """All that are not deleted, oldest first. Takes a second for some ten thousand; any thread may ask.

    Raises:
        StoreError: The store cannot be read.
    """
    own = [each for each in reversed(drawings.entries()) if each.writer != VISITOR]
    return OwnDrawings(tuple((each.id, each.label) for each in own), pen_digits_of(own, SET_NAME))


def pen_digits_of(drawings: Sequence[Drawing], name: str) -> PenDigits:
    """Drawings of the store as what pictures are made of, called `name`."""
    from engine.data.pen_digits import PenDigits

    return PenDigits(
        tuple(drawing.ink for drawing in drawings),
        tuple(drawing.label for drawing in drawings),
        tuple(drawing.writer for drawing in drawings),
        name=name,
    )
