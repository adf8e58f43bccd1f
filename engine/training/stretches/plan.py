"""The plan of an epoch: its mini-batches in stretches."""

from __future__ import annotations

Lengths = tuple[int, ...]
"""Digits in each mini-batch of a stretch."""

MOST_STEPS = 64
"""Steps of a stretch: they take a card a millisecond or some, and Python a few more to record."""
# Prepared digits take 3 KB each, and are to stay in a card's cache until they are used.
_MOST_DIGITS = 16_384


def stretches_of(digits: int, batch_size: int) -> list[Lengths]:
    """All mini-batches of an epoch, in order; only the last may be shorter.

    All stretches but the last are alike: no epoch has more than two kinds of them to record.
    """
    most = max(1, min(MOST_STEPS, _MOST_DIGITS // batch_size))
    whole, left_over = divmod(digits, batch_size)
    lengths = [batch_size] * whole + [left_over] * (left_over > 0)
    return [tuple(lengths[first : first + most]) for first in range(0, len(lengths), most)]
