"""Activity row: what was done with drawings, and how far what is under way has come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from desktop.widgets.small_widgets import muted_label, set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import plain_sentence
from desktop.widgets.zoom.lengths import scaled

_KEYS = "0–9, A–Z or F2: relabel · Delete: delete · Enter: put on the pad"
_RESOLUTION = 1000


class ActivityRow(QWidget):
    """Knows nothing of drawings; plain setters only.

    Attributes:
        undo: Takes back what was done.
        stop: Ends what is under way.

    Signals:
        undo_requested: What was done is to be taken back.
        stop_requested: What is under way is to end.
    """

    undo_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = muted_label()
        self._message.setFont(tabular(self.font(), 0.85))
        self._message.setWordWrap(True)
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._progress = QProgressBar()
        self._progress.setRange(0, _RESOLUTION)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Progress of the files")
        self.stop = _link("Stop", "Stop; what was read so far is kept")
        self.stop.clicked.connect(self.stop_requested)
        self.undo = _link("Undo", "Undo (Ctrl+Z in the gallery)")
        self.undo.clicked.connect(self.undo_requested)
        # Its height stays, so that what is shown above does not move.
        policy = self.undo.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.undo.setSizePolicy(policy)
        for widget in (self._progress, self.stop, self.undo):
            widget.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(self._message, 2)
        row.addWidget(self._progress, 1)
        row.addWidget(self.stop)
        row.addWidget(self.undo)

    @property
    def message(self) -> str:
        """What is shown."""
        return self._message.text()

    def show_message(self, words: str, can_undo: bool, is_trouble: bool) -> None:
        """Show what was done, with Undo beside it where that can be undone; or which keys do what."""
        self._message.setText(plain_sentence(words) or _KEYS)
        set_flag(self._message, "warning", is_trouble)
        self.undo.setVisible(can_undo)

    def show_progress(self, share: float | None) -> None:
        """Something is under way: the share of it that is done, 0 to 1; None once it has ended."""
        self._progress.setVisible(share is not None)
        self.stop.setVisible(share is not None)
        if share is not None:
            self._progress.setValue(round(share * _RESOLUTION))


def _link(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("link")
    button.setToolTip(tip)
    return button
