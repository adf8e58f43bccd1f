"""Calibration page: how often a network was right against how sure it was, with a temperature and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from desktop.widgets.chart import Chart
from desktop.widgets.line_pen import DASHED, DOTTED, line_pen
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.formula import FormulaBox
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from desktop.results.results_thread import Results
    from engine.evaluation.calibration import Reliability, ReliabilityBin

# 95 of 100 deviations by chance are smaller.
_DEVIATIONS = 1.96
# A point for fewer digits would say nothing and catch the eye.
_LEAST_DIGITS = 10
_AROUND_90 = 0.85, 0.95
# Points of calibration error that nobody would notice; shares of it that are called most, and hardly any.
_SMALL = 0.5
_MOST_OF_IT, _HARDLY = 0.5, 0.1


class CalibrationPage(Page):
    """Shows what it is given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("calibration", parent)
        self._words = PlainLabel()
        self._words.setWordWrap(True)
        self._words.setFont(tabular(self.font()))
        self._words.setAccessibleName("Calibration errors")
        self._chart = Chart("Reliability curve", "confidence, %", "accuracy, %")
        self._chart.setMinimumHeight(scaled(300))
        self._diagonal = self._chart.add_curve()
        self._diagonal.setData([0, 100], [0, 100])
        self._bars = pg.ErrorBarItem(x=np.zeros(0), y=np.zeros(0), beam=1.5)
        self._chart.getPlotItem().addItem(self._bars)
        self._plain = self._chart.add_curve()
        self._tempered = self._chart.add_curve()
        self._chart.set_ranges((0, 101), (0, 102))
        legend = muted_label(
            "Dotted with squares: temperature 1. Solid with discs: the fitted temperature. Bars: what chance "
            f"alone can do to so few digits (95 %). Fewer than {_LEAST_DIGITS} digits get no point."
        )
        legend.setWordWrap(True)
        self.column.addWidget(FormulaBox(["softmax-with-temperature"], is_row=True))
        self.column.addWidget(self._words)
        self.column.addWidget(self._chart, 1)
        self.column.addWidget(legend)

    @property
    def words(self) -> str:
        """The errors, in words."""
        return self._words.text()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._chart.set_colours(colours)
        self._diagonal.setPen(line_pen(colours.muted, 1, DASHED))
        self._bars.setData(pen=line_pen(colours.accent, 1))
        styles = ((self._plain, colours.second, DOTTED, "s"), (self._tempered, colours.accent, (), "o"))
        for curve, shade, dashes, symbol in styles:
            curve.setPen(line_pen(shade, 2, dashes))
            curve.setSymbol(symbol)
            curve.setSymbolSize(scaled(8))
            curve.setSymbolPen(line_pen(shade, 1))
            curve.setSymbolBrush(shade)

    def show_results(self, results: Results) -> None:
        """Show another network's reliability."""
        for curve, reliability in ((self._plain, results.plain), (self._tempered, results.tempered)):
            curve.setData(*_points(reliability))
        # About the diagonal, where the discs would stand if nothing but chance moved them.
        stated = np.array(_points(results.tempered)[0])
        reach = np.array(
            [100 * _DEVIATIONS * each.standard_error for each in _worth_a_point(results.tempered)]
        )
        self._bars.setData(x=stated, y=stated, top=reach, bottom=reach)
        self._words.setText(_said(results))


def _points(reliability: Reliability) -> tuple[list[float], list[float]]:
    """Confidences and accuracies of the bins, in per cent."""
    bins = _worth_a_point(reliability)
    return [100 * each.confidence for each in bins], [100 * each.accuracy for each in bins]


def _worth_a_point(reliability: Reliability) -> list[ReliabilityBin]:
    return [each for each in reliability.bins if each.count >= _LEAST_DIGITS]


def _said(results: Results) -> str:
    from engine.evaluation.calibration import read_with

    plain = 100 * results.plain.expected_calibration_error
    tempered = 100 * results.tempered.expected_calibration_error
    used, fitted = results.predictions.temperature, results.fitted_temperature
    in_use = "a temperature of 1" if used == 1 else f"a temperature of {used:.2f}"
    around = read_with(results.predictions, *_AROUND_90)
    low, high = (round(100 * each) for each in _AROUND_90)
    share = f"{100 * around.accuracy:.1f} % of {around.count:,}" if around else "none at all"
    return (
        f"Expected calibration error: {plain:.2f} points at a temperature of 1, {tempered:.2f} points at "
        f"{fitted:.2f}, which was fitted on other digits: {verdict(plain, tempered)}. The bars beside the "
        f"pad use {in_use}; of the digits read with {low} to {high} % there, {share} were right."
    )


def verdict(plain: float, tempered: float) -> str:
    """What the temperature does to the expected calibration error, both in points: part of a sentence."""
    if max(plain, tempered) < _SMALL:
        change = "smaller" if tempered < plain else "larger"
        return f"both are small, and the second is {change}" if plain != tempered else "both are small"
    if tempered <= _MOST_OF_IT * plain:
        return "it mends most of the error"
    if tempered < (1 - _HARDLY) * plain:
        return "it mends some of the error"
    if tempered <= (1 + _HARDLY) * plain:
        return "it hardly changes the error"
    return "here it makes the error larger"
