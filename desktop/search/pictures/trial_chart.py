"""Trial chart: a score chart whose points are trials, one of them marked, to be clicked."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.search.pictures.score_chart import ScoreChart
from desktop.search.pictures.score_scale import ScoreScale
from desktop.widgets.line_pen import line_pen
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled


class TrialChart(ScoreChart):
    """What it shows takes other colours when it is shown next.

    Signals:
        trial_chosen: Number of a trial that was clicked.
    """

    trial_chosen = Signal(int)

    def __init__(self, name: str, x_name: str, least_height: int, parent: QWidget | None = None) -> None:
        super().__init__(name, x_name, least_height, parent)
        self._colours = LIGHT
        self._scale: ScoreScale | None = None
        self._points, self._mark = pg.ScatterPlotItem(), pg.ScatterPlotItem()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance; the points follow when they are shown next."""
        self._colours = colours
        super().set_colours(colours)

    def mark(self, places: Sequence[tuple[float, float]], size: int) -> None:
        """A ring around the trial that is chosen, or none.

        Args:
            places: x and y of its points.
            size: Pixels at 100 %.
        """
        self._mark.setData(
            [x for x, _ in places],
            [y for _, y in places],
            symbol="o",
            size=scaled(size),
            brush=None,
            pen=line_pen(self._colours.text, 2),
        )


def symbols(scale: ScoreScale, scores: Sequence[float]) -> list[str]:
    """Discs; what is beyond the scale points there."""
    return ["o" if scale.clipped(score) == score else "t" for score in scores]
