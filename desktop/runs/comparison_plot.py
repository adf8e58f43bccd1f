"""Comparison plot: one curve for each of the runs compared, over epochs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.runs.comparison_legend import ComparisonLegend
from desktop.runs.curve_reader import ComparedRun
from desktop.runs.run_styles import run_colour, run_dashes, run_symbol
from desktop.runs.run_text import percent
from desktop.training.plot.loss_curves import log_limits, log_ticks, loss_ticks
from desktop.widgets.chart import Chart
from desktop.widgets.line_pen import SOLID, line_pen
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.text.short_number import short_number
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

LOSS, LOG_LOSS, ACCURACY = "Loss", "Log loss", "Accuracy"
"""What can be shown."""

_TIPS = {
    LOSS: "The loss on the training set, smoothed: dashed, as in the training panel",
    LOG_LOSS: "The same on a logarithmic axis",
    ACCURACY: "The accuracy on the validation set after each epoch: solid, as in the training panel",
}
_LEAST_HEIGHT = 170
_MARGIN = 0.06
_MOST_LOSS = 10.0
"""Guessing digits costs 2.3: only a training that diverges comes to more than four times that."""
_ACCURACY_FLOORS = (0.98, 0.95, 0.9, 0.8, 0.5, 0.0)


class ComparisonPlot(QWidget):
    """Shows the runs that it is given, each in its style."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._measure = LOSS
        self._runs: list[tuple[ComparedRun, int]] = []
        self._curves: list[pg.PlotDataItem] = []
        self._chart = Chart("Curves of the runs compared", "epoch", "loss")
        self._chart.fix_axis_height()
        self._chart.setMinimumHeight(scaled(_LEAST_HEIGHT))
        self._chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._legend = ComparisonLegend()
        self._hint = PlainLabel("", self._chart)
        self._hint.setObjectName("muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._chart.getPlotItem().getViewBox().sigResized.connect(self._on_resized)
        self._buttons: dict[str, QPushButton] = {}
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        group = QButtonGroup(self)
        for name, tip in _TIPS.items():
            button = QPushButton(name)
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setToolTip(tip)
            group.addButton(button)
            head.addWidget(button)
            self._buttons[name] = button
        self._buttons[LOSS].setChecked(True)
        group.buttonClicked.connect(lambda button: self.choose(button.text()))
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addLayout(head)
        column.addWidget(self._legend)
        column.addWidget(self._chart, 1)

    @property
    def measure(self) -> str:
        """What is shown: `LOSS`, `LOG_LOSS` or `ACCURACY`."""
        return self._measure

    @property
    def shown(self) -> list[tuple[list[float], list[float]]]:
        """Epochs and values of each curve, as they are plotted."""
        return [self._points(compared) for compared, _ in self._runs]

    @property
    def hint(self) -> str:
        """What is said in place of curves; empty where there are some."""
        return "" if self._hint.isHidden() else self._hint.text()

    def choose(self, measure: str) -> None:
        """Show another measure."""
        self._measure = measure
        self._buttons[measure].setChecked(True)
        self._draw()

    def show_runs(self, runs: Sequence[ComparedRun], styles: dict[int, int]) -> None:
        """Lay these on each other.

        Args:
            runs: One or more, each of another number.
            styles: By the numbers of the runs.
        """
        self._runs = [(compared, styles[compared.run.id]) for compared in runs]
        # Made once: making one takes longer than drawing it.
        while len(self._curves) < len(runs):
            self._curves.append(self._chart.add_curve())
        for curve in self._curves[len(runs) :]:
            curve.setData([], [])
        self._draw()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._chart.set_colours(colours)
        self._legend.set_colours(colours)
        self._draw()

    def _points(self, compared: ComparedRun) -> tuple[list[float], list[float]]:
        if self._measure == ACCURACY:
            figures = compared.curves.figures
            steps = [float(each.step) for each in figures]
            values = [each.validation_accuracy for each in figures]
        else:
            steps, values = compared.curves.bold
            # Zero has no logarithm.
            kept = [at for at, value in enumerate(values) if value > 0 or self._measure == LOSS]
            steps, values = [steps[at] for at in kept], [values[at] for at in kept]
            if self._measure == LOG_LOSS:
                values = [math.log10(value) for value in values]
        return [step / compared.steps_per_epoch for step in steps], values

    def _draw(self) -> None:
        for (compared, style), curve in zip(self._runs, self._curves, strict=False):
            colour = run_colour(style, self._colours)
            is_accuracy = self._measure == ACCURACY
            curve.setPen(line_pen(colour, 2, SOLID if is_accuracy else run_dashes(style)))
            # An accuracy is of one moment; a single one has no line.
            curve.setSymbol(run_symbol(style) if is_accuracy else None)
            curve.setSymbolSize(scaled(7))
            curve.setSymbolBrush(colour)
            curve.setSymbolPen(line_pen(colour, 1))
            curve.setData(*self._points(compared))
        self._legend.show_runs(
            [(compared.run.id, compared.run.name, style) for compared, style in self._runs]
        )
        self._legend.show_values([self._newest(compared) for compared, _ in self._runs])
        self._fit_axes()
        self._hint.setText(self._why_empty())
        self._hint.setVisible(bool(self._hint.text()))

    def _newest(self, compared: ComparedRun) -> str:
        curves = compared.curves
        if self._measure == ACCURACY:
            return percent(curves.figures[-1].validation_accuracy) if curves.figures else ""
        if not curves.bold[0]:
            return ""
        return short_number(curves.smoothed)

    def _fit_axes(self) -> None:
        runs = [compared for compared, _ in self._runs]
        item = self._chart.getPlotItem()
        item.setLabel("left", "validation accuracy" if self._measure == ACCURACY else "training loss")
        if not runs:
            for side in ("left", "bottom"):
                item.getAxis(side).setTicks([[]])
            return
        if self._measure == ACCURACY:
            values = [each.validation_accuracy for run in runs for each in run.curves.figures]
            low = next(floor for floor in _ACCURACY_FLOORS if floor <= min(values, default=1.0))
            high = 1.0
            ticks = [(low + (high - low) * part / 4, "") for part in range(5)]
            ticks = [(value, f"{100 * value:.3g} %") for value, _ in ticks]
        else:
            # One that diverged must not press the others flat.
            shown = [run.curves for run in runs if run.curves.ceiling <= _MOST_LOSS]
            shown = shown or [run.curves for run in runs]
            if self._measure == LOG_LOSS:
                low, high = log_limits(shown)
                ticks = log_ticks(low, high)
            else:
                low, high = 0.0, max(curves.ceiling for curves in shown)
                ticks = loss_ticks(high)
        item.getAxis("left").setTicks([ticks])
        item.getAxis("bottom").setTicks(None)
        # A little more, so that the last points are whole, and the names of the outermost ticks.
        epochs = max(run.curves.total_steps / run.steps_per_epoch for run in runs)
        margin = _MARGIN * (high - low)
        self._chart.set_ranges((0, epochs * 1.015), (low - margin, high + margin))

    def _why_empty(self) -> str:
        if not self._runs:
            return "Choose a run to see its curve"
        if any(steps for steps, _ in self.shown):
            return ""
        return "No epoch was completed" if self._measure == ACCURACY else "No loss was saved"

    def _on_resized(self) -> None:
        self._hint.setGeometry(self._chart.rect())
