"""Run comparison: by how much the losses of runs differ that ought to be the same on every level."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FIRST_STEPS = 200
# Eight megabytes for each run; what comes after so many steps is not compared.
_MOST_STEPS = 1_000_000
_LEAST_LOSS = 1e-12
# Twice as many as there are levels; the oldest go first.
_MOST_RUNS = 12


@dataclass(slots=True)
class _Run:
    level: int
    likeness: object
    losses: array[float] = field(default_factory=lambda: array("d"))


class RunComparison:
    """Keeps the losses of every step and says how far apart they are.

    Two runs are comparable if everything but their level is the same: data, network, seed and settings. The
    numbers then differ by rounding alone, which grows from step to step.
    """

    def __init__(self) -> None:
        self._runs: list[_Run] = []

    def clear(self) -> None:
        """Forget all runs; what is still to come of one that goes on is compared with nothing."""
        self._runs = []

    def start_run(self, level: int, likeness: object) -> None:
        """A run begins; an earlier one of the same level and likeness is forgotten."""
        self._runs = [run for run in self._runs if (run.level, run.likeness) != (level, likeness)]
        self._runs.append(_Run(level, likeness))
        del self._runs[:-_MOST_RUNS]

    def add(self, losses: Sequence[float]) -> None:
        """The losses of the next steps of the newest run; passed over if it was forgotten meanwhile."""
        if not self._runs:
            return
        run = self._runs[-1]
        run.losses.extend(losses[: _MOST_STEPS - len(run.losses)])

    def text(self) -> str:
        """One sentence on the newest run and those like it; empty if there is none to compare it with."""
        if not self._runs:
            return ""
        newest = self._runs[-1]
        others = [run for run in self._runs[:-1] if run.likeness == newest.likeness and run.losses]
        steps = min((len(run.losses) for run in [newest, *others]), default=0)
        if not others or not steps:
            return ""
        levels = sorted(run.level for run in [newest, *others])
        named = f"{', '.join(map(str, levels[:-1]))} and {levels[-1]}"
        first = min(steps, _FIRST_STEPS)
        sentence = f"Levels {named}: losses at most {_percent(self._largest(others, first))} apart"
        sentence += f" over {'the first ' * (steps > first)}{first:,} step{'s' * (first > 1)}"
        if steps > first:
            mean = _percent(self._mean(others, steps))
            sentence += f", {mean} on average over all {steps:,}, as rounding grows from step to step"
        return f"{sentence}."

    def _largest(self, others: Sequence[_Run], steps: int) -> float:
        """The largest relative difference from the lowest of the levels over the first steps."""
        import numpy as np

        expected, *found = self._by_level(others, steps)
        scale = np.maximum(np.abs(expected), _LEAST_LOSS)
        return max(float((np.abs(losses - expected) / scale).max()) for losses in found)

    def _mean(self, others: Sequence[_Run], steps: int) -> float:
        """The largest mean difference, relative to the mean loss: one tiny loss does not decide it."""
        import numpy as np

        expected, *found = self._by_level(others, steps)
        scale = max(float(np.abs(expected).mean()), _LEAST_LOSS)
        return max(float(np.abs(losses - expected).mean()) / scale for losses in found)

    def _by_level(self, others: Sequence[_Run], steps: int) -> list[NDArray[np.float64]]:
        import numpy as np

        runs = sorted([*others, self._runs[-1]], key=lambda run: run.level)
        return [np.array(run.losses[:steps]) for run in runs]


def _percent(share: float) -> str:
    """Two figures, however small."""
    if share == 0:
        return "0 %"
    decimals = max(0, 1 - math.floor(math.log10(100 * share)))
    return f"{100 * share:.{decimals}f} %"
