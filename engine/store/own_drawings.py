"""Own drawings: what the user drew and labelled, as a training takes it, and nothing that visitors drew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.data.class_names import in_order
from engine.data.classes import DIGITS, Classes
from engine.data.drawing_names import ALL_SET_NAME, SET_NAME
from engine.errors import DataError
from engine.store.drawings import VISITOR, Drawing, Drawings

if TYPE_CHECKING:
    from engine.data.pen_digits import PenDigits


@dataclass(frozen=True, slots=True, eq=False)
class OwnDrawings:
    """Those of a moment.

    Attributes:
        drawings: Oldest first.
    """

    drawings: tuple[Drawing, ...]

    @property
    def key(self) -> tuple[tuple[int, str], ...]:
        """Number and label of each: the same while no drawing comes, goes or is labelled anew."""
        return tuple((each.id, each.label) for each in self.drawings)

    def known_to(self, classes: Classes) -> PenDigits:
        """Those of the classes, labelled with their places."""
        return pen_digits_of(self.drawings, SET_NAME, classes)

    def of_all_classes(self) -> PenDigits:
        """All of them, told apart by the names that there are.

        Raises:
            DataError: All have the same name, or there are too many names.
        """
        return pen_digits_of(self.drawings, ALL_SET_NAME, classes_of(each.label for each in self.drawings))


def read_own_drawings(drawings: Drawings) -> OwnDrawings:
    """All that are not deleted, oldest first. Takes a second for some ten thousand; any thread may ask.

    Raises:
        StoreError: The store cannot be read.
    """
    return OwnDrawings(tuple(each for each in reversed(drawings.entries()) if each.writer != VISITOR))


def classes_of(labels: Iterable[str]) -> Classes:
    """The digits, where all labels are digits, or else the names that there are, in their order.

    Raises:
        DataError: All are the same name, or there are too many names.
    """
    names = in_order(labels)
    if set(names) <= set(DIGITS):
        return DIGITS
    try:
        return Classes(tuple(names))
    except DataError as error:
        raise DataError(f"What you drew {error}") from error


def pen_digits_of(drawings: Sequence[Drawing], name: str, classes: Classes = DIGITS) -> PenDigits:
    """Drawings as what pictures are made of, called `name`; those of other classes are left out."""
    from engine.data.pen_digits import PenDigits

    places = {each: place for place, each in enumerate(classes)}
    known = [drawing for drawing in drawings if drawing.label in places]
    return PenDigits(
        tuple(drawing.ink for drawing in known),
        tuple(places[drawing.label] for drawing in known),
        tuple(drawing.writer for drawing in known),
        classes,
        name,
    )
