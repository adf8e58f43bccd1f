"""Score plot: the score against one setting, with the spread over the seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from desktop.search.pictures.score_scale import ScoreScale
from desktop.search.pictures.setting_axis import SEED, SettingAxis, setting_axis
from desktop.search.pictures.trial_chart import TrialChart, symbols
from desktop.widgets.line_pen import line_pen
from desktop.widgets.zoom.lengths import scaled
from engine.search.samplers import GRID

if TYPE_CHECKING:
    from desktop.search.search_record import SearchRecord
    from engine.search.events import TrialCompleted
    from engine.search.space import Value

_LEAST_HEIGHT = 220
# Of a bar of the spread, as a share of the axis.
_BEAM = 0.012
_NEAR = 0.06
"""Of the axes, as far as a click may be off."""


class ScorePlot(TrialChart):
    """A point for each trial; where seeds are repeated, their mean and its standard deviation beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Score against a setting", "", _LEAST_HEIGHT, parent)
        self._shown: list[tuple[int, float, float]] = []
        self._spread = pg.ErrorBarItem(beam=_BEAM)
        self._means = pg.ScatterPlotItem()
        for item in (self._spread, self._points, self._means, self._mark):
            self.getPlotItem().addItem(item)
        self.place_clicked.connect(self._on_clicked)

    @property
    def shown(self) -> list[tuple[int, float, float]]:
        """Number, place from 0 to 1, and score of each point."""
        return list(self._shown)

    def show_search(self, record: SearchRecord, name: str, chosen: int | None) -> None:
        """Show the trials of a search against one of its settings."""
        axis = setting_axis(record.plan.space, name, record.plan.sampler == GRID)
        trials = record.ranked()
        scores = [each.score for each in trials if each.score is not None]
        scale = self._scale = ScoreScale.of(scores, record.is_accuracy)
        self._shown = [
            (each.trial.number, axis.place(_value(each, name)), each.score or 0.0) for each in trials
        ]
        self._draw_points(scale, chosen)
        self._draw_means(record, axis, scale)
        self.getPlotItem().setLabel("bottom", axis.title)
        self.show_axes(scale, record.is_accuracy, (-0.04, 1.04), axis.ticks)

    def _draw_points(self, scale: ScoreScale, chosen: int | None) -> None:
        fill = QColor(self._colours.accent)
        fill.setAlphaF(0.75)
        self._points.setData(
            [place for _, place, _ in self._shown],
            [scale.clipped(score) for _, _, score in self._shown],
            symbol=symbols(scale, [score for _, _, score in self._shown]),
            size=scaled(8),
            brush=fill,
            pen=line_pen(self._colours.panel, 1),
        )
        self.mark(
            [(place, scale.clipped(score)) for number, place, score in self._shown if number == chosen], 15
        )

    def _draw_means(self, record: SearchRecord, axis: SettingAxis, scale: ScoreScale) -> None:
        """Only where one setting varies is the spread of a point that of its seeds alone."""
        points = record.points() if record.varied == (axis.name,) else []
        points = [each for each in points if each.spread is not None]
        places = [axis.place(each.values[axis.name]) for each in points]
        means = [scale.clipped(each.mean) for each in points]
        colour = self._colours.second
        self._means.setData(
            places, means, symbol="d", size=scaled(11), brush=QColor(colour), pen=line_pen(colour, 1)
        )
        spreads = [2 * (each.spread or 0.0) for each in points]
        self._spread.setData(
            x=np.array(places), y=np.array(means), height=np.array(spreads), pen=line_pen(colour, 2)
        )
        self._spread.setVisible(bool(points))

    def _on_clicked(self, x: float, y: float) -> None:
        if self._scale is None or not self._shown:
            return
        low, high = self._scale.limits
        scale = self._scale

        def off(point: tuple[int, float, float]) -> float:
            _, place, score = point
            return float(np.hypot(place - x, (scale.clipped(score) - y) / (high - low)))

        nearest = min(self._shown, key=off)
        if off(nearest) <= _NEAR:
            self.trial_chosen.emit(nearest[0])


def _value(trial: TrialCompleted, name: str) -> Value:
    return trial.trial.settings.seed if name == SEED else trial.values[name]
