"""Size fields: how many rows, inner numbers and columns random matrices have."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.widgets.fields.field_widgets import choice_box
from desktop.widgets.small_widgets import field_label
from desktop.widgets.zoom.lengths import scaled
from engine.lesson.matrix_text import MOST_SIDE

_NAMES = {
    "Rows": "Rows of the first matrix and of the result",
    "Inner": "Columns of the first matrix and rows of the second",
    "Columns": "Columns of the second matrix and of the result",
}

Sizes = tuple[int, int, int]
"""Rows, inner numbers and columns."""


class SizeFields(QWidget):
    """Three numbers from 1 to 5 and a button.

    Attributes:
        boxes: Of rows, inner numbers and columns.
        random_button: Asks for other numbers of the same sizes.

    Signals:
        random_requested: Other numbers are wanted, of these sizes.
    """

    random_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = tuple(choice_box((size, str(size)) for size in range(1, MOST_SIDE + 1)) for _ in _NAMES)
        self.random_button = QPushButton("Random")
        self.random_button.setObjectName("small")
        self.random_button.setAccessibleName("Random numbers of these sizes")
        self.random_button.setToolTip("Random numbers of these sizes")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        for box, (name, meaning) in zip(self.boxes, _NAMES.items(), strict=True):
            row.addWidget(field_label(name, box))
            box.setAccessibleName(meaning)
            box.setToolTip(meaning)
            row.addWidget(box)
            box.currentIndexChanged.connect(self.random_requested)
        row.addWidget(self.random_button)
        row.addStretch()
        self.random_button.clicked.connect(self.random_requested)

    @property
    def sizes(self) -> Sizes:
        """As they are chosen."""
        rows, inner, columns = (box.currentData() for box in self.boxes)
        return rows, inner, columns

    def set_sizes(self, sizes: Sizes) -> None:
        """Show other sizes without telling anyone."""
        for box, size in zip(self.boxes, sizes, strict=True):
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(size))
