"""Halving: giving up, on the way, trials that are behind most others (asynchronous successive halving).

Rungs of our own rather than Optuna's pruner: there a trial is one point, while here a point is trained with
several seeds, each of which is compared; networks that are trained side by side come to a rung together; and
searches over a grid or at random need no Optuna for it.
"""

from __future__ import annotations

import bisect
import math

FACTOR = 3
"""Of the trials that came to a rung, the best in so many go on; the next rung is so many times as far."""
FIRST_EPOCHS = 1


class Halving:
    """Remembers the scores at each rung: after 1, 3, 9, ... epochs."""

    def __init__(self, is_higher_better: bool = True, factor: int = FACTOR) -> None:
        self._sign = 1.0 if is_higher_better else -1.0
        self._factor = factor
        self._rungs: dict[int, list[float]] = {}

    def goes_on(self, epoch: int, epochs: int, score: float) -> bool:
        """Whether a trial is to go on after an epoch; notes its score if there is a rung.

        The first to come go on; nobody waits for others. A score that is no number does not go on.

        Args:
            epoch: Done, counted from 1.
            epochs: Of the whole trial; after the last one there is nothing to decide.
            score: After that epoch.
        """
        if epoch >= epochs or not self.is_rung(epoch):
            return True
        if not math.isfinite(score):
            return False
        reached = self._rungs.setdefault(epoch, [])
        bisect.insort(reached, self._sign * score)
        best = math.ceil(len(reached) / self._factor)
        return self._sign * score >= reached[-best]

    def is_rung(self, epoch: int) -> bool:
        """Whether trials are compared after that epoch."""
        rung = FIRST_EPOCHS
        while rung < epoch:
            rung *= self._factor
        return rung == epoch
