"""Classes: what a network tells apart, by name; the ten digits unless somebody brings others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.errors import DataError
from engine.plain_text import plain_name

FEWEST_CLASSES, MOST_CLASSES = 2, 64
LONGEST_CLASS = 20
"""Characters of a class's name."""
# Names that are listed in a sentence.
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Classes:
    """The names of classes, in the order of a network's outputs.

    Attributes:
        names: `FEWEST_CLASSES` to `MOST_CLASSES` names of 1 to `LONGEST_CLASS` characters that can be shown,
            no two of them the same.

    Raises:
        DataError: They are not; says which one, as the rest of a sentence that begins with what has them.
    """

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.names) < FEWEST_CLASSES:
            raise DataError(f"has {len(self.names)} class{'es' * (len(self.names) != 1)}: two are the least.")
        if len(self.names) > MOST_CLASSES:
            raise DataError(f"has {len(self.names):,} classes: {MOST_CLASSES} are the most.")
        known: set[str] = set()
        for name in self.names:
            _check(name, known)
            known.add(name)

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __getitem__(self, place: int) -> str:
        return self.names[place]

    @property
    def are_digits(self) -> bool:
        """Whether these are the digits 0 to 9, so that several in a row make up a number."""
        return self == DIGITS

    @property
    def noun(self) -> str:
        """What to call one of them: ``digit``, or ``sign``."""
        return "digit" if self.are_digits else "sign"

    def place_of(self, name: str) -> int:
        """The place of a class.

        Raises:
            ValueError: There is none of that name.
        """
        return self.names.index(name)

    def joined(self, other: Classes) -> Classes:
        """These, and behind them those of the others that are not among them.

        Raises:
            DataError: There are too many.
        """
        return self if self == other else Classes(tuple(dict.fromkeys((*self.names, *other.names))))

    def listed(self) -> str:
        """The first names, for a sentence: ``A, B, C, D, E, F, …``."""
        return listed(self.names)


def listed(names: Iterable[str]) -> str:
    """The first names, for a sentence."""
    names = tuple(names)
    return ", ".join(names[:_NAMED]) + ", …" * (len(names) > _NAMED)


def _check(name: str, known: set[str]) -> None:
    if not name:
        raise DataError("has a class without a name: give each class one.")
    if len(name) > LONGEST_CLASS:
        raise DataError(
            f"has a class called “{plain_name(name[:LONGEST_CLASS])}…”: names of classes have at most "
            f"{LONGEST_CLASS} characters."
        )
    if plain_name(name) != name:
        raise DataError(f"has a class called “{plain_name(name)}” with characters that cannot be shown.")
    if name in known:
        raise DataError(f"has two classes called “{name}”: give each its own name.")


DIGITS = Classes(tuple("0123456789"))
"""What MNIST, the built-in handwriting and the shipped network tell apart."""
