"""Small sets of digits that need no data."""

from functools import cache

from engine.data.digits import Digits
from engine.data.handwriting.synthetic_digits import make_handwriting


@cache
def small_set(count: int = 400, seed: int = 7) -> Digits:
    """Synthetic digits; the same object for the same arguments."""
    return make_handwriting(count, seed)
