"""Drop panel: a panel that takes files by drag and drop, and shows a frame while they hang over it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.widgets.panels.dropped_files import accept_copy, local_files
from desktop.widgets.small_widgets import set_flag


class DropPanel(QFrame):
    """What is in the files is said once they are dropped.

    Signals:
        files_dropped: Paths, of whatever was dropped here.
    """

    files_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files; anything else is for whoever stands around."""
        if local_files(event):
            accept_copy(event)
            set_flag(self, "dropTarget", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Hide the frame."""
        super().dragLeaveEvent(event)
        set_flag(self, "dropTarget", False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        accept_copy(event)
        set_flag(self, "dropTarget", False)
        self.files_dropped.emit(local_files(event))
