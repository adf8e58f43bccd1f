"""Short numbers: losses in few signs, whatever their size."""

from __future__ import annotations

import math

_LEAST_FIXED, _MOST_FIXED = 1e-3, 1e3
_LEAST_PLAIN_POWER, _MOST_PLAIN_POWER = -4, 3


def short_number(value: float, decimals: int = 3) -> str:
    """A number as people write it, in eight signs at the most.

    Args:
        value: Of any size; what is not finite gives an empty text.
        decimals: Behind the point, for numbers below ten.

    Returns:
        ``0.043``, ``17.5``, ``179``; scientific with three digits beyond 1,000 and, but for 0, below 0.001:
        ``1.79e20``, ``4.2e−5``.
    """
    if not math.isfinite(value):
        return ""
    size = abs(value)
    if size and not _LEAST_FIXED <= size < _MOST_FIXED:
        digits, power = f"{value:.2e}".split("e")
        digits = digits.rstrip("0").rstrip(".")
        return f"{digits}e{int(power)}".replace("-", "−")
    places = decimals if size < 10 else min(decimals, 1) if size < 100 else 0
    return f"{value:.{places}f}".replace("-", "−")


def power_of_ten(power: int) -> str:
    """The name of a tick at a power of ten: ``0.001``, ``10``, ``1e20``, ``1e−6``."""
    if _LEAST_PLAIN_POWER <= power <= _MOST_PLAIN_POWER:
        return f"{10.0**power:g}"
    return f"1e{power}".replace("-", "−")
