"""Wheel needs focus: a field changes by the wheel only while it has the keyboard; else the page scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSlider, QStyledItemDelegate, QTabBar, QWidget

if TYPE_CHECKING:
    _Base = QWidget
else:  # the widget's own class brings the methods: Qt makes each object once
    _Base = object


class WheelNeedsFocus(_Base):
    """Stands before the widget's class among the bases.

    Whoever scrolls a page rests the pointer on a field now and then, and must not change it by that.
    """

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page unless the keyboard is here."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceBox(WheelNeedsFocus, QComboBox):
    """A combo box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The delegate that a combo box comes with ignores what the style sheet says of its items.
        self.setItemDelegate(QStyledItemDelegate(self))


class TabBar(WheelNeedsFocus, QTabBar):
    """A row of tabs."""


class Slider(WheelNeedsFocus, QSlider):
    """A slider."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
