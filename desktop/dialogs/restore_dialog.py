"""Restore dialog: asks before every setting goes back to its default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.dialogs.question_dialog import QuestionDialog

_QUESTION = (
    "Reset all settings to their defaults: the appearance, the window size, the training settings, the "
    "fields of the search, the MNIST folder and the list of your own sets?\n\nYour drawings, networks and "
    "runs stay as they are."
)


class RestoreDialog(QuestionDialog):
    """Accepted if somebody says yes; whoever just presses Enter or Escape has changed nothing."""

    def __init__(self, parent: QWidget, on_yes: Callable[[], None]) -> None:
        super().__init__(parent, "Restore default settings", _QUESTION, "Restore", on_yes)
