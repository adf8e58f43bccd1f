"""Loss plot: live loss and accuracy with pyqtgraph.

The only module that imports pyqtgraph; it is imported after the window is on the screen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.fonts import tabular
from desktop.loss_curves import EpochFigures, RunCurves, loss_ceiling
from desktop.plot_legend import LegendEntry, PlotLegend
from desktop.run_lines import RunLines
from desktop.theme import LIGHT, Colours
from engine.errors import PictureError

_EMPTY = "Press Train and see the loss fall"
_MOST_OVERLAID = 6
# A drawing of the plot costs as much as ten readings: 12 a second are enough to see the loss fall.
_DRAW_INTERVAL_MS = 80
# Hue and dash differ from run to run, so that neither colour alone nor dash alone tells runs apart.
_FORMER_STYLES = (
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)


class LossPlot(QWidget):
    """Curves of the run in training and, on request, of those before it.

    Signals:
        export_requested: The plot is to be saved as a picture.
    """

    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._runs: list[RunLines] = []
        self._is_log = False
        self._is_overlaid = False
        self._shown_axes: tuple[object, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DRAW_INTERVAL_MS)
        self._soon.timeout.connect(self._refresh)
        self._plot = pg.PlotWidget(background=None)
        self._plot.setAccessibleName("Loss and accuracy")
        self._plot.setMinimumHeight(96)
        self._item = self._plot.getPlotItem()
        self._right = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._legend = PlotLegend()
        self._entries: dict[str, LegendEntry] = {}
        self._hint = QLabel(_EMPTY, self._plot)
        self._hint.setObjectName("muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._log_box = QCheckBox("Log")
        self._overlay_box = QCheckBox("Overlay")
        self._log_box.setAccessibleName("Logarithmic loss axis")
        self._log_box.setToolTip("Show the loss on a logarithmic axis")
        self._overlay_box.setAccessibleName("Overlay runs")
        self._overlay_box.setToolTip("Keep the curves of former runs when a new one begins")
        self._clear_button = self._link("Clear")
        self._clear_button.setAccessibleName("Clear runs")
        self._clear_button.setToolTip("Remove all curves from the plot; the networks stay")
        self._export_button = self._link("Save…")
        self._export_button.setAccessibleName("Save the plot as a picture")
        self._prepare_axes()
        self._lay_out()
        self._log_box.toggled.connect(self.set_log_scale)
        self._overlay_box.toggled.connect(self.set_overlay)
        self._clear_button.clicked.connect(self.clear_runs)
        self._export_button.clicked.connect(self.export_requested)
        self._rebuild_legend()
        self.set_colours(LIGHT)
        self._refresh()

    @staticmethod
    def _link(text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("link")
        return button

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(12)
        foot.addWidget(self._log_box)
        foot.addWidget(self._overlay_box)
        foot.addStretch()
        foot.addWidget(self._clear_button)
        foot.addWidget(self._export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._legend)
        column.addWidget(self._plot, 1)
        column.addLayout(foot)

    def _prepare_axes(self) -> None:
        """Two value axes over one of steps; nothing to drag, zoom or click by accident."""
        item = self._item
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.getViewBox().setDefaultPadding(0)
        item.showAxis("right")
        item.scene().addItem(self._right)
        item.getAxis("right").linkToView(self._right)
        self._right.setXLink(item.getViewBox())
        item.getViewBox().sigResized.connect(self._on_view_resized)
        small = tabular(self.font(), 0.8)
        for name in ("left", "right", "bottom"):
            axis = item.getAxis(name)
            axis.setStyle(tickFont=small, tickLength=0, tickTextOffset=4)
            axis.enableAutoSIPrefix(False)
        item.setLabel("left", "loss")
        item.setLabel("right", "accuracy, %")
        item.setLabel("bottom", "epoch")
        # Room above for half a tick label.
        item.layout.setContentsMargins(0, 8, 0, 0)
        item.showGrid(x=False, y=True, alpha=0.18)
        item.getAxis("right").setGrid(False)

    @property
    def run_count(self) -> int:
        """Runs shown."""
        return len(self._runs)

    @property
    def runs(self) -> list[RunCurves]:
        """The curves shown, the newest last."""
        return [lines.curves for lines in self._runs]

    def start_run(self, name: str, total_steps: int, epochs: int) -> None:
        """A run of so many steps begins; it replaces those before it unless they are overlaid."""
        if not self._is_overlaid:
            self._remove_runs()
        elif len(self._runs) >= _MOST_OVERLAID:
            self._runs.pop(0).remove()
        self._runs.append(RunLines(RunCurves(name, total_steps, epochs), self._item, self._right))
        self._restyle()
        self._rebuild_legend()
        self._refresh()

    def add_steps(self, first_step: int, losses: Sequence[float]) -> None:
        """Losses of consecutive steps."""
        if self._runs:
            self._runs[-1].curves.add(first_step, losses)
            self._refresh_soon()

    def add_epoch(
        self,
        step: int,
        training_loss: float,
        training_accuracy: float,
        validation_loss: float,
        validation_accuracy: float,
    ) -> None:
        """The figures of an epoch that ended after `step` steps; accuracies 0 to 1."""
        if self._runs:
            figures = EpochFigures(
                step, training_loss, training_accuracy, validation_loss, validation_accuracy
            )
            self._runs[-1].curves.figures.append(figures)
            self._refresh_soon()

    def finish_run(self) -> None:
        """The run is over; the axis ends where it ended."""
        if self._runs:
            curves = self._runs[-1].curves
            if 0 < curves.steps < curves.total_steps:
                curves.epochs = max(1, math.ceil(curves.epochs * curves.steps / curves.total_steps))
                curves.total_steps = curves.steps
            self._refresh()

    def clear_runs(self) -> None:
        """Remove all curves."""
        self._remove_runs()
        self._rebuild_legend()
        self._refresh()

    def set_overlay(self, is_overlaid: bool) -> None:
        """Whether former runs stay when a new one begins."""
        self._is_overlaid = is_overlaid
        self._overlay_box.setChecked(is_overlaid)

    def set_log_scale(self, is_log: bool) -> None:
        """Whether the loss axis is logarithmic."""
        self._is_log = is_log
        self._log_box.setChecked(is_log)
        self._item.setLogMode(False, is_log)
        self._refresh()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance: pyqtgraph does not follow by itself."""
        self._colours = colours
        self._plot.setBackground(colours.panel)
        for name in ("left", "right", "bottom"):
            axis = self._item.getAxis(name)
            axis.setPen(QPen(QColor(colours.line)))
            axis.setTextPen(QPen(QColor(colours.muted)))
            axis.label.setDefaultTextColor(QColor(colours.muted))
            axis.label.setFont(tabular(self.font(), 0.8))
        self._restyle()
        self._colour_legend()

    def export_image(self, path: Path) -> None:
        """Write the plot as PNG or SVG, by the suffix.

        Raises:
            PictureError: The folder or disk does not take it.
        """
        from pyqtgraph.exporters import ImageExporter, SVGExporter

        failure = PictureError(f"{path.name} could not be written: choose another folder or free some space.")
        try:
            if path.suffix.lower() == ".svg":
                SVGExporter(self._item).export(str(path))
            else:
                exporter = ImageExporter(self._item)
                exporter.parameters()["background"] = QColor(self._colours.panel)
                exporter.parameters()["width"] = 2 * int(self._plot.width())
                if not exporter.export(toBytes=True).save(str(path)):
                    raise failure
        except OSError as error:
            raise failure from error

    def _remove_runs(self) -> None:
        for lines in self._runs:
            lines.remove()
        self._runs = []

    def _restyle(self) -> None:
        former = self._runs[:-1]
        for index, lines in enumerate(reversed(former)):
            lines.style_former(self._former_colour(index), _FORMER_STYLES[index % len(_FORMER_STYLES)])
        if self._runs:
            self._runs[-1].style_newest(self._colours)

    def _former_colour(self, index: int) -> str:
        """Hues far from the accent and from each other, as light as the muted text."""
        base = QColor(self._colours.muted)
        hue = (0.08, 0.33, 0.92, 0.52, 0.14)[index % 5]
        return QColor.fromHslF(hue, 0.55, base.lightnessF()).name()

    def _rebuild_legend(self) -> None:
        self._legend.clear()
        self._entries = {
            "training loss": self._legend.add("training loss"),
            "validation accuracy": self._legend.add("validation accuracy"),
            "validation loss": self._legend.add("validation loss", Qt.PenStyle.DashLine),
            "training accuracy": self._legend.add("training accuracy", Qt.PenStyle.DashLine),
        }
        for index, lines in enumerate(reversed(self._runs[:-1])):
            style = _FORMER_STYLES[index % len(_FORMER_STYLES)]
            self._entries[f"run {index}"] = self._legend.add(lines.curves.name, style)
        self._colour_legend()

    def _colour_legend(self) -> None:
        for name, entry in self._entries.items():
            if name.startswith("run "):
                entry.set_colour(self._former_colour(int(name[4:])))
            else:
                entry.set_colour(self._colours.accent if "loss" in name else self._colours.second)

    def _refresh_soon(self) -> None:
        """Not put off again by what comes meanwhile: the plot must not starve."""
        if not self._soon.isActive():
            self._soon.start()

    def _refresh(self) -> None:
        """Hand the curves to pyqtgraph, one setData each, and keep the axes fit."""
        has_runs = bool(self._runs)
        self._hint.setVisible(not has_runs)
        self._clear_button.setEnabled(has_runs)
        self._export_button.setEnabled(has_runs)
        if not has_runs:
            self._shown_axes = ()
            self._show_axis_values(False)
            return
        newest = self._runs[-1]
        newest.draw()
        self._fit_axes([lines.curves for lines in self._runs])
        self._show_values(newest.curves)

    def _fit_axes(self, runs: list[RunCurves]) -> None:
        """Set ranges and ticks; only if they changed, since an axis that was told anything paints anew."""
        total = max(curves.total_steps for curves in runs)
        newest = runs[-1]
        ceiling = max(loss_ceiling(curves.smoothed) for curves in runs)
        low, high = 0.0, ceiling
        if self._is_log:
            least = min((min(curves.bold[1], default=1.0) for curves in runs), default=1.0)
            low, high = math.floor(math.log10(max(least, 1e-6)) * 2) / 2, math.log10(max(3.0, ceiling))
        shares = [figures.validation_accuracy for curves in runs for figures in curves.figures]
        accuracy_low = 0 if shares and min(shares) < 0.8 else 80
        axes = (total, newest.total_steps, newest.epochs, low, high, accuracy_low)
        if axes == self._shown_axes:
            return
        self._shown_axes = axes
        self._show_axis_values(True)
        view = self._item.getViewBox()
        view.setXRange(0, total * 1.015, padding=0)
        view.setYRange(low, high, padding=0)
        self._right.setYRange(accuracy_low, 100, padding=0)
        per_epoch = newest.total_steps / newest.epochs
        stride = max(1, math.ceil(newest.epochs / 6))
        ticks = [(epoch * per_epoch, str(epoch)) for epoch in range(stride, newest.epochs + 1, stride)]
        self._item.getAxis("bottom").setTicks([ticks])

    def _show_axis_values(self, are_shown: bool) -> None:
        for name in ("left", "right", "bottom"):
            self._item.getAxis(name).setStyle(showValues=are_shown)

    def _show_values(self, curves: RunCurves) -> None:
        last = curves.figures[-1] if curves.figures else None
        values = {
            "training loss": f"{curves.smoothed:.3f}" if math.isfinite(curves.smoothed) else "",
            "validation loss": f"{last.validation_loss:.3f}" if last else "",
            "validation accuracy": f"{100 * last.validation_accuracy:.1f} %" if last else "",
            "training accuracy": f"{100 * last.training_accuracy:.1f} %" if last else "",
        }
        for name, value in values.items():
            self._entries[name].set_value(value)

    def _on_view_resized(self) -> None:
        self._right.setGeometry(self._item.getViewBox().sceneBoundingRect())
        self._right.linkedViewChanged(self._item.getViewBox(), self._right.XAxis)
        self._hint.setGeometry(self._plot.rect())

    def changeEvent(self, event: QEvent) -> None:
        """Keep the hint in the middle when fonts change."""
        super().changeEvent(event)
        self._hint.setGeometry(self._plot.rect())
