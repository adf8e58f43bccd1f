"""Markdown text: a short explanation in our own words, kept as Markdown under ``resources/texts``."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

import resources


def has_text(name: str) -> bool:
    """Whether there is ``resources/texts/<name>.md``."""
    try:
        resources.path("texts", f"{name}.md")
    except FileNotFoundError:
        return False
    return True


class MarkdownText(QLabel):
    """A paragraph or two that wraps; its file is named, not its words."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.MarkdownText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if name:
            self.show_text(name)

    def show_text(self, name: str) -> None:
        """Show ``resources/texts/<name>.md``.

        Raises:
            FileNotFoundError: There is no such text.
        """
        self.setText(resources.text("texts", f"{name}.md").strip())

    def changeEvent(self, event: QEvent) -> None:
        """Qt gives paragraphs the gaps of the font that they were read with, so read them again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.text():
            text = self.text()
            self.clear()
            self.setText(text)
