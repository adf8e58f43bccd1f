"""Schedules: the learning rate as a function of how far training has come."""

from __future__ import annotations

import math
from collections.abc import Callable

Schedule = Callable[[float], float]
"""Share of the training done, 0 at the first step to 1 at the last, to a factor on the learning rate."""

_WARM_UP = 0.25
_FIRST_FACTOR = 1 / 25
_LAST_FACTOR = 1e-4


def constant(_progress: float) -> float:
    """Always 1."""
    return 1.0


def one_cycle(progress: float) -> float:
    """Up from 1/25 over the first quarter, then down to almost nothing, both along half a cosine.

    L. Smith, "Super-convergence", 2018; the cosine form is fast.ai's.
    """
    if progress < _WARM_UP:
        return _blend(_FIRST_FACTOR, 1.0, progress / _WARM_UP)
    return _blend(1.0, _LAST_FACTOR, (progress - _WARM_UP) / (1 - _WARM_UP))


def _blend(start: float, end: float, share: float) -> float:
    return end + (start - end) * (1 + math.cos(math.pi * min(share, 1.0))) / 2


SCHEDULES: dict[str, Schedule] = {"constant": constant, "one-cycle": one_cycle}
"""The schedules by the names that settings and the command line use."""
