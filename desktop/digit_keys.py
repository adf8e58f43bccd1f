"""Digit keys: which digit a key stands for, in the upper row or the block, on any keyboard layout."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_OTHERWISE_USED = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def typed_digit(event: QKeyEvent) -> int | None:
    """The digit, 0 to 9, that a key press types; None for any other key, or together with Ctrl, Alt or Meta.

    Asked of the text: some layouts have digits behind Shift, and others than these ten.
    """
    text = event.text()
    if len(text) != 1 or not text.isdecimal() or event.modifiers() & _OTHERWISE_USED:
        return None
    return int(text)
