"""Idle watch: how long nobody has done anything, and what follows from it."""

from __future__ import annotations

import time
from collections.abc import Callable

COUNTDOWN_S = 5.0
"""How long before it clears the pad or forgets a visitor the booth says so."""
_LEAST_FORGET_S = 60.0


class IdleWatch:
    """Counts seconds from the last sign of life.

    Attributes:
        clear_after_s: Idle seconds after which the pad is cleared.
    """

    def __init__(self, clear_after_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.clear_after_s = clear_after_s
        self._clock = clock
        self._since = clock()

    @property
    def forget_after_s(self) -> float:
        """Idle seconds until the visitor is forgotten: a minute, and always longer than until the pad is."""
        return max(_LEAST_FORGET_S, 2 * self.clear_after_s)

    def touch(self) -> None:
        """Somebody is there."""
        self._since = self._clock()

    @property
    def until_clear_s(self) -> float:
        """Seconds left until the pad is cleared; negative when that is over."""
        return self.clear_after_s - (self._clock() - self._since)

    @property
    def until_forget_s(self) -> float:
        """Seconds left until the visitor is forgotten; negative when that is over."""
        return self.forget_after_s - (self._clock() - self._since)
