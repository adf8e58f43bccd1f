"""Pixels page: how much each block of pixels carries, shown as it is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.results.importance_picture import ImportancePicture
from desktop.widgets.diverging.legend import DivergingLegend
from desktop.widgets.panels.page import Page
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from engine.evaluation.permutation_importance import Importance


class PixelsPage(Page):
    """Shows a measurement; it makes none itself.

    Signals:
        measurement_requested: It is to begin.
        stop_requested: It is to end.
    """

    measurement_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pixels", parent)
        self._is_measuring = False
        self.button = QPushButton("Measure")
        self.button.clicked.connect(self._on_button_clicked)
        self._legend = DivergingLegend("of the importance, in points of accuracy")
        self._words = PlainLabel()
        self._words.setWordWrap(True)
        self._words.setFont(tabular(self.font()))
        self._words.setAccessibleName("Importance of the pixels")
        self.picture = ImportancePicture()
        head = QHBoxLayout()
        head.setSpacing(scaled(6))
        head.addWidget(self.button)
        head.addStretch()
        head.addWidget(self._legend)
        self.column.addLayout(head)
        self.column.addWidget(self._words)
        self.column.addWidget(self.picture)
        self.column.addStretch(1)

    @property
    def words(self) -> str:
        """What is said of the measurement."""
        return self._words.text()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._legend.set_colours(colours)
        self.picture.set_colours(colours)

    def set_measuring(self, is_measuring: bool) -> None:
        """Whether a measurement is under way."""
        self._is_measuring = is_measuring
        self.button.setText("Stop" if is_measuring else "Measure again")

    def show_state(self, text: str) -> None:
        """One sentence instead of what was measured."""
        self._words.setText(text)

    def clear(self) -> None:
        """Another network: nothing is known of it yet."""
        self.picture.set_drops(None)
        self._words.setText("")

    def show_importance(self, importance: Importance) -> None:
        """Show what is known so far."""
        self.picture.set_drops(100 * importance.drops)
        self._legend.set_limit(self.picture.limit)
        self._words.setText(
            f"Points of accuracy lost when a block is permuted, of {100 * importance.baseline:.2f} %: "
            f"{importance.done} of {importance.total} permutations."
        )

    def _on_button_clicked(self) -> None:
        if self._is_measuring:
            self.stop_requested.emit()
        else:
            self.measurement_requested.emit()
