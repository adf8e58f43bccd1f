"""Shown number: the digits of a number as they may be shown and copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.models.classifier import Reading

NO_DIGIT = "?"
"""Stands in a number for what is taken for no digit: a digit there would pass for one that was read."""


def shown_number(text: str, readings: Sequence[Reading]) -> str:
    """A number with `NO_DIGIT` for what is taken for none.

    Args:
        text: The most probable digits, with line breaks between rows.
        readings: One for each digit of it.
    """
    if all(
        each.is_digit for each in readings
    ):  # nothing to replace, and signs may have digits in their names
        return text
    marks = iter(readings)
    return "".join(NO_DIGIT if each.isdigit() and not next(marks).is_digit else each for each in text)
