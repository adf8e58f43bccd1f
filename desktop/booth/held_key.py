"""Held key: tells a key that is tapped from one that is held down."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

HOLD_MS = 1_500
# Not every X server says that a key repeats itself: it is released and pressed again at the same moment.
_REPEAT_MS = 40


class HeldKey(QObject):
    """Watches one key on some widgets, and keeps it from them.

    Signals:
        pressed: It went down.
        tapped: It came up again soon.
        held: It was down for `HOLD_MS`.
        released: It came up, soon or late.
    """

    pressed = Signal()
    tapped = Signal()
    held = Signal()
    released = Signal()

    def __init__(self, key: Qt.Key, widgets: tuple[QWidget, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._key = key
        self._hold = self._timer(HOLD_MS)
        self._hold.timeout.connect(self.held)
        self._release = self._timer(_REPEAT_MS)
        self._release.timeout.connect(self._on_released)
        for widget in widgets:
            widget.installEventFilter(self)

    def _timer(self, interval_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        return timer

    def _on_released(self) -> None:
        was_short = self._hold.isActive()
        self._hold.stop()
        self.released.emit()
        if was_short:
            self.tapped.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that is held repeats itself: only the first press and the last release count."""
        kind = event.type()
        is_key = kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if not is_key or not isinstance(event, QKeyEvent) or event.key() != self._key:
            return super().eventFilter(watched, event)
        if event.isAutoRepeat():
            return True
        if kind == QEvent.Type.KeyRelease:
            self._release.start()
        elif self._release.isActive():
            self._release.stop()
        else:
            self._hold.start()
            self.pressed.emit()
        return True
