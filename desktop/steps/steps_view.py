"""Steps view: the pictures on the way from the pad to the network, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.fonts import tabular
from desktop.steps.step_picture import StepPicture
from desktop.theme import LIGHT, Colours
from desktop.widgets import muted_label, panel_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.steps import Step

_LEAST_WIDTH, _LEAST_HEIGHT = 348, 300
_LEAST_SIDE, _MOST_SIDE = 40, 132
_SPACING = 8
_EMPTY = "Draw a digit or a number, or open a photograph of one, and see here what becomes of it."


class StepsView(QFrame):
    """Shows steps. It knows nothing of how they come about.

    Signals:
        became_visible: It can be seen again and may have to catch up.
        closed: It is not wanted any more.
    """

    became_visible = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName("Steps")
        self._colours = LIGHT
        self._rows: list[_Row] = []
        self._count = 0
        self._empty = muted_label(_EMPTY)
        self._empty.setWordWrap(True)
        close = QPushButton("Close")
        close.setObjectName("link")
        close.clicked.connect(self.closed)
        self.setFocusProxy(close)
        self._head = QHBoxLayout()
        self._head.addWidget(panel_title("Steps to the network"))
        self._head.addStretch()
        self._head.addWidget(close)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(_SPACING)
        self._grid.setHorizontalSpacing(14)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 14)
        column.setSpacing(8)
        column.addLayout(self._head)
        column.addWidget(self._empty)
        column.addLayout(self._grid)
        column.addStretch()
        self.show_steps(())

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Names and words of what is shown."""
        return [(row.name.text(), row.words.text()) for row in self._rows[: self._count]]

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
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
        room = self.height() - 56 - _SPACING * self._count
        side = min(_MOST_SIDE, max(_LEAST_SIDE, room // self._count), self.width() // 3)
        for row in self._rows:
            row.picture.setFixedSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Beside pad and reading in the smallest window."""
        return QSize(_LEAST_WIDTH, _LEAST_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pictures take their share."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while nobody looked."""
        super().showEvent(event)
        self.became_visible.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class _Row:
    """One step: its picture, and its name and words beside it."""

    def __init__(self) -> None:
        self.picture = StepPicture()
        self.name, self.words = QLabel(), muted_label()
        self.name.setFont(tabular(self.name.font()))
        self.name.setStyleSheet("font-weight: 600;")
        self.words.setFont(tabular(self.words.font(), 0.88))
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.beside = QWidget()
        column = QVBoxLayout(self.beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addStretch()
        column.addWidget(self.name)
        column.addWidget(self.words)
        column.addStretch()
