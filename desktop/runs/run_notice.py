"""Run notice: one sentence above the table on what was done with runs, and the way to undo it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.widgets.text.plain_text import PlainLabel, plain_sentence
from desktop.widgets.zoom.lengths import scaled, scaled_margins

_FADE_MS = 12_000


class RunNotice(QFrame):
    """Hidden while there is nothing to say.

    Signals:
        undo_requested: What was deleted last is wanted back.
    """

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAccessibleName("Notice on runs")
        self._words = PlainLabel()
        self._words.setWordWrap(True)
        self.undo = QPushButton("Undo")
        self.undo.setToolTip("Undo the last deletion (Ctrl+Z in the table)")
        self.undo.clicked.connect(self.undo_requested)
        dismiss = QPushButton("Dismiss")
        dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled_margins(12, 4, 8, 4))
        row.setSpacing(scaled(8))
        row.addWidget(self._words, 1)
        for button in (self.undo, dismiss):
            button.setObjectName("link")
            row.addWidget(button)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_FADE_MS)
        self._fade.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; empty if nothing is."""
        return "" if self.isHidden() else self._words.text()

    def show_notice(self, sentence: str, can_undo: bool, stays: bool) -> None:
        """Show a sentence, or nothing; one that need not stay goes by itself after some seconds."""
        sentence = plain_sentence(sentence)
        self._words.setText(sentence)
        self.undo.setVisible(can_undo)
        self.setVisible(bool(sentence))
        self._fade.stop()
        if not stays:
            self._fade.start()
        self.setAccessibleDescription(sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
