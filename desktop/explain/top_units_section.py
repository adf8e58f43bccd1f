"""The hidden units that a drawing excites most, with a line of words on the one pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.explain.unit_strip import UnitStrip, output_text
from desktop.widgets.bars.waterfall_chart import signed
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.explain.top_units import TopUnit

_POINT = "Point at a unit to see what it looks for in this drawing."


class TopUnitsSection(QWidget):
    """Hidden by whoever shows it where there are no units.

    Attributes:
        strip: Their pictures.

    Signals:
        unit_pointed: Number of a hidden unit to show; -1 for none.
    """

    unit_pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = UnitStrip()
        self.strip.unit_pointed.connect(self.unit_pointed)
        self._title = PlainLabel("Hidden units that respond most")
        self._words = muted_label(_POINT)
        self._title.setFont(tabular(self.font(), 0.85, QFont.Weight.Bold))
        self._words.setFont(tabular(self.font(), 0.85))
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        for widget in (self._title, self.strip, self._words):
            column.addWidget(widget)

    @property
    def words(self) -> str:
        """What is said of the unit pointed at."""
        return self._words.text()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.strip.set_colours(colours)

    def set_units(self, units: Sequence[TopUnit]) -> None:
        """Show others, the most active first."""
        self.strip.set_units(units)

    def show_title(self, is_shown: bool) -> None:
        """Say above the pictures what they are, where there is room."""
        self._title.setVisible(is_shown)

    def show_unit(self, unit: TopUnit | None, contribution: float | None) -> None:
        """Say in words what the unit pointed at does.

        Args:
            unit: None for no unit.
            contribution: What it adds to the score, in logits, if that is known.
        """
        words = _POINT
        if unit is not None:
            words = f"Unit {unit.unit} outputs {output_text(unit.activation)}"
            if contribution is not None:
                words += f" and adds {signed(contribution)}."
        self._words.setText(words)
