"""Label button: one of the classes that a drawing can be said to be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.widgets.fields.class_keys import typed_class
from desktop.widgets.small_widgets import set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import tool_tip
from desktop.widgets.zoom.lengths import scaled

_LEAST_WIDTH = 14
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99}


class LabelButton(QPushButton):
    """One class among others that stand beside it.

    Attributes:
        name: Of the class.

    Signals:
        step_requested: Its name, and by how many buttons to the right the keyboard is to go.
        name_typed: The key of a class was pressed while it has the keyboard: the name of that class.
        focused: It has the keyboard: its name.
    """

    step_requested = Signal(str, int)
    name_typed = Signal(str)
    focused = Signal(str)

    def __init__(self, name: str, names: Sequence[str]) -> None:
        """Show `name`; keys of all `names` are listened to."""
        # An ampersand would underline the letter behind it.
        super().__init__(name.replace("&", "&&"))
        self.name, self._names = name, names
        self.setObjectName("digit")
        self.setFont(tabular(self.font()))
        self.setToolTip(tool_tip(f"Save the drawing as {name}; its key on the pad does the same"))
        # Ten stand beside each other in the narrowest panel.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(scaled(_LEAST_WIDTH))
        self._update_accessible_name()

    def set_in_force(self, is_in_force: bool) -> None:
        """Mark it, or no longer."""
        set_flag(self, "inForce", is_in_force)
        self._update_accessible_name()

    def _update_accessible_name(self) -> None:
        self.setAccessibleName(f"It was {self.name}" + (", selected" if self.property("inForce") else ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another button, or choose one by its key."""
        if event.key() in _STEPS:
            self.step_requested.emit(self.name, _STEPS[Qt.Key(event.key())])
        elif (name := typed_class(event, self._names)) is not None:
            self.name_typed.emit(name)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be the one that Tab comes back to."""
        super().focusInEvent(event)
        self.focused.emit(self.name)
