"""Step keys: Space plays and pauses, arrow keys step, Home and End lead to the first and the last step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

_MOVES = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
# Arrow keys of some keyboards count as those of the keypad.
_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.MetaModifier
)
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class StepKeys(QObject):
    """Looks at the keys of the widgets it is given; on a button Space still presses the button.

    Signals:
        toggled: Space.
        moved: Right by 1, Left by −1.
        jumped: Home to 0, End to −1, the last one.
    """

    toggled = Signal()
    moved = Signal(int)
    jumped = Signal(int)

    def watch(self, *widgets: QWidget) -> None:
        """Look at the keys of these, too."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key that has a meaning."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.modifiers() & _HELD:
            return False
        key = Qt.Key(event.key())
        if key in _MOVES:
            self.moved.emit(_MOVES[key])
        elif key in _ENDS:
            self.jumped.emit(_ENDS[key])
        elif key == Qt.Key.Key_Space and not isinstance(watched, QAbstractButton):
            self.toggled.emit()
        else:
            return False
        return True
