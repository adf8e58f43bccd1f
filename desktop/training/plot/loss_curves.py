"""Loss curves: what a run has shown so far, thinned out as it comes so that drawing never grows slow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, replace

from desktop.widgets.text.short_number import power_of_ten, short_number
from engine.training.epoch_figures import EpochFigures

# The faint curve has the last loss of each bin. The bold one has fewer points: a line of width 2 is dear.
_FAINT_BINS = 1000
_BOLD_BINS = 300
_SMOOTHING_SHARE = 1 / 60
_LEAST_MEMORY, _MOST_MEMORY = 5, 200
# Tops of a loss axis, and into how many parts round numbers divide each.
_TOPS = {0.6: 3, 1.2: 3, 2.5: 5, 5.0: 5, 10.0: 5}
_FIRST_TOP = 2.5
_MOST_LOG_TICKS = 6
_LEAST_SHOWN_LOSS = 1e-6


@dataclass(slots=True)
class RunCurves:
    """One run.

    Attributes:
        name: Of the network in training.
        total_steps: Of the whole run; once it is finished, those that were done.
        epochs: Of the whole run as planned.
        number: Of the run, counted by who shows it.
        steps: Done so far.
        faint: Step and loss as they were, thinned: one step in each bin.
        bold: Step and smoothed loss, 300 points at most.
        figures: One for each epoch completed.
        ceiling: The top of a loss axis that suits the run.
    """

    name: str
    total_steps: int
    epochs: int
    number: int = 0
    steps: int = 0
    faint: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    bold: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    figures: list[EpochFigures] = field(default_factory=list)
    ceiling: float = _FIRST_TOP
    _planned_steps: int = 0
    _average: float = 0.0
    _weight: float = 0.0

    def __post_init__(self) -> None:
        self.total_steps = self._planned_steps = max(1, self.total_steps)
        self.epochs = max(1, self.epochs)

    @property
    def steps_per_epoch(self) -> float:
        """As planned, so that epochs keep their places when a run is stopped early."""
        return self._planned_steps / self.epochs

    @property
    def memory(self) -> int:
        """Steps over which the bold curve is smoothed: a sixtieth of the run, 5 to 200."""
        return min(_MOST_MEMORY, max(_LEAST_MEMORY, round(self._planned_steps * _SMOOTHING_SHARE)))

    @property
    def smoothed(self) -> float:
        """The newest smoothed loss: an exponential mean, freed of its start at zero; NaN at first."""
        return self._average / self._weight if self._weight else math.nan

    def add(self, first_step: int, losses: Sequence[float]) -> None:
        """Take in the losses of consecutive steps; those that are not finite are passed over."""
        share = 1 / self.memory
        faint_width = math.ceil(self._planned_steps / _FAINT_BINS)
        bold_width = math.ceil(self._planned_steps / _BOLD_BINS)
        for step, loss in enumerate(losses, first_step):
            self.steps = step + 1
            if not math.isfinite(loss):
                continue
            self._average += share * (loss - self._average)
            self._weight += share * (1 - self._weight)
            if (step + 1) % faint_width == 0:
                self.faint[0].append(step)
                self.faint[1].append(loss)
            if (step + 1) % bold_width == 0:
                self.bold[0].append(step)
                self.bold[1].append(self.smoothed)
        self._fit_ceiling()

    def add_figures(self, figures: EpochFigures) -> None:
        """Take in the figures of an epoch that was completed; it is passed over if one is not finite."""
        if all(map(math.isfinite, astuple(figures))):
            # Zero has no logarithm.
            validation_loss = max(figures.validation_loss, _LEAST_SHOWN_LOSS)
            self.figures.append(replace(figures, validation_loss=validation_loss))
            self._fit_ceiling()

    def finish(self) -> None:
        """The run is over, perhaps early: it ends, and so does its bold curve, at the last step done."""
        if self.steps == 0:
            return
        self.total_steps = self.steps
        last = self.steps - 1
        if math.isfinite(self.smoothed) and (not self.bold[0] or self.bold[0][-1] < last):
            self.bold[0].append(last)
            self.bold[1].append(self.smoothed)

    def _fit_ceiling(self) -> None:
        validation_loss = self.figures[-1].validation_loss if self.figures else 0.0
        self.ceiling = loss_ceiling(self.smoothed, validation_loss, self.ceiling)


def loss_ceiling(smoothed: float, validation_loss: float = 0.0, former: float = 0.0) -> float:
    """The top of a loss axis; few tops, and a former one is held while it will do, so the axis stays calm.

    Args:
        smoothed: The training loss; NaN while there is none.
        validation_loss: The newest, finite; 0 while there is none.
        former: The top so far; 0 for none.
    """
    if not math.isfinite(smoothed):
        return former or _FIRST_TOP
    wanted = 0.0
    for top in _TOPS:
        # The curve keeps to the lower half; only where the loss is as at the beginning may it go higher.
        if smoothed <= top * (0.3 if top < 2 else 0.98) and validation_loss <= 0.9 * top:
            wanted = top
            break
    if not wanted:
        wanted = float(10 ** math.ceil(math.log10(max(smoothed, validation_loss / 0.9))))
    # A loss that wavers about a limit does not move the axis to and fro.
    if wanted > former and max(smoothed, validation_loss) <= 0.6 * former:
        return former
    return wanted


def loss_ticks(ceiling: float) -> list[tuple[float, str]]:
    """Places and names of the ticks from 0 to `ceiling`, both included."""
    parts = _TOPS.get(ceiling, 5)
    decimals = 0 if ceiling / parts >= 1 else 1
    values = [ceiling * part / parts for part in range(parts + 1)]
    return [(value, short_number(value, decimals)) for value in values]


def log_limits(runs: Sequence[RunCurves]) -> tuple[float, float]:
    """Decimal logarithms of the ends of a loss axis: half decades below the curves, 3 or more at the top."""
    losses = [loss for run in runs for loss in run.bold[1]]
    losses += [figures.validation_loss for run in runs for figures in run.figures]
    least = min((loss for loss in losses if loss > 0), default=0.3)
    low = math.floor(math.log10(max(least, _LEAST_SHOWN_LOSS)) * 2) / 2
    high = math.log10(max(3.0, *(run.ceiling for run in runs)))
    return low, high


def log_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Places, as decimal logarithms, and names of round losses; few powers of ten where more would crowd."""
    for digits in ((1, 2, 5), (1, 3), (1,)):
        values = [
            digit * 10.0**decade
            for decade in range(math.floor(low), math.ceil(high) + 1)
            for digit in digits
            if low <= math.log10(digit) + decade <= high
        ]
        if len(values) <= _MOST_LOG_TICKS:
            return [(math.log10(value), _tick_name(value)) for value in values]
    # At every second, fifth, tenth power, so that 1 is one of them.
    stride = round_stride(high - low, _MOST_LOG_TICKS - 1)
    powers = range(math.ceil(low / stride) * stride, math.floor(high) + 1, stride)
    return [(float(power), power_of_ten(power)) for power in powers]


def _tick_name(value: float) -> str:
    power = math.log10(value)
    return power_of_ten(round(power)) if power == round(power) else f"{value:g}"


def epoch_ticks(runs: Sequence[RunCurves], most: int) -> tuple[str, list[tuple[float, str]]]:
    """Name and ticks of an axis of steps: epochs where they are equally long in all runs, else steps.

    Args:
        runs: One or more.
        most: Ticks that have room.
    """
    total = max(run.total_steps for run in runs)
    per_epoch = runs[-1].steps_per_epoch
    if all(math.isclose(run.steps_per_epoch, per_epoch) for run in runs) and total >= per_epoch:
        stride = round_stride(total / per_epoch, most)
        # A run that ends a step short of a whole epoch still has that epoch's tick.
        count = math.floor(total / per_epoch + 1e-9)
        return "epoch", [(epoch * per_epoch, str(epoch)) for epoch in range(stride, count + 1, stride)]
    stride = round_stride(total, most)
    return "step", [(step, f"{step:,}") for step in range(stride, total + 1, stride)]


def round_stride(total: float, most: int) -> int:
    """The least of 1, 2, 5, 10, 20 … that divides `total` into `most` parts or fewer."""
    stride = 1
    while total / stride > most:
        leading = int(str(stride)[0])
        stride = stride * 5 // 2 if leading == 2 else stride * 2
    return stride
