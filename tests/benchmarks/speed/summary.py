"""Summary: one figure of several runs."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.speed.disturbance import Quietest, Run


def quiet_ones(found: Sequence[tuple[float, float]]) -> tuple[list[float], bool]:
    """Values that are not disturbed, at least the quieter half, and whether disturbed ones had to be kept.

    Args:
        found: How much each was disturbed, above 1 if it is to be dropped, and its value.
    """
    ordered = sorted(found, key=lambda each: each[0])
    quiet = sum(disturbance <= 1 for disturbance, _ in ordered)
    half = -(-len(ordered) // 2)
    return [value for _, value in ordered[: max(quiet, half)]], quiet < half


@dataclass(frozen=True)
class Summary:
    """Seconds.

    Attributes:
        median: Of the runs kept.
        least: Of the same.
        greatest: Of the same.
        dropped: Runs that were disturbed.
        is_starred: Whether disturbed runs had to be kept.
    """

    median: float
    least: float
    greatest: float
    dropped: int
    is_starred: bool

    @classmethod
    def of(cls, runs: Sequence[Run], threads: int, quietest: Quietest) -> Summary:
        """Of all runs with one setting, at least one."""
        seconds, is_starred = quiet_ones([(quietest.disturbance(threads, run), run.seconds) for run in runs])
        return cls(
            statistics.median(seconds),
            min(seconds),
            max(seconds),
            len(runs) - len(seconds),
            is_starred,
        )

    def cell(self) -> str:
        """For a table."""
        figure = f"{self.median:.3f}{'*' if self.is_starred else ''}"
        if self.least == self.greatest:
            return figure
        return f"{figure} ({self.least:.3f} to {self.greatest:.3f})"
