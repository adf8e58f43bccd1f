"""Loss curves: what a run has shown so far, thinned out as it comes so that drawing never grows slow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

# Bins along the whole run. The faint curve has the last loss of each, the bold one a point every other bin.
_BINS = 500
_SMOOTHING_SHARE = 1 / 60
_LEAST_MEMORY, _MOST_MEMORY = 5, 200


@dataclass(frozen=True, slots=True)
class EpochFigures:
    """The figures of one epoch, at the step that ended it; accuracies 0 to 1."""

    step: int
    training_loss: float
    training_accuracy: float
    validation_loss: float
    validation_accuracy: float


@dataclass(slots=True)
class RunCurves:
    """One run.

    Attributes:
        name: Of the network in training.
        total_steps: Of the whole run.
        epochs: Of the whole run.
        steps: Done so far.
        faint: Step and loss as they were, thinned: one step in each bin.
        bold: Step and smoothed loss.
        figures: One for each epoch completed.
    """

    name: str
    total_steps: int
    epochs: int
    steps: int = 0
    faint: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    bold: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    figures: list[EpochFigures] = field(default_factory=list)
    _average: float = 0.0
    _weight: float = 0.0

    @property
    def memory(self) -> int:
        """Steps over which the bold curve is smoothed: a sixtieth of the run, 5 to 200."""
        return min(_MOST_MEMORY, max(_LEAST_MEMORY, round(self.total_steps * _SMOOTHING_SHARE)))

    @property
    def smoothed(self) -> float:
        """The newest smoothed loss: an exponential mean, freed of its start at zero; NaN at first."""
        return self._average / self._weight if self._weight else math.nan

    def add(self, first_step: int, losses: Sequence[float]) -> None:
        """Take in the losses of consecutive steps; those that are not finite are passed over."""
        share = 1 / self.memory
        width = max(1, self.total_steps // _BINS)
        for step, loss in enumerate(losses, first_step):
            self.steps = step + 1
            if not math.isfinite(loss):
                continue
            self._average += share * (loss - self._average)
            self._weight += share * (1 - self._weight)
            if (step + 1) % width == 0:
                self.faint[0].append(step)
                self.faint[1].append(loss)
            if (step + 1) % (2 * width) == 0 or width == 1:
                self.bold[0].append(step)
                self.bold[1].append(self.smoothed)


def loss_ceiling(smoothed: float) -> float:
    """The top of a loss axis that suits a smoothed loss: few steps, so that the axis stays calm."""
    if not math.isfinite(smoothed):
        return 2.5
    for top in (0.6, 1.2, 2.5, 5.0, 10.0):
        # The curve keeps to the lower half; only where the loss is as at the beginning may it go higher.
        if smoothed <= top * (0.3 if top < 2 else 0.98):
            return top
    return float(10 ** math.ceil(math.log10(smoothed)))
