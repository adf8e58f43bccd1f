"""Run lines: the curves of one run as items of a plot."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from desktop.loss_curves import RunCurves
from desktop.theme import Colours

_FAINT_ALPHA = 0.35


def _pen(colour: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(QColor(colour), width, style)
    pen.setCosmetic(True)
    return pen


class RunLines:
    """Five curves: loss per step, smoothed, validation loss, and the two accuracies on the right axis.

    Attributes:
        curves: What they show.
    """

    def __init__(self, curves: RunCurves, plot: pg.PlotItem, right: pg.ViewBox) -> None:
        self.curves = curves
        self._plot = plot
        self._right = right
        self._epochs_drawn = 0
        # Antialiasing a line of width 2 is dear: the bold curve has few points, the faint one goes without.
        self._faint = plot.plot(antialias=False)
        self._bold = plot.plot(antialias=True)
        self._validation_loss = plot.plot(antialias=True)
        self._accuracy = pg.PlotDataItem(antialias=True)
        self._training_accuracy = pg.PlotDataItem(antialias=True)
        right.addItem(self._accuracy)
        right.addItem(self._training_accuracy)

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

    def style_newest(self, colours: Colours) -> None:
        """As the run in training: accent for loss, second colour for accuracy, dashes for the other set."""
        faint = QColor(colours.accent)
        faint.setAlphaF(_FAINT_ALPHA)
        pen = _pen(colours.accent)
        pen.setColor(faint)
        self._faint.setPen(pen)
        self._bold.setPen(_pen(colours.accent, 2))
        self._validation_loss.setPen(_pen(colours.accent, 1.5, Qt.PenStyle.DashLine))
        self._accuracy.setPen(_pen(colours.second, 2))
        self._training_accuracy.setPen(_pen(colours.second, 1.5, Qt.PenStyle.DashLine))
        for item, colour in (
            (self._validation_loss, colours.accent),
            (self._accuracy, colours.second),
            (self._training_accuracy, colours.second),
        ):
            item.setSymbol("o")
            item.setSymbolSize(5)
            item.setSymbolBrush(QColor(colour))
            item.setSymbolPen(_pen(colour))

    def style_former(self, colour: str, style: Qt.PenStyle) -> None:
        """As a run before it: smoothed loss and validation accuracy alone, in one colour and dash."""
        self._faint.setData([], [])
        self._bold.setPen(_pen(colour, 1.5, style))
        self._accuracy.setPen(_pen(colour, 1.5, style))
        for item in (self._validation_loss, self._training_accuracy):
            item.setData([], [])
        self._accuracy.setSymbol(None)

    def remove(self) -> None:
        """Take the curves out of the plot."""
        for item in (self._faint, self._bold, self._validation_loss):
            self._plot.removeItem(item)
        for item in (self._accuracy, self._training_accuracy):
            self._right.removeItem(item)
