"""Loss plot: live loss and accuracy with pyqtgraph, which is imported after the window is on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.training.plot.loss_curves import RunCurves
from desktop.training.plot.plot_axes import PlotAxes, value_axes
from desktop.training.plot.plot_export import PlotExport
from desktop.training.plot.run_legend import RunLegend, former_colour, former_dashes, former_symbol
from desktop.training.plot.run_lines import FORMER_STYLES, RunLines
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from engine.errors import PictureError
from engine.files.safe_writing import replacing
from engine.training.epoch_figures import EpochFigures

_EMPTY = "Press Train to see the loss fall"
# The run in training and one former run for each style.
_MOST_OVERLAID = 1 + len(FORMER_STYLES)
# A drawing of the plot costs as much as ten readings: 12 a second are enough to see the loss fall.
_DRAW_INTERVAL_MS = 80


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
        self._spare: list[RunLines] = []
        self._is_training = False
        self._is_overlaid = False
        self._runs_started = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DRAW_INTERVAL_MS)
        self._soon.timeout.connect(self.refresh)
        self._plot = pg.PlotWidget(background=None, axisItems=value_axes(), enableMenu=False)
        # There is nothing in it to operate.
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setAccessibleName("Loss and accuracy")
        self._plot.setMinimumHeight(scaled(96))
        self._item = self._plot.getPlotItem()
        self._legend = RunLegend()
        self._hint = PlainLabel(_EMPTY, self._plot)
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
        self._axes = PlotAxes(self._item, tabular(self.font(), 0.8), self._on_resized)
        self._right = self._axes.right
        self._make_spare()
        self._lay_out()
        self._log_box.toggled.connect(self.set_log_scale)
        self._overlay_box.toggled.connect(self.set_overlay)
        self._clear_button.clicked.connect(self.clear_runs)
        self._export_button.clicked.connect(self.export_requested)
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
        foot.setSpacing(scaled(12))
        foot.addWidget(self._log_box)
        foot.addWidget(self._overlay_box)
        foot.addStretch()
        foot.addWidget(self._clear_button)
        foot.addWidget(self._export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        column.addWidget(self._legend)
        column.addWidget(self._plot, 1)
        column.addWidget(self._note)
        column.addLayout(foot)

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
            self._remove(self._runs)
        elif len(self._runs) >= _MOST_OVERLAID:
            self._remove(self._runs[:1])
        self._begin(RunCurves(name, total_steps, epochs, self._runs_started))
        self._runs_started += 1
        self._is_training = True
        self._legend.show_runs([lines.curves for lines in reversed(self._runs[:-1])])
        self.refresh()

    def add_steps(self, first_step: int, losses: Sequence[float]) -> None:
        """Losses of consecutive steps."""
        if self._runs:
            self._runs[-1].curves.add(first_step, losses)
            self._refresh_soon()

    def add_epoch(self, figures: EpochFigures) -> None:
        """The figures of an epoch that is over."""
        if self._runs:
            self._runs[-1].curves.add_figures(figures)
            self._refresh_soon()

    def finish_run(self) -> None:
        """The run is over; the axis ends where it ended."""
        self._is_training = False
        if self._runs:
            self._runs[-1].curves.finish()
            self.refresh()
        self._make_spare()

    def clear_runs(self) -> None:
        """Remove all curves; that of a run in training goes on from where the run is."""
        newest = self._runs[-1].curves if self._runs else None
        self._remove(self._runs)
        if newest is not None and self._is_training:
            self._begin(RunCurves(newest.name, newest.total_steps, newest.epochs, newest.number))
        self._legend.show_runs([])
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
        self._log_box.setChecked(is_log)
        self._axes.set_log_scale(is_log)
        self.refresh()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours and fonts of another appearance: pyqtgraph does not follow by itself."""
        self._colours = colours
        self._plot.setBackground(colours.panel)
        self._axes.set_font(tabular(self.font(), 0.8))
        self._axes.set_colours(colours)
        self._restyle()
        self._legend.set_colours(colours)

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

    def _begin(self, curves: RunCurves) -> None:
        """One more run, the newest."""
        self._make_spare()
        lines = self._spare.pop()
        lines.begin(curves)
        self._runs.append(lines)
        self._restyle()

    def _remove(self, runs: list[RunLines]) -> None:
        """Show these no longer; their lines are there for the next runs."""
        for lines in runs:
            lines.clear()
        self._spare += runs
        self._runs = [lines for lines in self._runs if lines not in runs]

    def _make_spare(self) -> None:
        """Lines for the next run, made while nobody waits for them."""
        if not self._spare:
            self._spare.append(RunLines(self._item, self._right))

    def _restyle(self) -> None:
        for lines in self._runs[:-1]:
            run = lines.curves
            lines.style_former(former_colour(run, self._colours), former_dashes(run), former_symbol(run))
        if self._runs:
            self._runs[-1].style_newest(self._colours, is_alone=len(self._runs) == 1)

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
        if has_runs:
            self._runs[-1].draw()
            self._legend.show_values(self._runs[-1].curves)
            self._plot.setAccessibleDescription(self._legend.values_text)
        self._axes.fit(self.runs)

    def _on_resized(self) -> None:
        self._hint.setGeometry(self._plot.rect())
        if self._runs:
            self._axes.fit(self.runs)

    def changeEvent(self, event: QEvent) -> None:
        """The axes do not take another font by themselves; the hint stays in the middle."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._axes.set_font(tabular(self.font(), 0.8))
        self._hint.setGeometry(self._plot.rect())
