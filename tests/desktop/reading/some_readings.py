"""Readings made for tests, of digits and of what is none."""

from __future__ import annotations

import numpy as np

from engine.models.classifier import Reading


def read_as(digit: int, probability: float = 0.91, is_digit: bool = True) -> Reading:
    """A reading of a digit with that probability, or of what looks like it and is taken for none."""
    rest = (1 - probability) / 9
    probabilities = tuple(probability if each == digit else rest for each in range(10))
    level = 5.0 if is_digit else -5.0
    logits = tuple(level + float(np.log(share)) for share in probabilities)
    return Reading(logits, probabilities, np.zeros((28, 28), np.float32), digit_threshold=0.5)
