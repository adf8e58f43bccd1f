"""Summary: one figure of several runs."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.speed.disturbance import Quietest, Run


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
        ordered = sorted(runs, key=lambda run: quietest.disturbance(threads, run))
        quiet = sum(quietest.disturbance(threads, run) <= 1 for run in ordered)
        half = -(-len(ordered) // 2)
        seconds = [run.seconds for run in ordered[: max(quiet, half)]]
        return cls(
            statistics.median(seconds),
            min(seconds),
            max(seconds),
            len(ordered) - len(seconds),
            quiet < half,
        )

    def cell(self) -> str:
        """For a table."""
        figure = f"{self.median:.3f}{'*' if self.is_starred else ''}"
        if self.least == self.greatest:
            return figure
        return f"{figure} ({self.least:.3f} to {self.greatest:.3f})"
