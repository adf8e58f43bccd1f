"""Digit keys: which digit a key stands for, in the upper row or the block, on any keyboard layout."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

_OTHERWISE_USED = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
# Where the upper row is: scan codes of the keys 1 to 9 and 0 as each system counts them. X11's and Wayland's
# are those of the kernel plus 8; Windows has those of the first PC; macOS tells virtual key codes, out of
# order.
_XKB_ROW = {10 + place: (place + 1) % 10 for place in range(10)}
_WINDOWS_ROW = {2 + place: (place + 1) % 10 for place in range(10)}
_MAC_ROW = {18: 1, 19: 2, 20: 3, 21: 4, 23: 5, 22: 6, 26: 7, 28: 8, 25: 9, 29: 0}


def typed_digit(event: QKeyEvent) -> int | None:
    """The digit, 0 to 9, that a key press means; None for any other key, or together with Ctrl, Alt or Meta.

    What the key types decides first: some layouts have digits behind Shift, and others than these ten. A key
    of the upper row means its digit whatever it types, such as # with Shift or & on a French keyboard. A key
    of the block that types none moves instead.
    """
    if event.modifiers() & _OTHERWISE_USED:
        return None
    text = event.text()
    if len(text) == 1 and text.isdecimal():
        return int(text)
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return None
    zero, nine = int(Qt.Key.Key_0), int(Qt.Key.Key_9)
    if zero <= event.key() <= nine:
        return event.key() - zero
    return _digit_of_place(event)


def _digit_of_place(event: QKeyEvent) -> int | None:
    """Of a key of the upper row by where it is on the keyboard."""
    platform = QGuiApplication.platformName()
    if platform == "cocoa":
        return _MAC_ROW.get(event.nativeVirtualKey())
    return (_WINDOWS_ROW if platform == "windows" else _XKB_ROW).get(event.nativeScanCode())
