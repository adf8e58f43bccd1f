"""Network input row: the picture that the network sees, and a few words on how it came about."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.reading.network_input import NetworkInput
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.zoom.lengths import scaled


class NetworkInputRow(QWidget):
    """Picture and words beside each other.

    Attributes:
        picture: What the network sees.
    """

    def __init__(self) -> None:
        super().__init__()
        self.picture = NetworkInput()
        explanation = PlainLabel("What the network sees")
        explanation.setFont(tabular(self.font(), 0.85, QFont.Weight.Bold))
        details = muted_label("28 × 28, fitted to the 20-pixel box, centred by its mass")
        details.setFont(tabular(self.font(), 0.85))
        beside = QVBoxLayout()
        beside.setSpacing(scaled(4))
        beside.addStretch()
        for label in (explanation, details):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            beside.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(14))
        row.addWidget(self.picture)
        row.addLayout(beside, 1)
