"""Keys mean digits by what they type, and in the upper row by where they are."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from desktop.widgets.fields.digit_keys import typed_digit

pytestmark = pytest.mark.usefixtures("qapp")

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def pressed(key, text, modifiers=NONE, scan_code=0, virtual_key=0):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan_code, virtual_key, 0, text)


@pytest.mark.parametrize(
    ("key", "text", "modifiers", "scan_code", "digit"),
    [
        (Qt.Key.Key_3, "3", NONE, 12, 3),
        (Qt.Key.Key_NumberSign, "#", SHIFT, 12, 3),  # American
        (Qt.Key.Key_section, "", SHIFT, 12, 3),  # German
        (Qt.Key.Key_ParenRight, ")", SHIFT, 19, 0),
        (Qt.Key.Key_3, "3", SHIFT, 12, 3),  # French
        (Qt.Key.Key_QuoteDbl, '"', NONE, 12, 3),  # French
        (Qt.Key.Key_3, "#", SHIFT, 0, 3),  # a system that names the key and not its place
        (Qt.Key.Key_3, "٣", NONE, 12, 3),  # Arabic
        (Qt.Key.Key_7, "7", KEYPAD, 79, 7),
        (Qt.Key.Key_Home, "", KEYPAD, 79, None),
        (Qt.Key.Key_Home, "", KEYPAD | SHIFT, 79, None),
        (Qt.Key.Key_Minus, "-", NONE, 20, None),
        (Qt.Key.Key_Escape, "\x1b", NONE, 9, None),
        (Qt.Key.Key_E, "e", NONE, 26, None),
        (Qt.Key.Key_3, "3", Qt.KeyboardModifier.ControlModifier, 12, None),
        (Qt.Key.Key_NumberSign, "#", SHIFT | Qt.KeyboardModifier.AltModifier, 12, None),
    ],
)
def test_a_key_means_its_digit(key, text, modifiers, scan_code, digit):
    assert typed_digit(pressed(key, text, modifiers, scan_code)) == digit


@pytest.mark.parametrize(
    ("platform", "codes"),
    [("windows", {"scan_code": 4}), ("cocoa", {"virtual_key": 20}), ("wayland", {"scan_code": 12})],
)
def test_each_system_counts_the_keys_in_its_own_way(monkeypatch, platform, codes):
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: platform))
    assert typed_digit(pressed(Qt.Key.Key_NumberSign, "#", SHIFT, **codes)) == 3
