"""Steps view: the pictures on the way from the pad to the network, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.reading.side_panel import SidePanel
from desktop.trace.step_picture import StepPicture
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.preprocessing.trace import Step

_LEAST_SIDE, _MOST_SIDE = 40, 132
_SPACING = 8
_EMPTY = "Draw a digit or a number, or open a photograph of one, to see what becomes of it."


class TraceView(SidePanel):
    """Shows steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Steps", "Steps to the network", parent)
        self._rows: list[_Row] = []
        self._count = 0
        self._empty = muted_label(_EMPTY)
        self._empty.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(scaled(_SPACING))
        self._grid.setHorizontalSpacing(scaled(14))
        self._grid.setColumnStretch(1, 1)
        self.column.setSpacing(scaled(8))
        self.column.addWidget(self._empty)
        self.column.addLayout(self._grid)
        self.column.addStretch()
        self.show_steps(())

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Names and words of what is shown."""
        return [(row.name.text(), row.words.text()) for row in self._rows[: self._count]]

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        for row in self._rows:
            row.picture.set_colours(colours)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show other ones, or that there is nothing to show."""
        while len(self._rows) < len(steps):
            row = _Row()
            row.picture.set_colours(self._colours)
            self._grid.addWidget(row.picture, len(self._rows), 0)
            self._grid.addWidget(row.beside, len(self._rows), 1)
            self._rows.append(row)
        for row, step in zip(self._rows, steps, strict=False):
            row.picture.set_step(step)
            row.name.setText(step.name)
            row.words.setText(step.words)
        self._empty.setVisible(not steps)
        self.setAccessibleDescription(". ".join(f"{step.name}: {step.words}" for step in steps) or _EMPTY)
        if len(steps) != self._count:
            self._count = len(steps)
            for place, row in enumerate(self._rows):
                row.picture.setVisible(place < self._count)
                row.beside.setVisible(place < self._count)
            self._fit()

    def _fit(self) -> None:
        """Each picture as large as lets all of them be seen."""
        if not self._count:
            return
        height = self.height() - scaled(56) - scaled(_SPACING) * self._count
        side = min(scaled(_MOST_SIDE), max(scaled(_LEAST_SIDE), height // self._count), self.width() // 3)
        for row in self._rows:
            row.picture.setFixedSize(side, side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pictures take their share."""
        super().resizeEvent(event)
        self._fit()


class _Row:
    """One step: its picture, and its name and words beside it."""

    def __init__(self) -> None:
        self.picture = StepPicture()
        self.name, self.words = PlainLabel(), muted_label()
        self.name.setFont(tabular(self.name.font()))
        self.name.setStyleSheet("font-weight: 600;")
        self.words.setFont(tabular(self.words.font(), 0.88))
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.beside = QWidget()
        column = QVBoxLayout(self.beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(1))
        column.addStretch()
        column.addWidget(self.name)
        column.addWidget(self.words)
        column.addStretch()
