"""Score chart: a chart whose left axis is a score."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.search.pictures.score_scale import ScoreScale, score_ticks
from desktop.widgets.chart import Chart
from desktop.widgets.fonts import tabular
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

_MARGIN = 0.08


class ScoreChart(Chart):
    """Its axes do not move when numbers change."""

    def __init__(self, name: str, x_name: str, least_height: int, parent: QWidget | None = None) -> None:
        """Make an empty chart, so many pixels high at 100 % at least."""
        super().__init__(name, x_name, "score", parent=parent)
        self._axes: object = None
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

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance; what is plotted follows when it is shown next."""
        super().set_colours(colours)
        self._fix_axis()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.plotItem is not None:
            self._fix_axis()

    def _fix_axis(self) -> None:
        letters = QFontMetricsF(tabular(self.font(), 0.85)).height()
        self.getPlotItem().getAxis("bottom").setHeight(2 * letters + scaled(12))
