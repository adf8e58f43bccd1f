"""Function chart: four curves, and on the chosen one a marker for the logit of each digit."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from desktop.lesson.functions.choice import STYLES, line_colours
from desktop.lesson.functions.values import NAMES, LogitRow, function_outputs
from desktop.widgets.chart import Chart
from desktop.widgets.fonts import tabular
from desktop.widgets.line_pen import line_pen
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, zoom_factor

_SAMPLES = 400
_STRIDE = 4
_DIGIT_ROOM = 12
# Where a digit may stand beside its marker, in pixels at 100 %, the best first: above, below, farther off.
_OFFSETS = tuple(
    QPointF(x, y) for x, y in ((0, -14), (0, 14), (-12, -9), (12, 9), (0, -26), (0, 26), (-12, -21))
)


class FunctionChart(Chart):
    """A logit to the right, what the function makes of it upwards."""

    def __init__(self) -> None:
        super().__init__("ReLU, leaky ReLU, ELU and sigmoid", "logit", "output")
        self._lines: dict[str, pg.PlotDataItem] = {name: self.add_curve() for name in NAMES}
        self._markers = pg.ScatterPlotItem()
        self.getPlotItem().addItem(self._markers, ignoreBounds=True)
        self._digits = []
        for digit in range(10):
            label = pg.TextItem(str(digit), anchor=(0.5, 0.5))
            self.getPlotItem().addItem(label, ignoreBounds=True)
            self._digits.append(label)
        self._rows: tuple[LogitRow, ...] = ()
        self._chosen = "relu"
        self._curves_drawn: tuple[object, ...] = ()
        self.setMinimumHeight(scaled(240))
        self.getPlotItem().getViewBox().sigResized.connect(self._place_digits)
        self.set_colours(LIGHT)

    @property
    def marked(self) -> tuple[tuple[float, float], ...]:
        """Logit and output of each digit, 0 to 9, where the markers stand."""
        return tuple((row.logit, row.output) for row in self._rows)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._colours = colours
        if hasattr(self, "_digits"):
            self._style()

    def show_rows(self, name: str, slope: float, alpha: float, rows: Sequence[LogitRow]) -> None:
        """Choose a function, shape two of them, and mark what it makes of ten logits."""
        self._rows = tuple(rows)
        widest = max(abs(row.logit) for row in rows)
        # In strides, so that the axes stand still while a digit is drawn.
        reach = max(2 * _STRIDE, _STRIDE * math.ceil(widest * 1.08 / _STRIDE))
        drawn = (name, slope, alpha, reach)
        if drawn != self._curves_drawn:
            self._curves_drawn = drawn
            self._chosen = name
            inputs = [reach * (2 * index / _SAMPLES - 1) for index in range(_SAMPLES + 1)]
            for each, line in self._lines.items():
                line.setData(inputs, function_outputs(each, inputs, slope, alpha))
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
        self._markers.setZValue(2)
        self._mark()

    def _mark(self) -> None:
        if not self._rows:
            return
        shade = QColor(line_colours(self._colours)[self._chosen])
        best = max(self._rows, key=lambda row: row.logit)
        self._markers.setData(
            pos=[(row.logit, row.output) for row in self._rows],
            size=scaled(9),
            pen=line_pen(shade.name(), 2),
            brush=[shade if row is best else QColor(self._colours.panel) for row in self._rows],
        )
        small = tabular(self.font(), 0.85)
        for row in self._rows:
            self._digits[row.digit].setFont(small)
            self._digits[row.digit].setColor(self._colours.text if row is best else self._colours.muted)
        self._place_digits()

    def _place_digits(self) -> None:
        """Write each digit beside its marker, where neither other markers nor other digits are in the way."""
        view = self.getPlotItem().getViewBox()
        markers = {row.digit: view.mapViewToScene(QPointF(row.logit, row.output)) for row in self._rows}
        taken = list(markers.values())
        # The largest logits are looked at first, so they choose first.
        for row in sorted(self._rows, key=lambda row: -row.logit):
            places = [markers[row.digit] + offset * zoom_factor() for offset in _OFFSETS]
            place = next((each for each in places if not _is_near(each, taken)), places[-1])
            taken.append(place)
            self._digits[row.digit].setPos(view.mapSceneToView(place))


def _is_near(place: QPointF, others: list[QPointF]) -> bool:
    return any(
        abs(place.x() - other.x()) < scaled(_DIGIT_ROOM) and abs(place.y() - other.y()) < scaled(_DIGIT_ROOM)
        for other in others
    )
