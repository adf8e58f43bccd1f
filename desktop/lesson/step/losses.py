"""Losses: that of each mini-batch, and a chart of them with a smoothed curve."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from desktop.widgets.chart import Chart
from desktop.widgets.line_pen import DASHED, faint_pen, line_pen
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

_MOST_POINTS = 4000
_SMOOTHING = 0.1


class StepLosses:
    """Keeps all losses; draws them when it is asked to, since many may come at once.

    Attributes:
        chart: What they are drawn in.
    """

    def __init__(self) -> None:
        self.chart = Chart("Loss of each step", "step", "loss")
        self.chart.setFixedHeight(scaled(150))
        self._losses = array("d")
        self._raw, self._smoothed = self.chart.add_curve(), self.chart.add_curve()

    @property
    def values(self) -> list[float]:
        """Of each step since they were forgotten."""
        return self._losses.tolist()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.chart.set_colours(colours)
        self._raw.setPen(faint_pen(colours.accent))
        self._smoothed.setPen(line_pen(colours.accent, 2, DASHED))

    def forget(self) -> None:
        """Begin anew."""
        self._losses = array("d")

    def add(self, first_step: int, losses: Sequence[float]) -> None:
        """Take in losses from a step on, counted from 0; those known of it and later steps are forgotten."""
        del self._losses[first_step:]
        self._losses.extend(losses)

    def draw(self) -> None:
        """Draw all that there are."""
        steps, losses = _thinned(self._losses)
        self._raw.setData(steps, losses)
        self._smoothed.setData(steps, _smoothed(losses))


def _thinned(losses: Sequence[float]) -> tuple[list[int], list[float]]:
    """Steps and losses, no more of them than a chart can show."""
    stride = -(-len(losses) // _MOST_POINTS) or 1
    return list(range(1, len(losses) + 1, stride)), list(losses[::stride])


def _smoothed(losses: Sequence[float]) -> list[float]:
    """A running mean over some ten of them, freed of its start at zero."""
    smoothed, mean, weight = [], 0.0, 0.0
    for loss in losses:
        mean += _SMOOTHING * (loss - mean)
        weight += _SMOOTHING * (1 - weight)
        smoothed.append(mean / weight)
    return smoothed
