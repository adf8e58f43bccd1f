"""Class keys: which class a key stands for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.widgets.fields.digit_keys import typed_digit

_OTHERWISE_USED = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def typed_class(event: QKeyEvent, names: Sequence[str]) -> str | None:
    """The class, of those of these names, that a key press means; None for any other key.

    Together with Ctrl, Alt or Meta it means none. A key means the class of the same name. A letter means the
    class of that letter in the other case, too, where there is none in its own, and a key of a digit means
    its digit whatever it types. Where a single name begins with what was typed, that is meant.
    """
    if event.modifiers() & _OTHERWISE_USED:
        return None
    text, digit = event.text(), typed_digit(event)
    for name in (text, text.swapcase(), "" if digit is None else str(digit)):
        if name and name in names:
            return name
    return _only_one_begun(text, names)


def typed_character(event: QKeyEvent) -> str:
    """What a key press types, if a name can begin with it; else empty."""
    text = event.text()
    return text if not event.modifiers() & _OTHERWISE_USED and text.strip() and text.isprintable() else ""


def begins_name(event: QKeyEvent, names: Sequence[str]) -> str:
    """The character that was typed, if several of the names begin with it; else empty."""
    text = typed_character(event)
    return text if _begun(text, names) else ""


def _only_one_begun(text: str, names: Sequence[str]) -> str | None:
    begun = _begun(text, names)
    return begun[0] if len(begun) == 1 else None


def _begun(text: str, names: Sequence[str]) -> list[str]:
    if not text.strip():
        return []
    return [name for name in names if name.casefold().startswith(text.casefold())]
