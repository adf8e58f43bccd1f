"""Curves plot: the score after each epoch, of the best trials or of those that are compared."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.runs.comparison_legend import ComparisonLegend
from desktop.runs.run_styles import run_colour, run_symbol
from desktop.search.pictures.score_chart import ScoreChart
from desktop.search.pictures.score_scale import ScoreScale
from desktop.search.search_text import score_text, short_words
from desktop.widgets.line_pen import line_pen
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from engine.search.objective import ACCURACY, LOSS, score_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.search.search_record import SearchRecord
    from engine.search.events import TrialCompleted
    from engine.training.epoch_figures import EpochFigures

_LEAST_HEIGHT = 124
_MOST_TICKS = 12
USUAL_CURVES = 5
"""Of the best, where none were ticked: more hide each other."""


class CurvesPlot(QWidget):
    """Solid, since they are measured on the validation set; told apart by symbols where colours are not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._shown: list[tuple[TrialCompleted, int]] = []
        self._varied: tuple[str, ...] = ()
        self._is_accuracy = True
        self._curves: list[pg.PlotDataItem] = []
        self._chart = ScoreChart("Score after each epoch", "epoch", _LEAST_HEIGHT)
        self._legend = ComparisonLegend(is_solid=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        column.addWidget(self._legend)
        column.addWidget(self._chart, 1)

    @property
    def shown(self) -> list[int]:
        """Numbers of the trials."""
        return [trial.trial.number for trial, _ in self._shown]

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._chart.set_colours(colours)
        self._legend.set_colours(colours)
        self._draw()

    def prepare(self) -> Iterator[None]:
        """Make the usual number of curves, one after another: making one takes longer than drawing it."""
        while len(self._curves) < USUAL_CURVES:
            self._curves.append(self._chart.add_curve())
            yield

    def show_trials(self, record: SearchRecord, styles: Mapping[int, int]) -> None:
        """Show these trials, by their numbers, each in its style."""
        self._is_accuracy, self._varied = record.is_accuracy, record.varied
        self._shown = [
            (trial, style)
            for number, style in styles.items()
            if (trial := record.trial(number)) is not None and trial.figures
        ]
        while len(self._curves) < len(self._shown):
            self._curves.append(self._chart.add_curve())
        for curve in self._curves[len(self._shown) :]:
            curve.setData([], [])
        self._draw()

    def _draw(self) -> None:
        if not self._shown:
            return
        scores = [[self._score(each) for each in trial.figures] for trial, _ in self._shown]
        scale = ScoreScale.of([each for curve in scores for each in curve], self._is_accuracy)
        for (trial, style), values, curve in zip(self._shown, scores, self._curves, strict=False):
            colour = run_colour(style, self._colours)
            # All at once: each change by itself would be worked in by itself.
            curve.setData(
                [each.epoch for each in trial.figures],
                list(map(scale.clipped, values)),
                pen=line_pen(colour, 2),
                symbol=run_symbol(style),
                symbolSize=scaled(7),
                symbolBrush=colour,
                symbolPen=line_pen(colour, 1),
            )
        self._legend.show_runs(
            [(trial.trial.number, short_words(trial, self._varied), style) for trial, style in self._shown]
        )
        self._legend.show_values([score_text(values[-1], self._is_accuracy) for values in scores])
        epochs = max(2, *(trial.trial.settings.epochs for trial, _ in self._shown))
        every = max(1, math.ceil(epochs / _MOST_TICKS))
        ticks = [(epoch, f"{epoch:,}") for epoch in range(every, epochs + 1, every)]
        self._chart.show_axes(scale, self._is_accuracy, (0.8, epochs + 0.2), ticks)

    def _score(self, figures: EpochFigures) -> float:
        return score_of(figures, ACCURACY if self._is_accuracy else LOSS)
