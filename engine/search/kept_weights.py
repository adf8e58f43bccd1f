"""Kept weights: those of the best trials so far, and of no others, since there may be thousands."""

from __future__ import annotations

from engine.search.objective import ACCURACY
from engine.search.trial import SentWeights

MOST_KEPT = 10


class KeptWeights:
    """The weights of the best trials by their scores; of equals, those that came first."""

    def __init__(self, objective: str, most: int = MOST_KEPT) -> None:
        self._sign = 1.0 if objective == ACCURACY else -1.0
        self._most = most
        self._kept: dict[int, tuple[float, SentWeights | None]] = {}

    def takes(self, score: float | None) -> bool:
        """Whether a trial of that score is among the best."""
        if score is None:
            return False
        return len(self._kept) < self._most or self._sign * score > self._kept[self._worst()][0]

    def add(self, number: int, score: float, weights: SentWeights | None) -> int | None:
        """Keep a trial that `takes` has admitted.

        Args:
            number: Of the trial.
            score: Of it.
            weights: Of it; None if they are kept elsewhere.

        Returns:
            The number of the trial that had to make room, if one had to.
        """
        self._kept[number] = (self._sign * score, weights)
        if len(self._kept) <= self._most:
            return None
        worst = self._worst()
        del self._kept[worst]
        return worst

    def get(self, number: int) -> SentWeights | None:
        """The weights of a trial, if they are here."""
        return self._kept.get(number, (0.0, None))[1]

    def _worst(self) -> int:
        return min(self._kept, key=lambda number: (self._kept[number][0], -number))
