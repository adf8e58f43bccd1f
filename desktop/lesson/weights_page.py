"""Weights page: what each unit looks for, live while a network learns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.lesson.network_choice import NetworkChoice
from desktop.widgets.diverging.legend import DivergingLegend
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.theme import Colours
from desktop.widgets.unit_grid import UnitGrid
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

MOST_UNITS = 100
# Five pictures a second look alive; more would take their time from the training.
REFRESH_MS = 200


class WeightsPage(Page):
    """Asks for what it shows only while it can be seen, and not more often than eyes can follow.

    Attributes:
        choice: Which network is shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("weights", parent)
        self._source: Callable[[int], None] = lambda _layer: None
        self._is_stale = False
        self._layer_names: list[str] = []
        self._layer = ChoiceBox()
        self._layer.setAccessibleName("Layer")
        self._layer.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self._layer.currentIndexChanged.connect(self._on_layer_chosen)
        self._caption = muted_label()
        self._caption.setWordWrap(True)
        self._note = muted_label()
        self._note.setWordWrap(True)
        self._legend = DivergingLegend("of the weights")
        self._grid = UnitGrid("Weights of the units", 10, 112)
        self.choice = NetworkChoice()
        head = QHBoxLayout()
        head.setSpacing(scaled(12))
        head.addWidget(self._layer)
        head.addStretch()
        head.addWidget(self._legend)
        self.column.addWidget(self.choice)
        self.column.addLayout(head)
        self.column.addWidget(self._caption)
        self.column.addWidget(self._grid)
        self.column.addWidget(self._note)
        self.column.addStretch(1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self._on_due)

    @property
    def grid(self) -> UnitGrid:
        """The pictures."""
        return self._grid

    @property
    def layer(self) -> int:
        """The layer shown, counted from 0."""
        return max(0, self._layer.currentIndex())

    @property
    def caption(self) -> str:
        """What the line above the pictures says."""
        return self._caption.text()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._legend.set_colours(colours)
        self._grid.set_colours(colours)

    def set_source(self, source: Callable[[int], None]) -> None:
        """Whom to ask: a function of the layer that calls `show_units`."""
        self._source = source
        self.refresh_soon()

    def refresh_soon(self) -> None:
        """There are new weights; they are asked for when the page is seen, at most five times a second."""
        self._is_stale = True
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def set_layers(self, names: Sequence[str]) -> None:
        """The layers of the network, the first one first."""
        if list(names) == self._layer_names:
            return
        chosen = min(self.layer, len(names) - 1)
        self._layer_names = list(names)
        self._layer.blockSignals(True)
        self._layer.clear()
        self._layer.addItems(self._layer_names)
        self._layer.setCurrentIndex(chosen)
        self._layer.blockSignals(False)
        self._layer.setVisible(len(names) > 1)

    def show_units(
        self, images: NDArray[np.float32], limit: float, titles: Sequence[str], caption: str, note: str
    ) -> None:
        """Show pictures.

        Args:
            images: (units, 28, 28) float32.
            limit: The size of weight that gets the full colour.
            titles: One for each unit.
            caption: Which network this is and what is shown of it.
            note: What to bear in mind, or empty.
        """
        # Few pictures may be large.
        self._grid.set_shape(*((5, 168) if len(images) <= 10 else (10, 112)))
        self._grid.set_values(images, limit, titles)
        self._legend.set_limit(limit)
        self._caption.setText(caption)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _on_layer_chosen(self) -> None:
        self.refresh_soon()

    def _on_due(self) -> None:
        if self.isVisible() and self._is_stale:
            self._is_stale = False
            self._source(self.layer)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while nobody looked."""
        super().showEvent(event)
        if self._is_stale:
            self._soon.start()
