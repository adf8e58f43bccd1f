"""The reading: the digit in large, how probable it is, ten bars, and what the network sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.digit_bars import DigitBars
from desktop.fonts import tabular
from desktop.label_row import LabelRow
from desktop.seen_image import SeenImage
from desktop.theme import Colours
from desktop.widgets import muted_label, panel_title

if TYPE_CHECKING:
    from engine.classifier import Reading

_EMPTY = "Draw a digit and read along here"
_WAKING = "The network is waking up"
# Below this height the explanation beside the small picture goes first, then the picture.
_HEIGHT_FOR_PICTURE = 452


class PredictionPanel(QFrame):
    """Shows readings. It knows nothing of ink or networks; plain setters only.

    Signals:
        why_requested: What speaks for the digit read, and what against it?
    """

    why_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName("Reading")
        self._answer = QLabel("–")
        self._answer.setObjectName("answer")
        self._answer.setAccessibleName("Digit read")
        self._answer.setFont(tabular(self.font(), 5.6, QFont.Weight.Bold))
        self._answer.setMinimumWidth(self._answer.fontMetrics().horizontalAdvance("0") + 6)
        self._probability = QLabel()
        self._probability.setFont(tabular(self.font(), 1.7))
        self._runners_up = muted_label(_WAKING)
        self._runners_up.setWordWrap(True)
        self._runners_up.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self._probability)
        words.addWidget(self._runners_up)
        words.addSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._answer)
        head.addLayout(words, 1)
        self.bars = DigitBars()
        self.labels = LabelRow()
        self._seen = SeenImage()
        explanation = QLabel("<b>What the network sees</b>")
        details = muted_label("28 × 28, fitted to the 20-pixel box, centred by its mass")
        small = tabular(self.font(), 0.85)
        for label in (explanation, details):
            label.setFont(small)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        beside = QVBoxLayout()
        beside.setSpacing(4)
        beside.addStretch()
        beside.addWidget(explanation)
        beside.addWidget(details)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(14)
        foot.addWidget(self._seen)
        foot.addLayout(beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(8)
        column.addLayout(self._title_row())
        column.addLayout(head)
        column.addWidget(self.bars, 3)
        column.addWidget(self.labels)
        column.addStretch(1)
        column.addWidget(self._foot, 0, Qt.AlignmentFlag.AlignBottom)
        self.setMinimumWidth(232)

    def _title_row(self) -> QHBoxLayout:
        self._why = QPushButton("Why?")
        self._why.setObjectName("link")
        self._why.setToolTip("See which parts of the drawing speak for a digit and which against it (Ctrl+E)")
        # A click leaves the keyboard with the pad, so that Delete goes on clearing it.
        self._why.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._why.setEnabled(False)
        self._why.clicked.connect(self.why_requested)
        row = QHBoxLayout()
        row.addWidget(panel_title("Reading"))
        row.addStretch()
        row.addWidget(self._why)
        return row

    @property
    def answer(self) -> str:
        """The large digit as text; a dash while there is none."""
        return self._answer.text()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.bars.set_colours(colours)
        self._seen.set_colours(colours)

    def set_why_available(self, is_available: bool) -> None:
        """Whether there is a network that could be asked."""
        self._why.setEnabled(is_available)

    def set_waiting(self, is_waiting: bool, has_ink: bool) -> None:
        """Say that the network is not there yet, or that nothing is drawn."""
        self._show("–", "", _WAKING + (", your digit is kept" if has_ink else "") if is_waiting else _EMPTY)
        self.bars.set_probabilities(None)
        self._seen.set_image(None)

    def set_reading(self, reading: Reading) -> None:
        """Show a reading; below a stated probability it is called not sure."""
        ranked = reading.ranked()
        digit, probability = ranked[0]
        others = ", ".join(f"{other} ({100 * share:.0f} %)" for other, share in ranked[1:3] if share >= 0.01)
        if reading.is_sure:
            self._show(
                str(digit),
                f"{100 * probability:.0f} %",
                f"then {others}" if others else "no other comes close",
            )
        else:
            self._show(f"{digit}?", f"{100 * probability:.0f} %", f"not sure; or {others}")
        self.bars.set_probabilities(reading.probabilities)
        self._seen.set_image(reading.image)
        self.setAccessibleDescription(
            f"{digit}, {probability:.0%}" + ("" if reading.is_sure else ", not sure")
        )

    def _show(self, answer: str, probability: str, words: str) -> None:
        self._answer.setText(answer)
        self._probability.setText(probability)
        self._probability.setVisible(bool(probability))
        self._runners_up.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the picture before anything is cut."""
        super().resizeEvent(event)
        self._foot.setVisible(event.size().height() >= _HEIGHT_FOR_PICTURE)
