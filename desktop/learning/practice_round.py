"""Practice round: which digits are asked for, and what came of each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

DIGITS = tuple(range(10))


class Mark(Enum):
    """What became of a digit that is asked for."""

    OPEN = "open"
    KEPT = "kept"
    SKIPPED = "skipped"


@dataclass(slots=True)
class PracticeRound:
    """Goes through its digits one by one, forwards by keeping or skipping, and back.

    Attributes:
        digits: In the order in which they are asked for.
        marks: One for each digit.
        place: Of the digit asked for now; that of none when all were.
    """

    digits: tuple[int, ...]
    marks: list[Mark]
    place: int = 0

    @classmethod
    def shuffled(cls, of_each: int, chance: random.Random) -> PracticeRound:
        """Each digit `of_each` times: all ten in turn, then all ten again, never one twice in a row."""
        digits: list[int] = []
        for _ in range(of_each):
            ten = chance.sample(DIGITS, len(DIGITS))
            if digits and ten[0] == digits[-1]:
                ten.append(ten.pop(0))
            digits += ten
        return cls(tuple(digits), [Mark.OPEN] * len(digits))

    def __len__(self) -> int:
        return len(self.digits)

    @property
    def digit(self) -> int | None:
        """The digit asked for; None when all were."""
        return self.digits[self.place] if self.place < len(self) else None

    @property
    def kept(self) -> int:
        """Digits that were drawn."""
        return self.marks.count(Mark.KEPT)

    def mark(self, mark: Mark) -> None:
        """Go on to the next digit, this one being kept or skipped."""
        self.marks[self.place] = mark
        self.place += 1

    def back(self) -> int:
        """Ask for the last digit again; its place.

        Raises:
            IndexError: This is the first.
        """
        if self.place == 0:
            raise IndexError("there is no digit before the first")
        self.place -= 1
        self.marks[self.place] = Mark.OPEN
        return self.place

    def states(self) -> Sequence[Mark]:
        """A copy of the marks, in order."""
        return tuple(self.marks)
