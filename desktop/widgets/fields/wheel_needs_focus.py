"""Wheel needs focus: a field changes by the wheel only while it has the keyboard; else the page scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSlider,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QTabBar,
    QWidget,
)

from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    _Base = QWidget
else:  # the widget's own class brings the methods: Qt makes each object once
    _Base = object

_WIDEST_LIST = 420
"""Of a box, in pixels at 100 %."""
# Between a text and what is beside it, by the styles of Qt.
_AROUND = 1


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
    """Where a name has no room it loses its middle, and its list is wider than the box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The delegate that a combo box comes with ignores what the style sheet says of its items.
        self.setItemDelegate(QStyledItemDelegate(self))

    def shown_text(self) -> str:
        """As much of the chosen name as there is room for: ends tell names apart as beginnings do."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return self._fitted(option)

    def _fitted(self, option: QStyleOptionComboBox) -> str:
        control, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, field, self).width() - 2 * _AROUND
        if not option.currentIcon.isNull():
            room -= option.iconSize.width() + 4 * _AROUND
        return self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideMiddle, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As usual, but for names that would be cut off."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._fitted(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def showPopup(self) -> None:
        """Show the list, as wide as its names up to a bound."""
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        view.setMinimumWidth(min(scaled(_WIDEST_LIST), view.sizeHintForColumn(0) + bar + scaled(8)))
        super().showPopup()


class TabBar(WheelNeedsFocus, QTabBar):
    """A row of tabs."""


class Slider(WheelNeedsFocus, QSlider):
    """A slider."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
