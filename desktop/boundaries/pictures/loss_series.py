"""Loss series: the losses of a model as it learns, thinned out so that drawing stays quick for hours."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST_POINTS = 500
"""Kept; half of them whenever there are more."""

# What was far higher at the beginning is cut off, so that the rest can be seen.
_MOST_CUT = 20.0
_ROUND = (1.0, 1.2, 1.6, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_USUAL_TOP = 1.0
# Of the former top; what needs no less keeps it.
_HELD = 0.6


class LossSeries:
    """Losses of one model."""

    def __init__(self) -> None:
        self._kept: list[tuple[float, float, float]] = []
        self._newest: tuple[float, float, float] | None = None
        # Every so many-th is kept.
        self._stride = 1
        self._count = 0

    def __len__(self) -> int:
        """Points that are shown."""
        return len(self._kept) + (self._newest is not None)

    @property
    def newest(self) -> tuple[float, float, float] | None:
        """Epochs, training loss and test loss; None as long as there are none."""
        return self._newest or (self._kept[-1] if self._kept else None)

    def values(self) -> NDArray[np.float64]:
        """(3, points) epochs, training losses and test losses; the last ones are NaN without test points."""
        shown = self._kept if self._newest is None else [*self._kept, self._newest]
        return np.array(shown, dtype=np.float64).reshape(-1, 3).T

    def add(self, epochs: float, training: float, test: float) -> None:
        """Take in the newest losses; they are passed over if that of training is not finite."""
        if not math.isfinite(training):
            return
        newest = self.newest
        if newest is not None and epochs <= newest[0]:
            # Back to fewer cuts or trees.
            self._kept = [each for each in self._kept if each[0] < epochs]
            self._count = len(self._kept) * self._stride
        point = (epochs, training, test)
        if self._count % self._stride == 0:
            self._kept.append(point)
            self._newest = None
        else:
            self._newest = point
        self._count += 1
        if len(self._kept) > MOST_POINTS:
            self._stride *= 2
            if len(self._kept) % 2 == 0:
                self._newest = self._kept[-1]
            self._kept = self._kept[::2]


def loss_top(series: Sequence[LossSeries], former: float = 0.0) -> float:
    """The top of an axis of losses that begins at 0: one of few round numbers, so that it stays calm.

    Args:
        series: What is shown.
        former: The top so far, which is held while it will do; 0 for none.
    """
    highest = late = 0.0
    for each in series:
        losses = each.values()[1:]
        losses = np.where(np.isfinite(losses), losses, 0.0)
        highest = max(highest, losses.max(initial=0.0))
        late = max(late, losses[:, losses.shape[1] // 2 :].max(initial=0.0))
    wanted = 1.05 * min(highest, _MOST_CUT * late)
    if wanted <= 0:
        return former or _USUAL_TOP
    if _HELD * former <= wanted <= former:
        return former
    power = 10.0 ** math.floor(math.log10(wanted))
    return next((digit * power for digit in _ROUND if digit * power >= wanted), 10 * power)


def round_ticks(last: float, most: int) -> list[tuple[float, str]]:
    """Places and names of ticks from 0 to `last`, above 0, at round numbers; `most` parts, perhaps fewer."""
    power = 10.0 ** math.floor(math.log10(last / most))
    step = next(digit * power for digit in (1, 2, 2.5, 5, 10, 20) if last / (digit * power) <= most + 1e-9)
    return [(count * step, f"{count * step:,.6g}") for count in range(int(last / step + 1e-9) + 1)]
