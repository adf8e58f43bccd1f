"""Disturbance: which runs are to be dropped since the machine had other things to do."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass

SLOWER = 1.15
"""A run whose calibration took so many times that of the quietest one is disturbed."""
OTHERS_SHARE = 0.1
"""So is one during which other programs took so large a share of all cores."""
RULE = (
    f"Dropped are runs in whose process, before or after, a fixed matrix product took over "
    f"{100 * (SLOWER - 1):.0f} % longer than in the quietest process with as many threads, or during which "
    f"other programs took over {100 * OTHERS_SHARE:.0f} % of all cores; where fewer than half would be left, "
    "the quieter half is kept and the figure has a star."
)


@dataclass(frozen=True)
class Run:
    """What one process has measured.

    Attributes:
        seconds: Its figure.
        calibration_s: Seconds of a fixed matrix product in the same process.
        others: Share of all cores that other programs took meanwhile, 0 to 1.
        is_busy: Whether one core was kept busy on purpose.
    """

    seconds: float
    calibration_s: float
    others: float
    is_busy: bool = False


class Quietest:
    """The shortest calibration so far, for each number of threads."""

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}

    def note(self, threads: int, run: Run) -> None:
        """Take a run into account."""
        if not run.is_busy:
            self._seconds[threads] = min(run.calibration_s, self._seconds.get(threads, math.inf))

    def disturbance(self, threads: int, run: Run) -> float:
        """0 for the quietest run; above 1 for a run to be dropped."""
        if run.is_busy:  # a calibration beside a busy core says nothing
            return (run.others - 1 / (os.cpu_count() or 1)) / OTHERS_SHARE
        slower = run.calibration_s / self._seconds[threads] - 1
        return max(slower / (SLOWER - 1), run.others / OTHERS_SHARE)
