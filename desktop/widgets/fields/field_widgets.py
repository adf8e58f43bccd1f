"""Fields of forms: choices, and the grid that fields stand in."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.small_widgets import field_label
from desktop.widgets.zoom.lengths import scaled


def choice_box(choices: Iterable[tuple[str | int, str]]) -> ChoiceBox:
    """A combo box of values and what to call them."""
    box = ChoiceBox()
    for name, text in choices:
        box.addItem(text, name)
    return box


class FieldGrid(QGridLayout):
    """Rows of a name and one or two fields, in line with each other."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(scaled(8))
        self.setVerticalSpacing(scaled(8))
        self.setColumnStretch(1, 1)
        self.setColumnStretch(2, 1)
        self._line = 0
        self._labels: dict[QWidget, QLabel] = {}

    def label_of(self, first: QWidget) -> QLabel:
        """The name of the row that begins with a field."""
        return self._labels[first]

    def add_row(self, text: str, first: QWidget, second: QWidget | None = None) -> list[QWidget]:
        """Add fields with their name, for screen readers too; returns all that stands in the row."""
        label = self._labels[first] = field_label(text, first)
        self.addWidget(label, self._line, 0)
        self.addWidget(first, self._line, 1, 1, 1 if second else 2)
        if second:
            self.addWidget(second, self._line, 2)
        self._line += 1
        fields = [first, *([second] if second else [])]
        for field in fields:
            # Equal columns, whatever the contents would like.
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return [label, *fields]

    def add_wide(self, widget: QWidget) -> None:
        """Add something that takes a row of its own."""
        self.addWidget(widget, self._line, 0, 1, 3)
        self._line += 1
