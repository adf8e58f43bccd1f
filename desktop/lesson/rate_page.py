"""Rate page: the loss against the learning rate, a suggestion, and a click for another one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.lesson.network_choice import FRESH, NetworkChoice
from desktop.lesson.shown_network import READING, STEPPED
from desktop.widgets.chart import Chart
from desktop.widgets.line_pen import DASHED, faint_pen, line_pen
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.training.rate_finder import TriedRate

# A loss that takes off would squeeze everything worth seeing into the bottom of the chart.
_MOST_SHOWN_LOSS = 1.6
_INVITATION = "Press Find a rate. It takes a second or two and changes nothing."


class RatePage(Page):
    """Shows a search for a learning rate; it makes none itself.

    Attributes:
        start: Which weights the search starts from.

    Signals:
        search_requested: A search is to begin.
        stop_requested: It is to end.
        rate_chosen: The learning rate to train with.
    """

    search_requested = Signal()
    stop_requested = Signal()
    rate_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rate", parent)
        self._is_searching = False
        self._has_curve = False
        self._blocked_by = ""
        self._network = ""
        self._picked: float | None = None
        self._find = QPushButton("Find a rate")
        self._find.clicked.connect(self._on_find_clicked)
        self._use = QPushButton("Use it")
        self._use.setEnabled(False)
        self._use.setToolTip("Write this learning rate into the training panel")
        self._use.clicked.connect(self._on_use_clicked)
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(self._find)
        row.addWidget(self._use)
        row.addStretch()
        self.start = NetworkChoice("Start from", (FRESH, READING, STEPPED))
        self._state = PlainLabel(_INVITATION)
        self._state.setWordWrap(True)
        self._state.setFont(tabular(self.font()))
        self._state.setAccessibleName("Learning rate found")
        self._chart = Chart("Loss against learning rate", "learning rate", "loss", is_x_log=True)
        self._chart.setMinimumHeight(scaled(300))
        self._raw = self._chart.add_curve()
        self._smoothed = self._chart.add_curve()
        self._mark = pg.InfiniteLine(angle=90, movable=False)
        self._mark.hide()
        self._chart.getPlotItem().addItem(self._mark)
        self._chart.set_ranges((-5, 1), (0, 3))
        self._chart.place_clicked.connect(self._on_place_clicked)
        legend = muted_label("Faint: each mini-batch. Dashed: smoothed.")
        self.column.addWidget(self.start)
        self.column.addLayout(row)
        self.column.addWidget(self._state)
        self.column.addWidget(self._chart, 1)
        self.column.addWidget(legend)

    @property
    def state(self) -> str:
        """What the line below the buttons says."""
        return self._state.text()

    @property
    def picked(self) -> float | None:
        """The learning rate that is marked."""
        return self._picked

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._chart.set_colours(colours)
        self._raw.setPen(faint_pen(colours.accent))
        self._smoothed.setPen(line_pen(colours.accent, 2, DASHED))
        self._mark.setPen(line_pen(colours.text, 1.5))

    def set_searching(self, is_searching: bool, network: str = "") -> None:
        """Whether a search is under way, and of which network: ``784-100-10 from fresh weights``."""
        was_searching, self._is_searching = self._is_searching, is_searching
        self._find.setText("Stop" if is_searching else "Find a rate")
        self.start.setEnabled(not is_searching)
        if not is_searching and was_searching and self._state.text() == _searching(self._network):
            self._state.setText(_INVITATION)
        if is_searching:
            self._network = network
            self._state.setText(_searching(network))
            self._pick(None)
            self.show_tried([])

    def set_blocked(self, reason: str) -> None:
        """Say why no search can begin for now; an empty reason allows it again."""
        former, self._blocked_by = self._blocked_by, reason
        self._find.setEnabled(not reason)
        if reason:
            self._state.setText(reason)
        elif former and self.state == former:
            self._state.setText(_INVITATION)

    def show_state(self, text: str) -> None:
        """One sentence: what is being done, what went wrong."""
        self._state.setText(text)

    def show_tried(self, tried: Sequence[TriedRate]) -> None:
        """The rates tried so far, lowest first."""
        self._has_curve = bool(tried)
        rates = [each.rate for each in tried]
        self._raw.setData(rates, [each.loss for each in tried])
        self._smoothed.setData(rates, [each.smoothed for each in tried])
        if tried:
            top = _MOST_SHOWN_LOSS * max(each.smoothed for each in tried[: max(1, len(tried) // 2)])
            self._chart.set_ranges((-5, 1), (0, top))

    def show_found(self, tried: Sequence[TriedRate], suggested: float | None) -> None:
        """The search is over."""
        self.show_tried(tried)
        if suggested is None:
            self._state.setText(
                "The loss never fell, so there is no rate to suggest. Try another network or other data."
            )
            return
        self._pick(suggested)
        lowest = min(tried, key=lambda each: each.smoothed).rate
        self._state.setText(
            f"Suggested: {suggested:g}, a third of {lowest:.2g}, where the loss was lowest, for "
            f"{self._network}. No network has changed."
        )

    def _pick(self, rate: float | None) -> None:
        self._picked = rate
        self._use.setEnabled(rate is not None)
        self._use.setText("Use it" if rate is None else f"Use {rate:g}")
        self._mark.setVisible(rate is not None)
        if rate is not None:
            self._mark.setValue(math.log10(rate))

    def _on_place_clicked(self, rate: float, _loss: float) -> None:
        if not self._is_searching and self._has_curve:
            self._pick(float(f"{min(10.0, max(1e-5, rate)):.1e}"))
            self._state.setText(f"Your choice: {self._picked:g}.")

    def _on_find_clicked(self) -> None:
        if self._is_searching:
            self.stop_requested.emit()
        else:
            self.search_requested.emit()

    def _on_use_clicked(self) -> None:
        if self._picked is not None:
            self.rate_chosen.emit(self._picked)
            self._state.setText(f"The training panel now has the learning rate {self._picked:g}.")


def _searching(network: str) -> str:
    return f"{network}: raising the learning rate with every mini-batch…"
