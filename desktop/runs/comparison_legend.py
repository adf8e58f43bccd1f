"""Comparison legend: names and newest values of the runs that are compared."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.runs.run_styles import run_colour, run_dashes, run_symbol
from desktop.widgets.line_pen import SOLID
from desktop.widgets.plot_legend import LegendEntry, PlotLegend
from desktop.widgets.text.plain_text import tool_tip
from desktop.widgets.theme import LIGHT, Colours

_MOST_NAME_WIDTH, _SHORT_NAME_WIDTH = 34, 16
"""In letters x; a longer name has its middle left out."""


class ComparisonLegend(PlotLegend):
    """Entries are made anew only for other runs; one that goes on has another value alone."""

    def __init__(self, is_solid: bool = False, parent: QWidget | None = None) -> None:
        """Name no runs yet; solid lines have samples without dashes."""
        super().__init__(parent)
        self._is_solid = is_solid
        self._colours = LIGHT
        self._named: list[tuple[int, str, int]] = []
        self._shown: list[LegendEntry] = []

    def show_runs(self, named: Sequence[tuple[int, str, int]]) -> None:
        """Number, name and style of each run."""
        if list(named) != self._named:
            self._named = list(named)
            self.clear()
            self._shown = [self._added(name, style) for _, name, style in named]
            self.set_colours(self._colours)

    def show_values(self, values: Sequence[str]) -> None:
        """The newest of each run."""
        for entry, value in zip(self._shown, values, strict=True):
            entry.set_value(value)

    def set_colours(self, colours: Colours) -> None:
        """Those of the lines."""
        self._colours = colours
        for entry, (_, _, style) in zip(self._shown, self._named, strict=True):
            entry.set_colour(run_colour(style, colours))

    def _added(self, name: str, style: int) -> LegendEntry:
        metrics = self.fontMetrics()
        letter = metrics.horizontalAdvance("x")
        long, short = (
            metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width * letter)
            for width in (_MOST_NAME_WIDTH, _SHORT_NAME_WIDTH)
        )
        dashes = SOLID if self._is_solid else run_dashes(style)
        entry = self.add(long, dashes, short, run_symbol(style))
        entry.setToolTip(tool_tip(name))
        return entry
