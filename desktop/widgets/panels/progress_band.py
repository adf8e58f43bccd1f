"""Progress band: how something goes that takes a while, and what it came to, in a slim row."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout

from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel, plain_sentence
from desktop.widgets.zoom.lengths import scaled, scaled_margins

_RESOLUTION = 1000


class ProgressBand(QFrame):
    """A headline, details, a bar, and buttons; hidden until it is told something.

    Attributes:
        stop: The button that stops what runs.
        close_button: The one that hides the band.

    Signals:
        stop_requested: What runs is to end.
    """

    stop_requested = Signal()

    def __init__(self, name: str, scale: float = 1.0) -> None:
        """Make one that screen readers call by its `name`, whose text is `scale` times as large as usual."""
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(name)
        self._scale = scale
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
        self._bar.setAccessibleName(f"Progress of {name.lower()}")
        words = QVBoxLayout()
        words.setSpacing(scaled(4))
        words.setContentsMargins(scaled_margins(0, 0, 8, 0))
        for part in (self._headline, self._details, self._bar):
            words.addWidget(part)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(scaled_margins(16, 10, 12, 10))
        self._row.setSpacing(scaled(8))
        self._row.addLayout(words, 1)
        self.close_button = QPushButton("Close")
        self.close_button.setFont(tabular(self.font(), scale))
        self.close_button.clicked.connect(self.hide)
        self._row.addWidget(self.close_button)
        self.stop = self.add_button("Stop", "Stop learning; the network in use stays as it is")
        self.stop.clicked.connect(self.stop_requested)
        self.hide()

    def add_button(self, text: str, tip: str = "") -> QPushButton:
        """Give another button a place, to the left of Close."""
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setFont(tabular(self.font(), self._scale))
        # The words come first, and Close stays last.
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    @property
    def text(self) -> str:
        """What is shown, headline first."""
        return f"{self._headline.text()}\n{self._details.text()}".strip()

    @property
    def shows_running(self) -> bool:
        """Whether something is shown that can be stopped."""
        return not self.stop.isHidden()

    def show_progress(
        self,
        headline: str,
        details: str,
        share: float | None,
        is_running: bool,
        offered: Mapping[QPushButton, bool],
    ) -> None:
        """Show how far it is, or what it came to.

        Args:
            headline: One line.
            details: What else is to be known, or empty.
            share: Done, 0 to 1; None where that is not known.
            is_running: Whether there is something to stop.
            offered: Which of the buttons that were added can be pressed now.
        """
        has_changed = self.isHidden() or self._headline.text() != plain_sentence(headline)
        had_keyboard = self.window().focusWidget() in (self.stop, *offered)
        self._headline.setText(plain_sentence(headline))
        self._details.setText(plain_sentence(details))
        self._details.setVisible(bool(details))
        self._bar.setVisible(share is not None)
        self._bar.setValue(round((share or 0.0) * _RESOLUTION))
        if had_keyboard and not is_running:
            # First: a hidden button would let the focus wander off to somewhere unexpected.
            self.close_button.show()
            self.close_button.setFocus()
        self.stop.setVisible(is_running)
        for button, is_offered in offered.items():
            button.setVisible(is_offered)
        self.close_button.setVisible(not is_running)
        self.show()
        if has_changed:
            self.setAccessibleDescription(self.text)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
