"""Question dialog: asks once before something is done that is not to happen by mistake."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.zoom.lengths import scaled, scaled_margins, size_on_screen

_WIDTH = 420


class QuestionDialog(QDialog):
    """Accepted if somebody says yes; whoever just presses Enter or Escape has changed nothing.

    Attributes:
        words: The question.
        yes: The button that says yes.
    """

    def __init__(
        self, parent: QWidget, title: str, question: str, yes: str, on_yes: Callable[[], None]
    ) -> None:
        """Ask a question, under a title; `yes` is what the button says that does it."""
        super().__init__(parent)
        self.accepted.connect(on_yes)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setFixedWidth(size_on_screen(self, _WIDTH, _WIDTH).width())
        self.words = question
        asked = PlainLabel(question)
        asked.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.yes = buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self.yes.setAutoDefault(False)
        cancel.setDefault(True)
        cancel.setFocus()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 16, 16, 16))
        column.setSpacing(scaled(16))
        column.addWidget(asked)
        column.addWidget(buttons)
