"""Deadline: when measuring is to be over, and how many rounds that leaves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

# Where nothing hurries: what waits for a process takes no endless number.
_A_DAY_S = 86_400.0


class Deadline:
    """So many seconds from now."""

    def __init__(self, seconds: float = _A_DAY_S, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to count.

        Args:
            seconds: Until it is over; a day where nothing hurries.
            clock: Seconds.
        """
        self._clock = clock
        self._end = clock() + seconds

    def left_s(self) -> float:
        """Seconds; 0 when it is over."""
        return max(0.0, self._end - self._clock())

    def earlier(self, seconds: float) -> Deadline:
        """Another that ends so many seconds before this one."""
        return Deadline(max(0.0, self._end - seconds - self._clock()), self._clock)

    def rounds(self, most: int) -> Iterator[int]:
        """Numbers of rounds from 0; the first is begun in any case.

        Another is begun if it would be over in time should it take as long as the longest so far.
        """
        longest = 0.0
        for number in range(most):
            began = self._clock()
            if number and self._end - began < longest:
                return
            yield number
            longest = max(longest, self._clock() - began)
