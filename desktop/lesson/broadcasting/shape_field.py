"""Shape field: a shape as text, read while it is typed, with room for one sentence about it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.fonts import tabular
from desktop.widgets.plain_text import PlainLabel
from desktop.widgets.small_widgets import field_label, set_flag
from desktop.widgets.zoom.lengths import scaled
from engine.errors import SettingsError
from engine.lesson.broadcasting import parse_shape

_MOST_CHARACTERS = 80
_EMPTY = "A size of 0 means a tensor with no numbers in it, so there is nothing to draw."


class ShapeField(QWidget):
    """One shape; what is none is said below it.

    Signals:
        shape_changed: The text changed, to a shape or to something else.
    """

    shape_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._shape: tuple[int, ...] | None = ()
        self.edit = QLineEdit()
        self.edit.setFont(tabular(self.edit.font()))
        self.edit.setMaxLength(_MOST_CHARACTERS)
        self.edit.setPlaceholderText("scalar")
        self.edit.setToolTip("Sizes such as 3, 1, 4; leave it empty for a scalar")
        self._note = PlainLabel()
        self._note.setWordWrap(True)
        self._note.setAccessibleName(f"Note on the {name.lower()}")
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        column.addWidget(field_label(name, self.edit))
        column.addWidget(self.edit)
        column.addWidget(self._note)
        column.addStretch()
        self.edit.textChanged.connect(self._on_text_changed)

    @property
    def shape(self) -> tuple[int, ...] | None:
        """What is written, or None if that is no shape."""
        return self._shape

    @property
    def sentence(self) -> str:
        """What is said about the shape; empty if there is nothing to say."""
        return self._note.text()

    def set_text(self, text: str) -> None:
        """Write a shape without telling anyone."""
        with QSignalBlocker(self.edit):
            self.edit.setText(text)
        self._read()

    def _read(self) -> None:
        sentence = ""
        try:
            self._shape = parse_shape(self.edit.text(), self._name)
        except SettingsError as error:
            self._shape = None
            sentence = str(error)
        is_fault = self._shape is None
        if self._shape is not None and 0 in self._shape:
            sentence = _EMPTY
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))
        set_flag(self._note, "warning", is_fault)
        set_flag(self._note, "muted", not is_fault)
        set_flag(self.edit, "invalid", is_fault)
        self.edit.setAccessibleDescription(sentence)

    def _on_text_changed(self) -> None:
        self._read()
        self.shape_changed.emit()
