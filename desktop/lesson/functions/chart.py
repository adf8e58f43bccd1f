"""Function chart: four curves, and on the chosen one a mark for what goes into each hidden unit."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtGui import QColor

from desktop.lesson.functions.choice import STYLES, line_colours
from desktop.lesson.functions.values import NAMES, function_outputs
from desktop.widgets.chart import Chart
from desktop.widgets.line_pen import line_pen
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

_SAMPLES = 400
_STRIDE = 4
_MARK_OPACITY = 0.6


class FunctionChart(Chart):
    """What goes into a unit to the right, what the function makes of it upwards."""

    def __init__(self) -> None:
        super().__init__("ReLU, leaky ReLU, ELU and sigmoid", "what goes into a unit", "what comes out")
        self._lines: dict[str, pg.PlotDataItem] = {name: self.add_curve() for name in NAMES}
        self._marks = pg.ScatterPlotItem()
        self._marks.setZValue(2)
        self.getPlotItem().addItem(self._marks, ignoreBounds=True)
        self._marked: tuple[tuple[float, float], ...] = ()
        self._chosen = "relu"
        self._curves_drawn: tuple[object, ...] = ()
        self.setMinimumHeight(scaled(240))
        self.set_colours(LIGHT)

    @property
    def marked(self) -> tuple[tuple[float, float], ...]:
        """Input and output of each unit that is marked."""
        return self._marked

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._colours = colours
        if hasattr(self, "_marked"):
            self._style()

    def show_function(self, name: str, slope: float, alpha: float, inputs: Sequence[float]) -> None:
        """Choose a function, shape two of them, and mark what it makes of some inputs.

        Args:
            name: A key of `NAMES`.
            slope: Of the leaky ReLU.
            alpha: Of the ELU.
            inputs: Finite ones, or none.
        """
        self._marked = tuple(zip(inputs, function_outputs(name, inputs, slope, alpha), strict=True))
        widest = max(map(abs, inputs), default=0.0)
        # In strides, so that the axes stand still while a digit is drawn.
        reach = max(2 * _STRIDE, _STRIDE * math.ceil(widest * 1.08 / _STRIDE))
        drawn = (name, slope, alpha, reach)
        if drawn != self._curves_drawn:
            self._curves_drawn = drawn
            self._chosen = name
            places = [reach * (2 * index / _SAMPLES - 1) for index in range(_SAMPLES + 1)]
            for each, line in self._lines.items():
                line.setData(places, function_outputs(each, places, slope, alpha))
            bottom = -max(0.14 * reach, 1.3 * alpha, 1.3 * slope * reach)
            # The curve of a sigmoid is only seen close by.
            self.set_ranges((-reach, reach), (-0.15, 1.3) if name == "sigmoid" else (bottom, reach))
            self._style()
        self._mark()

    def _style(self) -> None:
        """The chosen line is thick, above the others, and whole."""
        shades = line_colours(self._colours)
        for name, line in self._lines.items():
            is_chosen = name == self._chosen
            line.setPen(line_pen(shades[name], 3.0 if is_chosen else 1.5, STYLES[name]))
            line.setOpacity(1.0 if is_chosen else 0.7)
            line.setZValue(1 if is_chosen else 0)
        self._mark()

    def _mark(self) -> None:
        shade = QColor(line_colours(self._colours)[self._chosen])
        filling = QColor(shade)
        filling.setAlphaF(_MARK_OPACITY)
        self._marks.setData(pos=self._marked, size=scaled(8), pen=line_pen(shade.name(), 1), brush=filling)
