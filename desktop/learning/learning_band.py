"""Learning band: how a lesson goes, and what it came to, in a slim row."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout

from desktop.learning.learning_controller import LessonState
from desktop.widgets.fonts import tabular
from desktop.widgets.plain_text import PlainLabel, plain_sentence
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.zoom.lengths import scaled, scaled_margins

_RESOLUTION = 1000


class LearningBand(QFrame):
    """Shows what it is told; hidden until then.

    Signals:
        stop_requested: The lesson is to end.
        return_requested: The network before is to read again.
        use_requested: The network that was not put to use is to read.
    """

    stop_requested = Signal()
    return_requested = Signal()
    use_requested = Signal()

    def __init__(self, scale: float = 1.0) -> None:
        """Make one whose text is `scale` times as large as usual."""
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("Learning")
        self._shown_headline = ""
        self._headline = PlainLabel()
        self._headline.setFont(tabular(self.font(), 1.15 * scale, QFont.Weight.DemiBold))
        self._details = muted_label()
        self._details.setFont(tabular(self.font(), scale))
        for label in (self._headline, self._details):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar()
        self._bar.setRange(0, _RESOLUTION)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of learning")
        self._stop = QPushButton("Stop")
        self._stop.setToolTip("Stop learning; the network in use stays as it is")
        self._stop.clicked.connect(self.stop_requested)
        self._return = QPushButton("Undo learning")
        self._return.setToolTip("Go back to the network before")
        self._return.clicked.connect(self._on_return_clicked)
        self._use = QPushButton("Use it anyway")
        self._use.setToolTip("Use the network that learned from the drawings")
        self._use.clicked.connect(self._on_use_clicked)
        self._close = QPushButton("Close")
        self._close.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(scaled(4))
        words.addWidget(self._headline)
        words.addWidget(self._details)
        words.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled_margins(16, 10, 12, 10))
        row.setSpacing(scaled(8))
        words.setContentsMargins(scaled_margins(0, 0, 8, 0))
        row.addLayout(words, 1)
        for button in (self._stop, self._return, self._use, self._close):
            button.setFont(tabular(self.font(), scale))
            row.addWidget(button)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown, headline first."""
        return f"{self._headline.text()}\n{self._details.text()}".strip()

    def show_state(self, state: LessonState) -> None:
        """Show how far a lesson is, or what it came to."""
        has_changed = self.isHidden() or self._shown_headline != state.headline
        had_keyboard = self.window().focusWidget() is self._stop and not state.is_running
        self._shown_headline = state.headline
        self._headline.setText(plain_sentence(state.headline))
        self._details.setText(plain_sentence(state.details))
        self._details.setVisible(bool(state.details))
        self._bar.setVisible(state.share is not None)
        self._bar.setValue(round((state.share or 0.0) * _RESOLUTION))
        if had_keyboard:
            # First: a hidden button would let the focus wander off to somewhere unexpected.
            self._close.show()
            self._close.setFocus()
        self._stop.setVisible(state.is_running)
        self._return.setVisible(state.has_new_network)
        self._use.setVisible(state.can_use)
        self._close.setVisible(not state.is_running)
        self.show()
        if has_changed:
            self.setAccessibleDescription(self.text)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_use_clicked(self) -> None:
        self.hide()
        self.use_requested.emit()

    def _on_return_clicked(self) -> None:
        self.hide()
        self.return_requested.emit()
