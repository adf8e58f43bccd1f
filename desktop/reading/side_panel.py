"""Pad side views: what is shown beside the pad about what stands on it, live."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.reading.live_reader import LiveReader
from desktop.widgets.small_widgets import panel_title
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins, scaled_size

# As often as eyes can follow; the pen's own reading goes first.
REFRESH_MS = 30
_LEAST_WIDTH, _LEAST_HEIGHT = 348, 300


class SidePanel(QFrame):
    """A panel with a title and a way to close it; it knows nothing of how what it shows comes about.

    Attributes:
        column: What it shows, from top to bottom, the title first.

    Signals:
        became_visible: It can be seen again and may have to catch up.
        closed: It is not wanted any more.
    """

    became_visible = Signal()
    closed = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName(name)
        self._colours = LIGHT
        self._close = QPushButton("Close")
        self._close.setObjectName("link")
        self._close.setToolTip("Close (Escape)")
        self._close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setSpacing(scaled(6))
        head.addWidget(panel_title(title))
        head.addStretch()
        head.addWidget(self._close)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(scaled(6))
        self.column.setContentsMargins(scaled_margins(16, 10, 16, 14))
        self.column.addLayout(head)
        self.setFocusProxy(self._close)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours

    def minimumSizeHint(self) -> QSize:
        """Beside pad and reading in the smallest window."""
        return scaled_size(_LEAST_WIDTH, _LEAST_HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while nobody looked."""
        super().showEvent(event)
        self.became_visible.emit()


class SidePanelController(QObject):
    """Refreshes a view with what is read on the pad, at the pace of eyes, and only while it is seen."""

    def __init__(self, reader: LiveReader, view: SidePanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._view = view
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        view.became_visible.connect(self.refresh)
        reader.reading_completed.connect(self._on_reading_changed)
        reader.reading_cleared.connect(self._on_reading_changed)

    def refresh(self) -> None:
        """Show what is on the pad now."""
        raise NotImplementedError

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._view.set_colours(colours)

    def close(self) -> None:
        """The window closes: show nothing new any more."""
        self._soon.stop()

    def _on_reading_changed(self) -> None:
        if self._view.isVisible() and not self._soon.isActive():
            self._soon.start()
