"""Run lines: the curves of one run as items of a plot."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtGui import QColor

from desktop.training.plot.loss_curves import RunCurves
from desktop.widgets.line_pen import DASHED, DOTTED, Dashes, faint_pen, line_pen
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

# Colour, dashes and symbol differ from run to run, so that colours need not be seen to tell runs apart; none
# has the dashes and symbol of the newest.
FORMER_STYLES: tuple[tuple[str, str, Dashes, str], ...] = (
    ("#8c5522", "#f7fb7a", DOTTED, "s"),
    ("#9578bd", "#bf29a4", (7, 2, 1, 2), "t"),
    ("#04163f", "#718230", (2, 2), "d"),
    ("#ed7118", "#aee79c", (10, 3), "+"),
    ("#44090e", "#c2a122", (1, 4), "t1"),
    ("#581c92", "#128168", (6, 2, 1, 2, 1, 2), "x"),
)
"""Of former runs, each of which keeps its own: colour on light and on dark, the dashes of the training loss,
and the symbol of the validation accuracy, whose line is solid.

The colours were searched for: a contrast of 3 or more to the panel, and 26 or more apart in CIELAB from each
other and from the two of the newest run, as they are and as people without one kind of cones see them.
"""

NEWEST_SYMBOL = "o"
"""Of the figures of the run in training."""

_FAINT = 0.35
# Beside other runs, whose curves single losses would hide.
_FAINTEST = 0.12
# Former runs lie on the newest one, which shows through their gaps where the curves are the same.
_FORMER_Z = 10
_SYMBOL_SIZE = 5


class RunLines:
    """Five curves: loss per step, smoothed, validation loss, and the two accuracies on the right axis.

    Making them takes longer than all else that the start of a run asks of the window, so they are made once
    and show one run after another.

    Attributes:
        curves: What they show.
    """

    def __init__(self, plot: pg.PlotItem, right: pg.ViewBox) -> None:
        self.curves = RunCurves("", 1, 1)
        self._epochs_drawn = 0
        # Antialiasing a line of width 2 is dear: the bold curve has few points, the faint one goes without.
        self._faint = plot.plot(antialias=False)
        self._bold = plot.plot(antialias=True)
        self._validation_loss = plot.plot(antialias=True)
        self._accuracy = pg.PlotDataItem(antialias=True)
        self._training_accuracy = pg.PlotDataItem(antialias=True)
        right.addItem(self._accuracy)
        right.addItem(self._training_accuracy)
        self._items = (
            self._faint,
            self._bold,
            self._validation_loss,
            self._accuracy,
            self._training_accuracy,
        )
        self.clear()

    def begin(self, curves: RunCurves) -> None:
        """Show a run from now on, in place of nothing."""
        self.curves = curves
        for item in self._items:
            item.setZValue(0)
            item.show()

    def clear(self) -> None:
        """Show nothing, and let go of what was shown."""
        self.curves = RunCurves("", 1, 1)
        self._epochs_drawn = 0
        for item in self._items:
            item.setData([], [])
            item.hide()

    def draw(self) -> None:
        """Hand the curves over; those of the epochs only when there is a new one."""
        self._faint.setData(*self.curves.faint)
        self._bold.setData(*self.curves.bold)
        figures = self.curves.figures
        if len(figures) == self._epochs_drawn:
            return
        self._epochs_drawn = len(figures)
        steps = [each.step for each in figures]
        self._validation_loss.setData(steps, [each.validation_loss for each in figures])
        self._accuracy.setData(steps, [100 * each.validation_accuracy for each in figures])
        self._training_accuracy.setData(steps, [100 * each.training_accuracy for each in figures])

    def style_newest(self, colours: Colours, is_alone: bool) -> None:
        """As the run in training: accent for loss, second colour for accuracy, training set dashed."""
        self._faint.setPen(faint_pen(colours.accent, _FAINT if is_alone else _FAINTEST))
        self._bold.setPen(line_pen(colours.accent, 2, DASHED))
        self._validation_loss.setPen(line_pen(colours.accent, 2))
        self._accuracy.setPen(line_pen(colours.second, 2))
        self._training_accuracy.setPen(line_pen(colours.second, 1.5, DASHED))
        for item, colour in (
            (self._validation_loss, colours.accent),
            (self._accuracy, colours.second),
            (self._training_accuracy, colours.second),
        ):
            _mark(item, colour, NEWEST_SYMBOL)

    def style_former(self, colour: str, dashes: Dashes, symbol: str) -> None:
        """As a run before it: training loss, dashed, and validation accuracy, solid with symbols, alone."""
        self._faint.setData([], [])
        self._bold.setPen(line_pen(colour, 2, dashes))
        # Thinner, so that the newest is seen beneath where both are the same.
        self._accuracy.setPen(line_pen(colour, 1))
        _mark(self._accuracy, colour, symbol)
        for item in (self._bold, self._accuracy):
            item.setZValue(_FORMER_Z + self.curves.number)
        for item in (self._validation_loss, self._training_accuracy):
            item.setData([], [])


def _mark(item: pg.PlotDataItem, colour: str, symbol: str) -> None:
    item.setSymbol(symbol)
    item.setSymbolSize(scaled(_SYMBOL_SIZE if symbol == NEWEST_SYMBOL else _SYMBOL_SIZE + 1))
    item.setSymbolBrush(QColor(colour))
    item.setSymbolPen(line_pen(colour, 1))
