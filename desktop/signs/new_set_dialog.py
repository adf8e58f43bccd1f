"""New set dialog: what a set of signs is called, and the signs in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.widgets.small_widgets import field_label, set_flag
from desktop.widgets.text.plain_text import PlainLabel, plain_sentence
from desktop.widgets.zoom.lengths import scaled, scaled_margins, size_on_screen
from engine.data.class_names import names_in
from engine.data.classes import Classes
from engine.errors import DataError
from engine.plain_text import NAME_LENGTH

OF_EACH = 5
"""Drawings that are asked for of each sign."""

_WIDTH, _HEIGHT = 460, 340
_EXAMPLE = "rock, paper, scissors"


class NewSetDialog(QDialog):
    """Stands over the window; what is wrong with the names is said while they are written.

    Attributes:
        name: The field for the set's name.
        signs: The field for the names of the signs.
        remark: How much there will be to draw, or what is wrong with the names.
        draw: The button that begins.
    """

    def __init__(self, parent: QWidget, on_accepted: Callable[[str, Classes], None]) -> None:
        """Ask; `on_accepted` is called with the set's name, which may be empty, and its classes."""
        super().__init__(parent)
        self.setWindowTitle("New set of signs")
        self._classes: Classes | None = None
        self._on_accepted = on_accepted
        about = PlainLabel(
            f"Name the signs. You are then asked to draw {OF_EACH} of each, and the network learns them in a "
            "few seconds."
        )
        about.setWordWrap(True)
        self.signs = QPlainTextEdit()
        self.signs.setPlaceholderText(_EXAMPLE)
        self.signs.setTabChangesFocus(True)
        self.signs.textChanged.connect(self._on_changed)
        self.name = QLineEdit()
        self.name.setMaxLength(NAME_LENGTH)
        self.name.setPlaceholderText("Hand game")
        self.remark = PlainLabel()
        self.remark.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.draw = buttons.addButton("Draw them", QDialogButtonBox.ButtonRole.AcceptRole)
        self.draw.setObjectName("primary")
        self.draw.setDefault(True)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 16, 16, 16))
        column.setSpacing(scaled(8))
        column.addWidget(about)
        column.addWidget(field_label("Signs, separated by commas or one per line", self.signs))
        column.addWidget(self.signs, 1)
        column.addWidget(field_label("Name of the set (optional)", self.name))
        column.addWidget(self.name)
        column.addWidget(self.remark)
        column.addWidget(buttons)
        self.resize(size_on_screen(self, _WIDTH, _HEIGHT))
        self.signs.setFocus()
        self._on_changed()

    def _on_changed(self) -> None:
        names, fault = names_in(self.signs.toPlainText()), ""
        try:
            self._classes = Classes(names)
        except DataError as error:
            self._classes, fault = None, f"The set {error}"
        self.draw.setEnabled(self._classes is not None)
        # Nothing written yet is nothing wrong.
        set_flag(self.remark, "warning", bool(names and fault))
        set_flag(self.remark, "muted", not names)
        if self._classes is not None:
            self.remark.setText(f"{len(names)} signs: {len(names) * OF_EACH} drawings.")
        else:
            self.remark.setText(plain_sentence(fault) if names else "Two signs or more.")

    def accept(self) -> None:
        """Begin, if the signs can be told apart by their names."""
        if self._classes is not None:
            super().accept()
            self._on_accepted(self.name.text().strip(), self._classes)
