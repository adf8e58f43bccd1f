"""Reading dialog: how much of a set is read, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.plain_text import PlainLabel, plain_sentence
from desktop.widgets.text.spoken_changes import SpokenChanges
from desktop.widgets.zoom.lengths import scaled, scaled_margins

_WIDTH = 420
_RESOLUTION = 1000


class ReadingDialog(QDialog):
    """Shown beside the window, in which everything goes on; rejected by Stop, Escape, or by closing it.

    Attributes:
        stop: The button that ends the reading.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        """Show nothing read yet of a set of that name."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Reading a set")
        self._name = name
        self._sentence = PlainLabel(plain_sentence(f"Reading {name}…"))
        self._sentence.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, _RESOLUTION)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(f"How much of {name} is read")
        self._percent = muted_label()
        self._spoken = SpokenChanges(self)
        self.stop = QPushButton("Stop")
        self.stop.setToolTip("Stop reading; everything stays as it is (Escape)")
        self.stop.setDefault(True)
        self.stop.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._percent)
        foot.addStretch()
        foot.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 16, 16, 16))
        column.setSpacing(scaled(12))
        column.addWidget(self._sentence)
        column.addWidget(self._bar)
        column.addLayout(foot)
        self.show_share(0.0)
        self.setMinimumWidth(scaled(_WIDTH))
        self.stop.setFocus()

    @property
    def share(self) -> float:
        """What is shown, 0 to 1."""
        return self._bar.value() / _RESOLUTION

    def show_share(self, share: float) -> None:
        """So much is read, 0 to 1."""
        self._bar.setValue(round(share * _RESOLUTION))
        self._percent.setText(f"{100 * share:.0f} %")
        self._spoken.announce(f"Reading {self._name}, {100 * share:.0f} %")
