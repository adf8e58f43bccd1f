"""Out-of-bag chart: how well a forest does on points that its trees have not seen, tree by tree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.boundaries.pictures.tree_words import counted
from desktop.widgets.chart import Chart
from desktop.widgets.line_pen import line_pen
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from engine.trees.forest import TreeGrown

NOTHING = "Train a forest, and its out-of-bag accuracy appears here, tree by tree."
NONE_LEFT = "Every tree has seen every point: there are none out of the bag to judge it by."
MEANING = "each point is judged by the trees that have not seen it."

_STEP = 5
_MOST_TICKS = 8


class OutOfBagChart(QWidget):
    """Accuracy against the number of trees; its axes do not move while trees are added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._axes: tuple[int, int, int] | None = None
        self._places: tuple[list[int], list[float]] = ([], [])
        self.chart = Chart(
            "Out-of-bag accuracy against the number of trees", "trees", "out-of-bag accuracy (%)"
        )
        self.chart.fix_axis_height()
        self._line = self.chart.add_curve()
        self._last = pg.ScatterPlotItem()
        self.chart.getPlotItem().addItem(self._last)
        self._words = muted_label()
        self._words.setWordWrap(True)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        column.addWidget(self.chart, 1)
        column.addWidget(self._words)
        self.set_grown(())
        self.set_colours(LIGHT)

    @property
    def words(self) -> str:
        """What is said below the chart, or in its place."""
        return self._words.text()

    @property
    def places(self) -> tuple[list[int], list[float]]:
        """Numbers of trees, and the accuracy with each, in per cent."""
        return self._places

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.chart.set_colours(colours)
        self._line.setPen(line_pen(colours.accent, 2))
        self._mark_last()

    def set_grown(self, grown: Sequence[TreeGrown], most: int = 0) -> None:
        """Show a forest as far as it is.

        Args:
            grown: One for each tree, in their order; none for an empty chart.
            most: How many there will be, which is how far the axis reaches; 0 for as many as there are.
        """
        rows = [(each.done, each.out_of_bag_accuracy) for each in grown]
        known = [(done, 100 * accuracy) for done, accuracy in rows if accuracy is not None]
        self._places = [done for done, _ in known], [accuracy for _, accuracy in known]
        self.chart.setVisible(bool(known))
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft if known else Qt.AlignmentFlag.AlignCenter)
        self._words.setText(self._said(len(grown)))
        self.chart.setAccessibleDescription(self.words)
        if known:
            self._show_axes(max(most, len(grown), 2), self._places[1])
            self._line.setData(*self._places)
        self._mark_last()

    def _said(self, trees: int) -> str:
        if not trees:
            return NOTHING
        accuracies = self._places[1]
        if not accuracies:
            return NONE_LEFT
        return f"{accuracies[-1]:.1f} % with {counted(trees, 'tree')}: {MEANING}"

    def _show_axes(self, last: int, accuracies: Sequence[float]) -> None:
        low = _STEP * math.floor(min(accuracies) / _STEP)
        high = max(low + _STEP, _STEP * math.ceil(max(accuracies) / _STEP))
        if self._axes == (last, low, high):
            return
        self._axes = last, low, high
        every = _round_step(last / _MOST_TICKS)
        ticks = sorted({1, *range(every, last + 1, every)})
        if len(ticks) > 2 and every > 2 and ticks[0] == 1:
            ticks = ticks[1:]
        self.chart.getPlotItem().getAxis("bottom").setTicks([[(tick, f"{tick:,}") for tick in ticks]])
        # Room for the disc at the end of the line, and for the last number below it.
        margin = 0.05 * last
        self.chart.set_ranges(
            (1 - 0.4 * margin, last + margin), (low - 0.03 * (high - low), high + 0.03 * (high - low))
        )

    def _mark_last(self) -> None:
        trees, accuracies = self._places
        colour = QColor(self._colours.accent)
        self._last.setData(trees[-1:], accuracies[-1:], symbol="o", size=scaled(8), brush=colour, pen=None)


def _round_step(least: float) -> int:
    """1, 2, 5, 10, 20 … : the first that is not below."""
    step: int = 10 ** max(0, math.floor(math.log10(max(1.0, least))))
    return next(factor * step for factor in (1, 2, 5, 10) if factor * step >= least)
