"""Restore dialog: asks before every setting goes back to its default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.widgets.plain_text import PlainLabel
from desktop.widgets.zoom.lengths import scaled, scaled_margins, size_on_screen

_WIDTH = 420
_QUESTION = (
    "Reset all settings to their defaults: the appearance, the window size, the training settings and "
    "the MNIST folder?\n\nYour drawings, networks and runs stay as they are."
)


class RestoreDialog(QDialog):
    """Accepted if somebody says yes; whoever just presses Enter or Escape has changed nothing."""

    def __init__(self, parent: QWidget, on_yes: Callable[[], None]) -> None:
        super().__init__(parent)
        self.accepted.connect(on_yes)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Restore default settings")
        self.setFixedWidth(size_on_screen(self, _WIDTH, _WIDTH).width())
        question = PlainLabel(_QUESTION)
        question.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.restore = buttons.addButton("Restore", QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self.restore.setAutoDefault(False)
        cancel.setDefault(True)
        cancel.setFocus()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 16, 16, 16))
        column.setSpacing(scaled(16))
        column.addWidget(question)
        column.addWidget(buttons)
