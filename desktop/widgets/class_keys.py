"""Class keys: which class a key stands for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.widgets.digit_keys import typed_digit
from engine.data.classes import Classes

_OTHERWISE_USED = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def typed_class(event: QKeyEvent, classes: Classes) -> int | None:
    """The place of the class that a key press means; None for any other key.

    Together with Ctrl, Alt or Meta it means none. A key means the class of the same name. A letter means the
    class of that letter in the other case, too, where there is none in its own, and a key of a digit means
    its digit whatever it types.
    """
    if event.modifiers() & _OTHERWISE_USED:
        return None
    names, text, digit = classes.names, event.text(), typed_digit(event)
    for name in (text, text.swapcase(), "" if digit is None else str(digit)):
        if name and name in names:
            return names.index(name)
    return None
