"""Front window: the one that a question is asked over."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget


def front_window(usual: QWidget) -> QWidget:
    """The usual window, unless another fills the screen, as the booth does, and would hide a question."""
    full = (each for each in QApplication.topLevelWidgets() if each.isVisible() and each.isFullScreen())
    return next((each for each in full if each is not usual), usual)
