"""Label keys: keys on the pad that say what is drawn there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent

from desktop.pad.canvas import Canvas
from desktop.widgets.fields.class_keys import begins_name, typed_class
from engine.data.classes import DIGITS, Classes


class LabelKeys(QObject):
    """Takes the keys of classes, at first of the digits, from the pad.

    Signals:
        name_typed: The key of a class was pressed: its name.
        name_begun: A key was pressed that the names of several classes begin with: what it types.
    """

    name_typed = Signal(str)
    name_begun = Signal(str)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._classes = DIGITS
        canvas.take_key = self._take

    def set_classes(self, classes: Classes) -> None:
        """Listen to the keys of other classes."""
        self._classes = classes

    def _take(self, event: QKeyEvent) -> bool:
        """Keep what names a class."""
        if (name := typed_class(event, self._classes.names)) is not None:
            self.name_typed.emit(name)
        elif text := begins_name(event, self._classes.names):
            self.name_begun.emit(text)
        else:
            return False
        return True
