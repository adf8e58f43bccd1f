"""Run legend: the four curves of the run in training with their newest values, and the runs before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from desktop.training.plot.loss_curves import RunCurves
from desktop.training.plot.run_lines import FORMER_STYLES
from desktop.widgets.line_pen import DASHED, SOLID, Dashes
from desktop.widgets.plot_legend import LegendEntry, PlotLegend
from desktop.widgets.text.plain_text import tool_tip
from desktop.widgets.text.short_number import short_number
from desktop.widgets.theme import LIGHT, Colours

_MOST_NAME_WIDTH = 16
"""Of a former run, in letters x; a longer name has its middle left out."""


class RunLegend(PlotLegend):
    """Says which line is what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._values_text = ""
        self._newest = {
            "validation loss": self.add("validation loss", SOLID, "valid loss"),
            "validation accuracy": self.add("validation accuracy", SOLID, "valid acc."),
            "training loss": self.add("training loss", DASHED, "train loss"),
            "training accuracy": self.add("training accuracy", DASHED, "train acc."),
        }
        self._former: list[tuple[LegendEntry, RunCurves]] = []
        self.show_runs([])

    def show_runs(self, former: Sequence[RunCurves]) -> None:
        """Entries for a run without values yet, and for those before it, the latest first."""
        self.clear(but=len(self._newest))
        for entry in self._newest.values():
            entry.set_value("")
        names = Counter(run.name for run in former)
        metrics = self.fontMetrics()
        room = _MOST_NAME_WIDTH * metrics.horizontalAdvance("x")
        self._former = []
        for run in former:
            name = f"{run.name} ({run.number + 1})" if names[run.name] > 1 else run.name
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
            entry = self.add(shown, former_dashes(run), symbol=former_symbol(run))
            entry.setToolTip(tool_tip(name))
            self._former.append((entry, run))
        self.set_colours(self._colours)

    def set_colours(self, colours: Colours) -> None:
        """Those of the lines."""
        self._colours = colours
        for name, entry in self._newest.items():
            entry.set_colour(colours.accent if "loss" in name else colours.second)
        for entry, run in self._former:
            entry.set_colour(former_colour(run, colours))

    def show_values(self, curves: RunCurves) -> None:
        """The newest of the run in training."""
        last = curves.figures[-1] if curves.figures else None
        values = {
            "validation loss": short_number(last.validation_loss) if last else "",
            "validation accuracy": f"{100 * last.validation_accuracy:.1f} %" if last else "",
            "training loss": short_number(curves.smoothed),
            "training accuracy": f"{100 * last.training_accuracy:.1f} %" if last else "",
        }
        for name, value in values.items():
            self._newest[name].set_value(value)
        self._values_text = ", ".join(f"{name} {value}" for name, value in values.items() if value)

    @property
    def values_text(self) -> str:
        """The newest values with their names, for screen readers."""
        return self._values_text


def former_colour(run: RunCurves, colours: Colours) -> str:
    """Far from those of the newest run and from each other; a run keeps its own."""
    on_light, on_dark, *_ = FORMER_STYLES[run.number % len(FORMER_STYLES)]
    return on_dark if QColor(colours.panel).lightness() < 128 else on_light


def former_dashes(run: RunCurves) -> Dashes:
    """Of its training loss; a run keeps its own."""
    return FORMER_STYLES[run.number % len(FORMER_STYLES)][2]


def former_symbol(run: RunCurves) -> str:
    """Of its validation accuracy; a run keeps its own."""
    return FORMER_STYLES[run.number % len(FORMER_STYLES)][3]
