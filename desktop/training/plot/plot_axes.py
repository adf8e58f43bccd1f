"""Plot axes: loss to the left, accuracy to the right, epochs below; ranges and ticks that fit the runs."""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from desktop.training.plot.loss_curves import RunCurves, epoch_ticks, log_limits, log_ticks, loss_ticks
from desktop.widgets.chart import ValueAxis
from desktop.widgets.line_pen import line_pen
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

_TICK_MARGIN = 8
"""Pixels: half the height of a tick's name, which lies beyond the end of the axis."""
_TICK_SPACING = 44
"""Pixels that a tick of the lower axis takes at least."""
_NAMES = {"left": "loss", "right": "accuracy", "bottom": "epoch"}


def value_axes() -> dict[str, pg.AxisItem]:
    """The three axes that a plot is made with."""
    return {name: ValueAxis(name, _TICK_MARGIN) for name in _NAMES}


class PlotAxes:
    """Two value axes over one of steps; nothing to drag, zoom or click by accident.

    Attributes:
        right: The view of the curves of accuracy.
    """

    def __init__(self, item: pg.PlotItem, font: QFont, on_resized: Callable[[], None]) -> None:
        """Prepare the axes.

        Args:
            item: Made with `value_axes`.
            font: Of names and ticks.
            on_resized: Called when there is another room for the curves.
        """
        self.right = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._item = item
        self._view = item.getViewBox()
        self._on_resized = on_resized
        self._shown: tuple[object, ...] | None = ()
        self._is_log = False
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        self._view.setDefaultPadding(0)
        item.showAxis("right")
        item.scene().addItem(self.right)
        item.getAxis("right").linkToView(self.right)
        self.right.setXLink(self._view)
        self._view.sigResized.connect(self._on_view_resized)
        for name, title in _NAMES.items():
            axis = item.getAxis(name)
            # The left axis has the lines of the grid, as strong as their pen however many there are.
            alpha = 255 if name == "left" else 0
            axis.setStyle(tickLength=0, tickAlpha=alpha)
            axis.enableAutoSIPrefix(False)
            item.setLabel(name, title)
        self.set_font(font)
        item.getAxis("left").setGrid(255)
        # Behind the curves of both, which lie behind everything else by themselves.
        item.getAxis("left").setZValue(self._view.zValue() - 1)
        self.right.setZValue(1)

    def set_font(self, font: QFont) -> None:
        """Of names and ticks. Widths are fixed, so that the curves do not shift when the numbers change."""
        metrics = self._metrics = QFontMetricsF(font)
        for name in _NAMES:
            axis = self._item.getAxis(name)
            axis.setStyle(tickFont=font, tickTextOffset=scaled(6))
            axis.label.setFont(font)
        self._item.layout.setContentsMargins(0, scaled(_TICK_MARGIN), 0, 0)
        name_room = self._name_room = metrics.height() + scaled(8)
        self._fit_left_width([])
        self._item.getAxis("right").setWidth(name_room + metrics.horizontalAdvance("100 %") + scaled(4))
        self._item.getAxis("bottom").setHeight(name_room + metrics.height())

    def set_log_scale(self, is_log: bool) -> None:
        """Whether the loss axis is logarithmic."""
        self._is_log = is_log
        self._item.setLogMode(False, is_log)
        # That is meant for the loss alone, but reaches both axes.
        self._item.getAxis("right").setLogMode(False)
        self._fit_left_width([])

    def _fit_left_width(self, ticks: list[tuple[float, str]]) -> None:
        """Of the usual names of ticks; only those of a training that diverged are wider."""
        names = ["0.001" if self._is_log else "0.0", *(name for _, name in ticks)]
        widest = max(map(self._metrics.horizontalAdvance, names))
        self._item.getAxis("left").setWidth(self._name_room + widest + scaled(4))

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        for name in _NAMES:
            axis = self._item.getAxis(name)
            axis.setPen(QPen(Qt.PenStyle.NoPen))
            axis.setTickPen(line_pen(colours.line, 1))
            axis.setTextPen(QPen(QColor(colours.muted)))

    def fit(self, runs: list[RunCurves]) -> None:
        """Set ranges and ticks for these runs, the newest last; for none, leave the axes' names alone."""
        if not runs:
            if self._shown is not None:
                self._shown = None
                for name in _NAMES:
                    self._item.getAxis(name).setTicks([[]])
            return
        total = max(run.total_steps for run in runs)
        low, high = log_limits(runs) if self._is_log else (0.0, max(run.ceiling for run in runs))
        accuracies = [figures.validation_accuracy for run in runs for figures in run.figures]
        accuracies += [figures.training_accuracy for figures in runs[-1].figures]
        accuracy_low = 0 if accuracies and min(accuracies) < 0.8 else 80
        room = max(2, int(self._view.width() / scaled(_TICK_SPACING)))
        shown = (total, self._is_log, low, high, accuracy_low, room, len(runs), runs[-1].number)
        # Only if they changed, since an axis that was told anything paints anew.
        if shown == self._shown:
            return
        self._shown = shown
        # A little more than the run, so that its last point is whole.
        self._view.setXRange(0, total * 1.015, padding=0)
        self._view.setYRange(low, high, padding=0)
        self.right.setYRange(accuracy_low, 100, padding=0)
        name, ticks = epoch_ticks(runs, room)
        self._item.setLabel("bottom", name)
        self._item.getAxis("bottom").setTicks([ticks])
        losses = log_ticks(low, high) if self._is_log else loss_ticks(high)
        self._fit_left_width(losses)
        self._item.getAxis("left").setTicks([losses])
        shares = range(accuracy_low, 101, 10 if accuracy_low else 20)
        self._item.getAxis("right").setTicks([[(share, f"{share} %") for share in shares]])

    def _on_view_resized(self) -> None:
        self.right.setGeometry(self._view.sceneBoundingRect())
        self.right.linkedViewChanged(self._view, self.right.XAxis)
        self._on_resized()
