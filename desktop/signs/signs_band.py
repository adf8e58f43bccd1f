"""Signs band: how the learning of signs goes, and what to do with the network that comes of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout

from desktop.signs.sign_learning import LearningState
from desktop.widgets.fonts import tabular
from desktop.widgets.plain_text import PlainLabel, plain_sentence
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.zoom.lengths import scaled, scaled_margins

_RESOLUTION = 1000


class SignsBand(QFrame):
    """Shows what it is told; hidden until then.

    Attributes:
        stop: The button that stops.
        try_it: The one that makes room for a drawing.
        go_back: The one that goes back to the network before.

    Signals:
        stop_requested: Nothing more is to be learned.
        try_requested: Somebody wants to draw a sign.
        return_requested: The network before is to read again.
    """

    stop_requested = Signal()
    try_requested = Signal()
    return_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("Learning signs")
        self._headline = PlainLabel()
        self._headline.setFont(tabular(self.font(), 1.15, QFont.Weight.DemiBold))
        self._details = muted_label()
        for label in (self._headline, self._details):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar()
        self._bar.setRange(0, _RESOLUTION)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of learning")
        self.stop = QPushButton("Stop")
        self.stop.setToolTip("Stop learning; the network in use stays as it is")
        self.stop.clicked.connect(self.stop_requested)
        self.try_it = QPushButton("Draw one to try it")
        self.try_it.setObjectName("primary")
        self.try_it.clicked.connect(self.try_requested)
        self.go_back = QPushButton("Return to the former network")
        self.go_back.setToolTip("Go back to the network before")
        self.go_back.clicked.connect(self.return_requested)
        self._close = QPushButton("Close")
        self._close.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(scaled(4))
        words.setContentsMargins(scaled_margins(0, 0, 8, 0))
        for part in (self._headline, self._details, self._bar):
            words.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled_margins(16, 10, 12, 10))
        row.setSpacing(scaled(8))
        row.addLayout(words, 1)
        for button in (self.stop, self.try_it, self.go_back, self._close):
            row.addWidget(button)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown, headline first."""
        return f"{self._headline.text()}\n{self._details.text()}".strip()

    @property
    def shows_running(self) -> bool:
        """Whether something is shown that can be stopped."""
        return not self.stop.isHidden()

    def show_state(self, state: LearningState) -> None:
        """Show how far it is, or what it came to."""
        has_changed = self.isHidden() or self._headline.text() != plain_sentence(state.headline)
        had_keyboard = self.window().focusWidget() in (self.stop, self.try_it, self.go_back)
        self._headline.setText(plain_sentence(state.headline))
        self._details.setText(plain_sentence(state.details))
        self._details.setVisible(bool(state.details))
        self._bar.setVisible(state.share is not None)
        self._bar.setValue(round((state.share or 0.0) * _RESOLUTION))
        if had_keyboard and not state.is_running:
            # First: a hidden button would let the focus wander off to somewhere unexpected.
            self._close.show()
            self._close.setFocus()
        self.stop.setVisible(state.is_running)
        self.try_it.setVisible(state.is_in_use)
        self.go_back.setVisible(state.is_in_use)
        self._close.setVisible(not state.is_running)
        self.show()
        if has_changed:
            self.setAccessibleDescription(self.text)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
