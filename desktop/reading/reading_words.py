"""Reading words: what is said of one reading, beside its digit or sign and aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.models.shown_number import NO_DIGIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.models.classifier import Reading

NOT_A_DIGIT = "Not a digit?"


def answer(reading: Reading) -> str:
    """What was read, with a question mark where it is not sure; only that mark where it may be no digit."""
    if not reading.is_digit:
        return NO_DIGIT
    return reading.name if reading.is_sure else f"{reading.name}?"


def headline(reading: Reading) -> str:
    """How probable the digit is, ``97 %``; for a drawing that may be no digit, that question."""
    return f"{100 * reading.probability:.0f} %" if reading.is_digit else NOT_A_DIGIT


def runners_up(reading: Reading) -> str:
    """The digits that come next, in words; where it may be no digit, the one that it looks most like."""
    if not reading.is_digit:
        return f"It looks most like {reading.name}."
    others = [f"{other} ({100 * share:.0f} %)" for other, share in reading.ranked()[1:3] if share >= 0.01]
    if not reading.is_sure:
        return f"Not sure. Could be {' or '.join(others)}." if others else "Not sure."
    return f"then {', '.join(others)}" if others else "no other comes close"


def short(reading: Reading) -> str:
    """The same for a drawing that may be no digit, where there is little room."""
    return f"{NOT_A_DIGIT} Most like {reading.name}."


def spoken(reading: Reading) -> str:
    """All of it for screen readers."""
    if not reading.is_digit:
        return f"{NOT_A_DIGIT} {runners_up(reading)}"
    return f"{of_number(reading)}{'' if reading.is_sure else ', not sure'}"


def of_number(reading: Reading) -> str:
    """One digit of a number for screen readers, which are told of doubts about all of them at the end."""
    return f"{reading.name}, {reading.probability:.0%}" if reading.is_digit else spoken(reading)


def doubts(readings: Sequence[Reading]) -> str:
    """Which digits of a number are not sure, and which may be none; empty where all are sure."""
    none = [str(place) for place, each in enumerate(readings, start=1) if not each.is_digit]
    unsure = [
        str(place) for place, each in enumerate(readings, start=1) if each.is_digit and not each.is_sure
    ]
    return (f"; not sure of digit {' and '.join(unsure)}" if unsure else "") + (
        f"; perhaps no digit: {' and '.join(none)}" if none else ""
    )
