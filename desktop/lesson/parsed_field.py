"""Parsed field: text that is read while it is typed, with room below for one sentence about it."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.small_widgets import field_label, set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.zoom.lengths import scaled
from engine.errors import SettingsError

Value = TypeVar("Value")


class ParsedField(QWidget, Generic[Value]):
    """A name, a line to type into, and what is wrong with it; those that derive from it say how it is read.

    Attributes:
        edit: The line.

    Signals:
        changed: The text changed, to something that makes sense or to something else.
    """

    changed = Signal()

    def __init__(self, name: str, most_characters: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._value: Value | None = None
        self.edit = QLineEdit()
        self.edit.setFont(tabular(self.edit.font()))
        self.edit.setMaxLength(most_characters)
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

    def parse(self, text: str, name: str) -> Value:
        """What the text says.

        Raises:
            SettingsError: It says nothing that makes sense.
        """
        raise NotImplementedError

    def remark(self, value: Value) -> str:
        """What there is to say about something that makes sense; mostly nothing."""
        return ""

    @property
    def value(self) -> Value | None:
        """What is written, or None if that makes no sense."""
        return self._value

    @property
    def sentence(self) -> str:
        """What is said about it; empty if there is nothing to say."""
        return self._note.text()

    def set_text(self, text: str) -> None:
        """Write something without telling anyone."""
        with QSignalBlocker(self.edit):
            self.edit.setText(text)
        self.read()

    def read(self) -> None:
        """Read what is written, and say what there is to say about it by itself."""
        try:
            self._value = self.parse(self.edit.text(), self._name)
        except SettingsError as error:
            self._value = None
            self.say(str(error), is_fault=True)
        else:
            self.say(self.remark(self._value), is_fault=False)

    def say(self, sentence: str, is_fault: bool) -> None:
        """Say something below the line, or nothing if empty."""
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))
        set_flag(self._note, "warning", is_fault)
        set_flag(self._note, "muted", not is_fault)
        set_flag(self.edit, "invalid", is_fault)
        self.edit.setAccessibleDescription(sentence)

    def _on_text_changed(self) -> None:
        self.read()
        self.changed.emit()
