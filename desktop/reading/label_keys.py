"""Label keys: keys on the pad that say what is drawn there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.class_keys import begins_name, typed_class
from engine.data.classes import DIGITS, Classes


class LabelKeys(QObject):
    """Watches the pad for the keys of classes, at first of the digits.

    Signals:
        name_typed: The key of a class was pressed: its name.
        name_begun: A key was pressed that the names of several classes begin with: what it types.
    """

    name_typed = Signal(str)
    name_begun = Signal(str)

    def __init__(self, pad: QWidget) -> None:
        super().__init__(pad)
        self._classes = DIGITS
        pad.installEventFilter(self)

    def set_classes(self, classes: Classes) -> None:
        """Listen to the keys of other classes."""
        self._classes = classes

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what names a class."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if (name := typed_class(event, self._classes.names)) is not None:
                self.name_typed.emit(name)
                return True
            if text := begins_name(event, self._classes.names):
                self.name_begun.emit(text)
                return True
        return super().eventFilter(watched, event)
