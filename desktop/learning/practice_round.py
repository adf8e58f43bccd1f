"""Practice round: which digits or signs are asked for, and what came of each."""

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
        digits: In the order in which they are asked for; of signs, their places among the classes.
        marks: One for each digit.
        place: Of the digit asked for now; that of none when all were.
    """

    digits: tuple[int, ...]
    marks: list[Mark]
    place: int = 0

    @classmethod
    def shuffled(cls, of_each: int, chance: random.Random) -> PracticeRound:
        """Each digit `of_each` times: all ten in turn, then all ten again, never one twice in a row."""
        return cls.of_needs([of_each] * len(DIGITS), chance)

    @classmethod
    def of_needs(cls, needs: Sequence[int], chance: random.Random) -> PracticeRound:
        """Each place as often as it is needed, in turns; never one twice in a row while there are others.

        Args:
            needs: How often to ask for each place.
            chance: Shuffles every turn.
        """
        asked: list[int] = []
        for turn in range(max(needs, default=0)):
            wanted = [place for place, need in enumerate(needs) if need > turn]
            some = chance.sample(wanted, len(wanted))
            if asked and some[0] == asked[-1]:
                some.append(some.pop(0))
            asked += some
        return cls(tuple(asked), [Mark.OPEN] * len(asked))

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
