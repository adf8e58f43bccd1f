"""Loss plot: live loss and accuracy with pyqtgraph, which is imported after the window is on the screen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.fonts import tabular
from desktop.line_pen import DASHED, Dashes
from desktop.loss_curves import EpochFigures, RunCurves, epoch_ticks, log_limits, log_ticks, loss_ticks
from desktop.plot_export import PlotExport
from desktop.plot_legend import LegendEntry, PlotLegend
from desktop.run_lines import FORMER_STYLES, RunLines
from desktop.theme import LIGHT, Colours
from desktop.widgets import muted_label
from engine.errors import PictureError
from engine.safe_writing import replacing

_EMPTY = "Press Train to see the loss fall"
# The run in training and one former run for each style.
_MOST_OVERLAID = 1 + len(FORMER_STYLES)
# A drawing of the plot costs as much as ten readings: 12 a second are enough to see the loss fall.
_DRAW_INTERVAL_MS = 80
_MOST_NAME_WIDTH = 18
"""Of a former run in the legend, in letters x; a longer name has its middle left out."""
_TICK_ROOM = 8
"""Pixels: half the height of a tick's name."""
_TICK_SPACING = 44
"""Pixels that a tick of the lower axis takes at least."""


class _ValueAxis(pg.AxisItem):
    """An axis whose outermost ticks keep their names, though half of each lies beyond the ends."""

    def boundingRect(self) -> QRectF:
        """With room for those names; they are left out where they do not fit into this."""
        return super().boundingRect().adjusted(-_TICK_ROOM, -_TICK_ROOM, _TICK_ROOM, _TICK_ROOM)


class LossPlot(QWidget):
    """Curves of the run in training and, on request, of those before it.

    Signals:
        export_requested: The plot is to be saved as a picture.
        runs_cleared: All curves were removed by hand.
    """

    export_requested = Signal()
    runs_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._runs: list[RunLines] = []
        self._is_log = False
        self._is_overlaid = False
        self._runs_started = 0
        self._shown_axes: tuple[object, ...] | None = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DRAW_INTERVAL_MS)
        self._soon.timeout.connect(self.refresh)
        axes = {name: _ValueAxis(name) for name in ("left", "right", "bottom")}
        self._plot = pg.PlotWidget(background=None, axisItems=axes)
        # There is nothing in it to operate.
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setAccessibleName("Loss and accuracy")
        self._plot.setMinimumHeight(96)
        self._item = self._plot.getPlotItem()
        self._right = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._legend = PlotLegend()
        self._entries: dict[str, LegendEntry] = {}
        self._former_entries: list[tuple[LegendEntry, RunCurves]] = []
        self._hint = QLabel(_EMPTY, self._plot)
        self._hint.setObjectName("muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._note = muted_label()
        self._note.setFont(tabular(self.font(), 0.85))
        self._note.setWordWrap(True)
        self._note.setAccessibleName("How far runs differ")
        self._note.hide()
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
        self.refresh()

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
        column.addWidget(self._note)
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
            # The left axis has the lines of the grid, as strong as their pen however many there are.
            alpha = 255 if name == "left" else 0
            axis.setStyle(tickFont=small, tickLength=0, tickTextOffset=6, tickAlpha=alpha)
            axis.enableAutoSIPrefix(False)
            axis.label.setFont(small)
        item.setLabel("left", "loss")
        item.setLabel("right", "accuracy")
        item.setLabel("bottom", "epoch")
        # Of fixed width, so that the curves do not shift when the numbers change.
        metrics = QFontMetricsF(small)
        name_room = metrics.height() + 8
        self._left_widths = [name_room + metrics.horizontalAdvance(widest) + 4 for widest in ("0.0", "0.001")]
        item.getAxis("left").setWidth(self._left_widths[0])
        item.getAxis("right").setWidth(name_room + metrics.horizontalAdvance("100 %") + 4)
        item.getAxis("bottom").setHeight(name_room + metrics.height())
        item.layout.setContentsMargins(0, _TICK_ROOM, 0, 0)
        item.getAxis("left").setGrid(255)
        # Behind the curves of both, which lie behind everything else by themselves.
        item.getAxis("left").setZValue(item.getViewBox().zValue() - 1)
        self._right.setZValue(1)

    @property
    def is_overlaid(self) -> bool:
        """Whether former runs stay when a new one begins."""
        return self._is_overlaid

    @property
    def note(self) -> str:
        """The line under the plot."""
        return self._note.text()

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
        curves = RunCurves(name, total_steps, epochs, self._runs_started)
        self._runs_started += 1
        self._runs.append(RunLines(curves, self._item, self._right))
        self._restyle()
        self._rebuild_legend()
        self.refresh()

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
            self._runs[-1].curves.add_figures(figures)
            self._refresh_soon()

    def finish_run(self) -> None:
        """The run is over; the axis ends where it ended."""
        if self._runs:
            self._runs[-1].curves.finish()
            self.refresh()

    def clear_runs(self) -> None:
        """Remove all curves."""
        self._remove_runs()
        self._rebuild_legend()
        self.show_note("")
        self.refresh()
        self.runs_cleared.emit()

    def show_note(self, text: str) -> None:
        """A line under the plot; empty for none."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def show_hint(self, text: str) -> None:
        """What the plot says in its middle while there are no curves; empty for the usual words."""
        self._hint.setText(text or _EMPTY)

    def set_overlay(self, is_overlaid: bool) -> None:
        """Whether former runs stay when a new one begins."""
        self._is_overlaid = is_overlaid
        self._overlay_box.setChecked(is_overlaid)

    def set_log_scale(self, is_log: bool) -> None:
        """Whether the loss axis is logarithmic."""
        self._is_log = is_log
        self._log_box.setChecked(is_log)
        self._item.setLogMode(False, is_log)
        # That is meant for the loss alone, but reaches both axes.
        self._item.getAxis("right").setLogMode(False)
        self._item.getAxis("left").setWidth(self._left_widths[is_log])
        self.refresh()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance: pyqtgraph does not follow by itself."""
        self._colours = colours
        self._plot.setBackground(colours.panel)
        for name in ("left", "right", "bottom"):
            axis = self._item.getAxis(name)
            axis.setPen(QPen(Qt.PenStyle.NoPen))
            axis.setTickPen(QPen(QColor(colours.line)))
            axis.setTextPen(QPen(QColor(colours.muted)))
        self._restyle()
        self._colour_legend()

    def export_image(self, path: Path) -> None:
        """Write legend and curves as SVG or, by any other suffix, as PNG of twice the size on the screen.

        Raises:
            PictureError: The folder or disk does not take it.
        """
        self.refresh()
        export = PlotExport(self, self._plot, self._right, self._colours.panel)
        picture = export.svg() if path.suffix.lower() == ".svg" else export.png()
        try:
            with replacing(path) as file:
                file.write(picture)
        except OSError as error:
            raise PictureError(
                f"{path.name} could not be written: choose another folder or free some space."
            ) from error

    def _remove_runs(self) -> None:
        for lines in self._runs:
            lines.remove()
        self._runs = []

    def _restyle(self) -> None:
        for lines in self._runs[:-1]:
            lines.style_former(self._former_colour(lines.curves), _former_style(lines.curves)[1])
        if self._runs:
            self._runs[-1].style_newest(self._colours, is_alone=len(self._runs) == 1)

    def _former_colour(self, run: RunCurves) -> str:
        """Hues far from the accent and from each other, as light as the muted text; a run keeps its own."""
        lightness = QColor(self._colours.muted).lightnessF()
        return QColor.fromHslF(_former_style(run)[0], 0.6, lightness).name()

    def _rebuild_legend(self) -> None:
        self._legend.clear()
        self._entries = {
            "training loss": self._legend.add("training loss", short="train loss"),
            "validation accuracy": self._legend.add("validation accuracy", short="valid acc."),
            "validation loss": self._legend.add("validation loss", DASHED, "valid loss"),
            "training accuracy": self._legend.add("training accuracy", DASHED, "train acc."),
        }
        former = [lines.curves for lines in reversed(self._runs[:-1])]
        names = Counter(run.name for run in former)
        metrics = self.fontMetrics()
        room = _MOST_NAME_WIDTH * metrics.horizontalAdvance("x")
        self._former_entries = []
        for run in former:
            name = f"{run.name} ({run.number + 1})" if names[run.name] > 1 else run.name
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
            entry = self._legend.add(shown, _former_style(run)[1])
            entry.setToolTip(name)
            self._former_entries.append((entry, run))
        self._colour_legend()

    def _colour_legend(self) -> None:
        for name, entry in self._entries.items():
            entry.set_colour(self._colours.accent if "loss" in name else self._colours.second)
        for entry, run in self._former_entries:
            entry.set_colour(self._former_colour(run))

    def _refresh_soon(self) -> None:
        """Not put off again by what comes meanwhile: the plot must not starve."""
        if not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Draw now what came since the last drawing: one setData for each curve, and axes that fit."""
        has_runs = bool(self._runs)
        self._hint.setVisible(not has_runs)
        self._clear_button.setEnabled(has_runs)
        self._export_button.setEnabled(has_runs)
        if not has_runs:
            if self._shown_axes is not None:
                self._shown_axes = None
                self._empty_axes()
            return
        newest = self._runs[-1]
        newest.draw()
        self._fit_axes([lines.curves for lines in self._runs])
        self._show_values(newest.curves)

    def _fit_axes(self, runs: list[RunCurves]) -> None:
        """Set ranges and ticks; only if they changed, since an axis that was told anything paints anew."""
        total = max(run.total_steps for run in runs)
        low, high = log_limits(runs) if self._is_log else (0.0, max(run.ceiling for run in runs))
        accuracies = [figures.validation_accuracy for run in runs for figures in run.figures]
        accuracies += [figures.training_accuracy for figures in runs[-1].figures]
        accuracy_low = 0 if accuracies and min(accuracies) < 0.8 else 80
        room = max(2, int(self._item.getViewBox().width() / _TICK_SPACING))
        axes = (total, self._is_log, low, high, accuracy_low, room, len(runs), runs[-1].number)
        if axes == self._shown_axes:
            return
        self._shown_axes = axes
        view = self._item.getViewBox()
        # A little more than the run, so that its last point is whole.
        view.setXRange(0, total * 1.015, padding=0)
        view.setYRange(low, high, padding=0)
        self._right.setYRange(accuracy_low, 100, padding=0)
        name, ticks = epoch_ticks(runs, room)
        self._item.setLabel("bottom", name)
        self._item.getAxis("bottom").setTicks([ticks])
        self._item.getAxis("left").setTicks([log_ticks(low, high) if self._is_log else loss_ticks(high)])
        stride = 10 if accuracy_low else 20
        shares = range(accuracy_low, 101, stride)
        self._item.getAxis("right").setTicks([[(share, f"{share} %") for share in shares]])

    def _empty_axes(self) -> None:
        """Names alone, and no lines behind the hint."""
        for name in ("left", "right", "bottom"):
            self._item.getAxis(name).setTicks([[]])

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
        if self._runs:
            self._fit_axes(self.runs)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the hint in the middle when fonts change."""
        super().changeEvent(event)
        self._hint.setGeometry(self._plot.rect())


def _former_style(run: RunCurves) -> tuple[float, Dashes]:
    """Hue and dashes: a run keeps its own."""
    return FORMER_STYLES[run.number % len(FORMER_STYLES)]
