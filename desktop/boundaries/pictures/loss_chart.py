"""Loss chart: how the losses of one model, or of two side by side, fall while they learn."""

from __future__ import annotations

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.boundaries.pictures.loss_series import LossSeries, loss_top, round_ticks
from desktop.widgets.chart import Chart
from desktop.widgets.line_pen import DASHED, SOLID, line_pen
from desktop.widgets.plot_legend import LegendEntry, PlotLegend
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.text.short_number import short_number
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

EMPTY = "Press Train to see the loss fall"
MOST_MODELS = 2

# 12 drawings a second are enough to see a loss fall.
_DRAW_INTERVAL_MS = 80
_LEAST_HEIGHT = 120
_LEAST_EPOCHS = 10.0
# Of the axis of losses; and of a tick below, in letters.
_PARTS, _LETTERS = 5, 10
# For the names of the outermost ticks, and what they need above and to the right.
_TICK_MARGIN, _MARGIN = 8, 10


@dataclass(slots=True)
class _Model:
    name: str
    series: LossSeries
    training: pg.PlotDataItem
    test: pg.PlotDataItem


class LossChart(QWidget):
    """Training is dashed, test solid; the first model has the accent colour, the second one another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._top = 0.0
        self._is_outdated = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DRAW_INTERVAL_MS)
        self._soon.timeout.connect(self.refresh)
        self._chart = Chart("Loss", "epoch", "loss", tick_margin=_TICK_MARGIN)
        self._chart.setMinimumHeight(scaled(_LEAST_HEIGHT))
        self._chart.fix_axis_height()
        self._make_margins()
        self._legend = PlotLegend()
        self._entries: list[LegendEntry] = []
        self._models: list[_Model] = []
        self._hint = PlainLabel(EMPTY, self._chart)
        self._hint.setObjectName("muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scaled(6))
        self._column.addWidget(self._legend)
        self._column.addWidget(self._chart, 1)
        self.setAccessibleName("Loss")
        self.set_models(("",))

    @property
    def words(self) -> str:
        """The newest losses in a sentence for each model."""
        return " ".join(_words(each) for each in self._models if len(each.series)) or f"{EMPTY}."

    @property
    def top(self) -> float:
        """Where the axis of losses ends."""
        return self._top

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._chart.set_colours(colours)
        self._make_margins()
        self._style()

    def set_x_name(self, name: str) -> None:
        """What is counted below: ``epoch``, ``cuts``, ``trees``."""
        self._chart.getPlotItem().setLabel("bottom", name)

    def set_models(self, names: tuple[str, ...]) -> None:
        """Show the losses of one model or two, from now on; what was shown goes.

        Args:
            names: What to call them; a single one needs no name.

        Raises:
            ValueError: There are fewer than one or more than two.
        """
        if not 1 <= len(names) <= MOST_MODELS:
            raise ValueError(f"the chart shows 1 or {MOST_MODELS} models, not {len(names)}")
        for each in self._models:
            for curve in (each.training, each.test):
                self._chart.removeItem(curve)
        self._models = [
            _Model(name, LossSeries(), self._chart.add_curve(), self._chart.add_curve()) for name in names
        ]
        self._legend.clear()
        self._entries = []
        for number, name in enumerate(names, 1):
            for kind, short, dashes in (("training", "train", DASHED), ("test", "test", SOLID)):
                full = f"{name} {kind}" if len(names) > 1 else f"{kind.capitalize()} loss"
                brief = f"{number} {short}" if len(names) > 1 else kind.capitalize()
                self._entries.append(self._legend.add(full, dashes, brief))
        self._style()
        self.clear()

    def clear(self) -> None:
        """Forget all losses."""
        for each in self._models:
            each.series = LossSeries()
        self._top = 0.0
        self.refresh()

    def add(self, epochs: float, training: float, test: float, model: int = 0) -> None:
        """Show one more loss, soon.

        Args:
            epochs: So far, with decimals within one; of a tree its cuts, of a forest its trees. Where they
                are no more than before, what came after them is forgotten.
            training: Mean loss on the training points.
            test: The same on the test points; NaN where there are none.
            model: 0 for the first one, 1 for the second.
        """
        self._models[model].series.add(epochs, training, test)
        self._is_outdated = True
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Draw what came since the last time."""
        self._is_outdated = False
        some = [each.series for each in self._models if len(each.series)]
        self._hint.setVisible(not some)
        self._top = loss_top(some, self._top)
        last = _LEAST_EPOCHS
        for number, each in enumerate(self._models):
            values = each.series.values()
            newest = each.series.newest
            has_test = newest is not None and newest[2] == newest[2]
            each.training.setData(values[0], values[1])
            each.test.setData(*((values[0], values[2]) if has_test else ([], [])))
            self._entries[2 * number].set_value("" if newest is None else short_number(newest[1]))
            self._entries[2 * number + 1].set_value("" if newest is None else short_number(newest[2]))
            last = max(last, 0.0 if newest is None else newest[0])
        self._show_axes(last)
        self.setAccessibleDescription(self.words)

    def _make_margins(self) -> None:
        self._chart.getPlotItem().layout.setContentsMargins(0, scaled(_MARGIN), 2 * scaled(_MARGIN), 0)

    def _show_axes(self, last: float) -> None:
        item = self._chart.getPlotItem()
        letter = self._chart.fontMetrics().averageCharWidth()
        most = max(2, self._chart.width() // (_LETTERS * letter))
        for side, ticks in (("left", round_ticks(self._top, _PARTS)), ("bottom", round_ticks(last, most))):
            item.getAxis(side).setTicks([ticks])
        self._chart.set_ranges((0, last), (0, self._top))

    def _style(self) -> None:
        for number, each in enumerate(self._models):
            colour = self._colours.second if number else self._colours.accent
            each.training.setPen(line_pen(colour, 1.5, DASHED))
            each.test.setPen(line_pen(colour, 2))
            for entry in self._entries[2 * number : 2 * number + 2]:
                entry.set_colour(colour)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint stays in the middle."""
        super().resizeEvent(event)
        self._place_hint()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came meanwhile."""
        super().showEvent(event)
        self._place_hint()
        if self._is_outdated:
            self.refresh()

    def _place_hint(self) -> None:
        self._column.activate()
        self._hint.setGeometry(self._chart.rect())


def _words(model: _Model) -> str:
    newest = model.series.newest
    if newest is None:
        return ""
    epochs, training, test = newest
    losses = f"training loss {short_number(training)}"
    if test == test:
        losses += f", test loss {short_number(test)}"
    text = f"{losses} after {short_number(epochs, 1)}"
    return f"{model.name}: {text}." if model.name else f"{text.capitalize()}."
