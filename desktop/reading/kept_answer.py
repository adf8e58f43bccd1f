"""Kept answers: what the network said of a drawing, as it is kept with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.models.classifier import Reading
    from engine.store.drawings import Answer


def answer_of(reading: Reading, network: str) -> Answer:
    """The class read and how probable it is.

    Of what is taken for no digit, no digit is more probable than that this is a digit at all: 8 with 90 %
    beside what was called no digit would be two answers.

    Args:
        reading: Of the drawing.
        network: Name of the one that read.
    """
    from engine.store.drawings import Answer

    probability = reading.probability if reading.is_digit else reading.probability * reading.digit_probability
    return Answer(reading.name, probability, network)
