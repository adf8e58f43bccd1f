"""Field fault: a line that says which setting is wrong, and marks its field."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.widgets.small_widgets import set_flag
from desktop.widgets.text.plain_text import PlainLabel
from engine.errors import SettingsError


class FieldFault(PlainLabel):
    """Hidden while nothing is wrong. The panel puts it below Train, so that the button stays where it is."""

    def __init__(self, fields: Mapping[str, QWidget], parent: QWidget) -> None:
        """Take the field of each setting, by the setting's name."""
        super().__init__("", parent)
        self._fields = fields
        self.setWordWrap(True)
        set_flag(self, "warning", True)
        self.hide()

    def show_fault(self, error: SettingsError, moves_focus: bool = True) -> None:
        """Say what is wrong, mark the field and, if asked to, move the keyboard there."""
        self.setText(str(error))
        self.show()
        field = self._fields.get(error.field)
        if field is not None:
            set_flag(field, "invalid", True)
            if moves_focus:
                field.setFocus()

    def clear_fault(self) -> None:
        """Nothing is wrong any more."""
        self.hide()
        for field in self._fields.values():
            set_flag(field, "invalid", False)
