"""Found sets: pictures with the names of their classes, and what was left out on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.data.class_names import LONGEST_CLASS, is_class_name, trimmed
from engine.data.classes import MOST_CLASSES
from engine.errors import DataError
from engine.plain_text import plain_name


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
        classes: Names as `engine.data.class_names` has them, no two of them the same; each has two pictures
            or more, one of them to learn from.
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
    """A set of pictures whose classes are told by name; names that differ in blanks around them are the same.

    Args:
        name: What to call the set.
        parts: (pictures, 784) uint8 and as many names of classes: those to learn from, and if the set says
            which they are, those to test on.
        faults: What was left out, by what is wrong with it.

    Raises:
        DataError: There are no pictures, too few or too many classes, one of them has a single picture or
            none to learn from, or its name cannot be one.
    """
    if not parts[0][1]:
        raise DataError(f"{name} has no pictures to learn from: choose another one.")
    # Each name once: there are few of them and many labels.
    names = {label: trimmed(label) for _, labels in parts for label in set(labels)}
    classes = sorted(set(names.values()), key=_order)
    check_classes(name, classes)
    places = {label: place for place, label in enumerate(classes)}
    place_of = {label: places[trimmed_label] for label, trimmed_label in names.items()}
    made = [
        Part(images, np.fromiter(map(place_of.__getitem__, labels), np.int64, len(labels)))
        for images, labels in parts
    ]
    _check_counts(name, classes, made)
    test = made[1] if len(made) > 1 and len(made[1]) else None
    return FoundSet(name, tuple(classes), made[0], test, dict(faults or {}))


def _order(label: str) -> tuple[bool, int, str]:
    """Numbers by their size, before all else."""
    is_number = label.isdecimal() and label.isascii()
    return not is_number, int(label) if is_number else 0, label


def check_classes(name: str, classes: list[str]) -> None:
    """Whether a network can tell classes of these names apart.

    Args:
        name: Of the set.
        classes: Trimmed names.

    Raises:
        DataError: There are too few or too many, or the name of one cannot be one.
    """
    if not classes:
        raise DataError(f"{name} has no pictures to learn from: choose another one.")
    if len(classes) > MOST_CLASSES:
        raise DataError(f"{name} has {len(classes):,} classes: a network here knows at most {MOST_CLASSES}.")
    unfit = next((label for label in classes if not is_class_name(label)), None)
    if unfit == "":
        raise DataError(f"{name} has a class without a name: give each class one.")
    if unfit is not None:
        shown = plain_name(unfit, LONGEST_CLASS)
        raise DataError(
            f"{name} has a class called “{shown}”: names of classes have at most {LONGEST_CLASS} characters, "
            "all of which can be seen."
        )
    if len(classes) < 2:
        raise DataError(f"All pictures of {name} are of the class {classes[0]}: a network needs two or more.")


def _check_counts(name: str, classes: list[str], parts: list[Part]) -> None:
    """Of two pictures one can be learned from, and the other one says how well."""
    counts = [np.bincount(part.labels, minlength=len(classes)) for part in parts]
    in_all = np.sum(counts, axis=0)
    for place, label in enumerate(classes):
        if in_all[place] < 2:
            raise DataError(f"The class “{label}” of {name} has one picture: at least two are needed.")
        if not counts[0][place]:
            raise DataError(
                f"The class “{label}” of {name} has pictures to test on and none to learn from: add some."
            )
