"""Label prompt: asks for the name of drawings that have no key of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.drawings.drawing_text import counted
from desktop.widgets.fields.name_field import NameField
from desktop.widgets.small_widgets import field_label
from desktop.widgets.zoom.lengths import scaled, scaled_margins
from engine.data.class_names import LONGEST_CLASS


class LabelPrompt(QDialog):
    """Stands over the gallery until a name is entered, or none is wanted.

    Attributes:
        field: Where the name is typed.
    """

    def __init__(
        self, parent: QWidget, count: int, names: Sequence[str], on_entered: Callable[[str], None]
    ) -> None:
        """Ask what so many drawings are; `names` are offered, and `on_entered` is called with the answer."""
        super().__init__(parent)
        self.setWindowTitle("Label")
        self._on_entered = on_entered
        self.field = NameField()
        self.field.set_names(names)
        self.field.setPlaceholderText("A digit, a letter, or a name such as “plus”")
        buttons = QDialogButtonBox()
        self._label = buttons.addButton("Label", QDialogButtonBox.ButtonRole.AcceptRole)
        self._label.setObjectName("primary")
        self._label.setDefault(True)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.field.enter)
        buttons.rejected.connect(self.reject)
        self.field.name_entered.connect(self._on_name_entered)
        self.field.textChanged.connect(self._on_text_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 16, 16, 16))
        column.setSpacing(scaled(8))
        column.addWidget(
            field_label(
                f"Label for {counted(count)}, up to {LONGEST_CLASS} characters",
                self.field,
            )
        )
        column.addWidget(self.field)
        column.addWidget(buttons)
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        self._label.setEnabled(self.field.name is not None)

    def _on_name_entered(self, name: str) -> None:
        self.accept()
        self._on_entered(name)
