"""Score chart: a chart whose left axis is a score."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.search.pictures.score_scale import ScoreScale, score_ticks
from desktop.widgets.chart import Chart
from desktop.widgets.zoom.lengths import scaled

_MARGIN = 0.08


class ScoreChart(Chart):
    """Its axes do not move when numbers change."""

    def __init__(self, name: str, x_name: str, least_height: int, parent: QWidget | None = None) -> None:
        """Make an empty chart, so many pixels high at 100 % at least."""
        super().__init__(name, x_name, "score", parent=parent)
        self._axes: object = None
        self.fix_axis_height()
        self.setMinimumHeight(scaled(least_height))
        # Rooms are shared by stretch alone, from the least height on.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def show_axes(
        self,
        scale: ScoreScale,
        is_accuracy: bool,
        x_range: tuple[float, float],
        x_ticks: Sequence[tuple[float, str]],
    ) -> None:
        """Give the axes their ranges and figures; where they have them, nothing is laid out again."""
        ticks = score_ticks(scale, is_accuracy)
        wanted = (tuple(ticks), tuple(x_ticks), x_range, is_accuracy)
        if wanted == self._axes:
            return
        self._axes = wanted
        item = self.getPlotItem()
        item.setLabel("left", "accuracy" if is_accuracy else "loss")
        item.getAxis("left").setTicks([ticks])
        item.getAxis("bottom").setTicks([list(x_ticks)])
        low, high = ticks[0][0], ticks[-1][0]
        margin = _MARGIN * (high - low)
        self.set_ranges(x_range, (low - margin, high + margin))
