"""Best plot: the score of each trial, and the best so far, against the number of trials."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from desktop.search.pictures.score_scale import ScoreScale
from desktop.search.pictures.trial_chart import TrialChart, symbols
from desktop.widgets.line_pen import line_pen
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from desktop.search.search_record import SearchRecord

_LEAST_HEIGHT = 124
_NEAR = 0.25
_MOST_TICKS = 12


class BestPlot(TrialChart):
    """Trials in the order of their ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Best score so far against the number of trials", "trials", _LEAST_HEIGHT, parent)
        self._shown: list[tuple[int, float]] = []
        self._best: list[float] = []
        self._line = self.add_curve()
        for item in (self._points, self._mark):
            self.getPlotItem().addItem(item)
        self.place_clicked.connect(self._on_clicked)

    @property
    def best(self) -> list[float]:
        """The best score after each trial."""
        return list(self._best)

    def show_search(self, record: SearchRecord, chosen: int | None) -> None:
        """Show the trials of a search."""
        trials = record.scored()
        self.setVisible(bool(trials))
        if not trials:
            return
        self._shown = [(each.trial.number, each.score or 0.0) for each in trials]
        self._best = record.best_so_far()
        scale = self._scale = ScoreScale.of([score for _, score in self._shown], record.is_accuracy)
        counts = list(range(1, len(self._shown) + 1))
        heights = [scale.clipped(score) for _, score in self._shown]
        self._points.setData(
            counts,
            heights,
            symbol=symbols(scale, [score for _, score in self._shown]),
            size=scaled(6),
            brush=QColor(self._colours.weak),
            pen=None,
        )
        # A step at each trial that was better.
        steps = [1.0, *(count for count in counts[1:] for _ in range(2)), float(counts[-1])]
        best = [each for each in map(scale.clipped, self._best) for _ in range(2)]
        self._line.setPen(line_pen(self._colours.accent, 2))
        self._line.setData(steps, best)
        places = zip(counts, heights, self._shown, strict=True)
        self.mark([(count, y) for count, y, (number, _) in places if number == chosen], 14)
        # The whole search, so that points do not move while it runs.
        last = max(record.total, len(self._shown), 2)
        every = max(1, math.ceil(last / _MOST_TICKS))
        ticks = [(count, f"{count:,}") for count in range(every, last + 1, every)]
        self.show_axes(scale, record.is_accuracy, (0.5, last + 0.5 + 0.02 * last), ticks)

    def _on_clicked(self, x: float, y: float) -> None:
        if self._scale is None or not self._shown:
            return
        low, high = self._scale.limits
        nearest = min(max(round(x), 1), len(self._shown)) - 1
        number, score = self._shown[nearest]
        if abs(self._scale.clipped(score) - y) <= _NEAR * (high - low):
            self.trial_chosen.emit(number)
