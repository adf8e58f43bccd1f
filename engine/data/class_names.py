"""Class names: what the label of a picture or drawing is called, whichever form it is written in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LONGEST_CLASS = 20
"""Characters of a class's name."""
_BEYOND = 10**LONGEST_CLASS


def class_name(label: object) -> str | None:
    """The name of a class as text; None if the label is none.

    Names that look alike are one name: what surrounds them is trimmed, and an accented letter is one
    character, whether it was written as one or as two (Unicode's form NFC), as computers differ in that.

    Args:
        label: Text of 1 to `LONGEST_CLASS` printable characters, or a whole number, which may be written
            as 3.0.
    """
    if type(label) is float and label.is_integer() and abs(label) < _BEYOND:
        label = int(label)
    if type(label) is int:
        # Some thousand figures cannot even be written out.
        label = str(label) if -_BEYOND < label < _BEYOND else None
    if not isinstance(label, str):
        return None
    name = trimmed(label)
    return name if is_class_name(name) else None


def trimmed(name: str) -> str:
    """A name without blanks around it, in the form NFC."""
    name = name.strip()
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def is_class_name(name: str) -> bool:
    """Whether a trimmed name can be one: neither empty nor too long, and all of it is seen."""
    return 0 < len(name) <= LONGEST_CLASS and name.isprintable()


def in_order(names: Iterable[str]) -> list[str]:
    """Names as they are listed: numbers by what they count, then the others by the alphabet."""
    return sorted(
        set(names),
        key=lambda name: (not _is_number(name), _is_number(name) and int(name), name.casefold(), name),
    )


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdigit()


def names_in(text: str) -> tuple[str, ...]:
    """The names that somebody has written, one on a line or several with commas between them, trimmed."""
    return tuple(name for part in text.replace(",", "\n").splitlines() if (name := trimmed(part)))
