"""Error dialog: what to show when something happened that nobody expected, with details to copy."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.dialogs.text_dialog import TextDialog

UNEXPECTED = "Something unexpected happened. Your drawing and your networks are safe; you can go on."


class ErrorDialog(TextDialog):
    """One sentence, and the details for a report."""

    def __init__(self, sentence: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__("Details", sentence, details, parent)
