"""Text dialog: a sentence, and below it a longer text to read or to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.widgets.text.fonts import fixed_font
from desktop.widgets.text.plain_text import PlainLabel, plain_sentence
from desktop.widgets.zoom.lengths import scaled, scaled_margins, size_on_screen


class TextDialog(QDialog):
    """A window beside the main one, never in front of a decision: the program goes on meanwhile."""

    def __init__(self, title: str, sentence: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._text = text
        label = PlainLabel(plain_sentence(sentence))
        label.setWordWrap(True)
        view = QPlainTextEdit(text)
        view.setReadOnly(True)
        view.setFont(fixed_font(self.font()))
        view.setAccessibleName(title)
        view.setTabChangesFocus(True)
        buttons = QDialogButtonBox()
        # Words alone, as everywhere else in the window: standard buttons bring icons.
        buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        copy = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy_text)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 16, 16, 16))
        column.setSpacing(scaled(12))
        column.addWidget(label)
        column.addWidget(view, 1)
        column.addWidget(buttons)
        self.resize(size_on_screen(self, 680, 420))

    def copy_text(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)
