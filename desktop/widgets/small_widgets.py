"""Small widgets that several panels share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel, tool_tip


def panel_title(text: str) -> QLabel:
    """The heading of a panel: small capitals, spaced."""
    label = PlainLabel(text.upper())
    label.setObjectName("panelTitle")
    font = tabular(label.font(), 0.82, QFont.Weight.DemiBold)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1.0)
    label.setFont(font)
    return label


def muted_label(text: str = "") -> QLabel:
    """A label that stays in the background, with figures of one width."""
    label = PlainLabel(text)
    label.setObjectName("muted")
    label.setFont(tabular(label.font()))
    return label


def field_label(text: str, field: QWidget) -> QLabel:
    """The name of a field; it names the field for screen readers too."""
    label = muted_label(text)
    label.setBuddy(field)
    field.setAccessibleName(text)
    return label


class _Room(QWidget):
    """Takes as little height as what is in it can do with; an area that scrolls would give it the usual."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def hasHeightForWidth(self) -> bool:
        """The least height is the same at any width."""
        return False

    def heightForWidth(self, _width: int) -> int:
        """Asked all the same by an area that scrolls."""
        return self.minimumSizeHint().height()


class ScrolledArea(QScrollArea):
    """Scrolls the widget in it once there is less room than that needs at least.

    Attributes:
        room: The parent of the widget that `fill` takes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # What is inside takes the keyboard; an area that took it too would be one more stop for Tab.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room = _Room(self.viewport())

    def fill(self, widget: QWidget) -> None:
        """Take the widget in, when area and widget stand where they will stay.

        The area measures it at once, for which Qt applies the style sheet to all that is in it, and does so
        again whenever one of them gets another parent.
        """
        self.room.column.addWidget(widget)
        self.setWidget(self.room)


class ActionButton(QPushButton):
    """Does what an action does, and says so; it can be pressed when the action can."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        self._follow()
        action.changed.connect(self._follow)
        self.clicked.connect(action.trigger)

    def _follow(self) -> None:
        self.setText(self._action.text())
        self.setToolTip(tool_tip(self._action.toolTip()))
        self.setEnabled(self._action.isEnabled())


def set_flag(widget: QWidget, name: str, value: bool) -> None:
    """Set a property that the style sheet looks at, and style the widget again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
