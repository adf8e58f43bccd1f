"""Notice bar: one sentence at the foot of the window, which stays until it is dismissed or replaced."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.plain_text import PlainLabel, plain_sentence

_FADE_MS = 12_000


class NoticeBar(QFrame):
    """Says what happened and what to do, without a dialog in the way.

    Signals:
        details_requested: The details that came with the sentence.
    """

    details_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAccessibleName("Notice")
        self._details_text = ""
        self._label = PlainLabel()
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._details = QPushButton("Details")
        self._details.setObjectName("link")
        self._details.clicked.connect(self._on_details_clicked)
        dismiss = QPushButton("Dismiss")
        dismiss.setObjectName("link")
        dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        row.addWidget(self._details)
        row.addWidget(dismiss)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_FADE_MS)
        self._fade.timeout.connect(self.hide)
        self._about = ""
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown last."""
        return self._label.text()

    def tell(self, sentence: str, details: str = "", stays: bool = True, about: str = "") -> None:
        """Show a sentence; one that need not stay goes by itself after some seconds.

        Args:
            sentence: What happened and what to do.
            details: For a bug report, or empty.
            stays: Whether it stays until it is dismissed or settled.
            about: What it is about, by which `settle` knows it.
        """
        self._about = about
        sentence = plain_sentence(sentence)
        self._label.setText(sentence)
        self._details_text = details
        self._details.setVisible(bool(details))
        self._fade.stop()
        if not stays:
            self._fade.start()
        self.show()
        self.setAccessibleDescription(sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def add(self, sentence: str, details: str = "") -> None:
        """Show a sentence after those that are shown already, so that neither is lost."""
        if self.isHidden():
            self.tell(sentence, details)
        else:
            self.tell(f"{self.text} {sentence}", details or self._details_text)

    def settle(self, about: str) -> None:
        """What is said about this is no longer so."""
        if self._about == about:
            self.hide()

    def _on_details_clicked(self) -> None:
        self.details_requested.emit(self._details_text)
