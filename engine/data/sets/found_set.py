"""Found sets: pictures with the names of their classes, and what was left out on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError

MOST_CLASSES = 64
LONGEST_CLASS = 20
"""Characters of a class's name."""
# Names that are listed in a sentence.
_NAMED = 6


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some pictures.

    Attributes:
        images: (pictures, 784) uint8, 0 background to 255 ink.
        labels: (pictures,) int64, places in the names of the classes.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True, eq=False)
class FoundSet:
    """What was found somewhere.

    Attributes:
        name: What to call it in front of a user.
        classes: Names, 1 to `LONGEST_CLASS` characters each, no two of them the same.
        training: To learn from.
        test: For final figures; None where the set does not say which those are.
        faults: How many were left out, by what is wrong with them.
    """

    name: str
    classes: tuple[str, ...]
    training: Part
    test: Part | None = None
    faults: dict[str, int] = field(default_factory=dict)

    def sentence(self) -> str:
        """How many of what, and what was left out."""
        counts = np.bincount(self.training.labels, minlength=len(self.classes))
        low, high = int(counts.min()), int(counts.max())
        each = f"{low:,} each" if low == high else f"{low:,} to {high:,} each"
        said = f"{len(self.training):,} pictures of {len(self.classes)} classes, {each}"
        if self.test is not None:
            said += f", and {len(self.test):,} to test on"
        if self.faults:
            count = sum(self.faults.values())
            reasons = ", ".join(f"{number:,} {fault}" for fault, number in self.faults.items())
            said += f"; {count:,} {'was' if count == 1 else 'were'} left out: {reasons}"
        return f"{said}."


def found_set(
    name: str,
    parts: tuple[tuple[NDArray[np.uint8], list[str]], ...],
    faults: Counter[str] | None = None,
) -> FoundSet:
    """A set of pictures whose classes are told by name.

    Args:
        name: What to call the set.
        parts: (pictures, 784) uint8 and as many names of classes: those to learn from, and if the set says
            which they are, those to test on.
        faults: What was left out, by what is wrong with it.

    Raises:
        DataError: There are no pictures, or too few, too many or too long names of classes.
    """
    labels = [[label.strip() for label in names] for _, names in parts]
    classes = sorted({label for names in labels for label in names}, key=_order)
    _check(name, classes, len(labels[0]))
    places = {label: place for place, label in enumerate(classes)}
    made = [
        Part(images, np.array([places[label] for label in names], np.int64))
        for (images, _), names in zip(parts, labels, strict=True)
    ]
    test = made[1] if len(made) > 1 and len(made[1]) else None
    return FoundSet(name, tuple(classes), made[0], test, dict(faults or {}))


def _order(label: str) -> tuple[bool, int, str]:
    """Numbers by their size, before all else."""
    is_number = label.isdecimal() and label.isascii()
    return not is_number, int(label) if is_number else 0, label


def _check(name: str, classes: list[str], pictures: int) -> None:
    if not pictures:
        raise DataError(f"{name} has no pictures to learn from: choose another one.")
    if len(classes) < 2:
        raise DataError(f"All pictures of {name} are of the class {classes[0]}: a network needs two or more.")
    if len(classes) > MOST_CLASSES:
        raise DataError(f"{name} has {len(classes):,} classes: a network here knows at most {MOST_CLASSES}.")
    unfit = next((label for label in classes if not 1 <= len(label) <= LONGEST_CLASS), None)
    if unfit is not None:
        raise DataError(
            f"{name} has a class called “{unfit[:LONGEST_CLASS]}…”: names of classes have at most "
            f"{LONGEST_CLASS} characters."
            if unfit
            else f"{name} has a class without a name: give each class one."
        )


def listed(classes: tuple[str, ...]) -> str:
    """The first names of classes, for a sentence."""
    more = ", …" if len(classes) > _NAMED else ""
    return ", ".join(classes[:_NAMED]) + more
