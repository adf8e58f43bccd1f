"""Window drops: files may be dropped anywhere on the window, not only where they are shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.panels.dropped_files import accept_copy, local_files


class WindowDrops(QObject):
    """Takes what none of the window's own widgets takes.

    Signals:
        files_dropped: Paths, in the order in which they came.
    """

    files_dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files alone: a picture without a file is for the pad."""
        if isinstance(event, QDragEnterEvent) and local_files(event):
            accept_copy(event)
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            accept_copy(event)
            self.files_dropped.emit(local_files(event))
            return True
        return super().eventFilter(watched, event)
