"""Status line: what goes on, and beside it the network's figures, the data and the device."""

from __future__ import annotations

from PySide6.QtWidgets import QStatusBar, QWidget

from desktop.plain_text import PlainLabel


class StatusLine(QStatusBar):
    """Plain setters only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel("The network is waking up")
        self._figures, self._data, self._device = PlainLabel(), PlainLabel(), PlainLabel()
        self.setSizeGripEnabled(False)
        self.addWidget(self._words, 1)
        for label in (self._figures, self._data, self._device):
            self.addPermanentWidget(label)

    @property
    def text(self) -> str:
        """What goes on."""
        return self._words.text()

    def tell(self, words: str) -> None:
        """Say what goes on."""
        self._words.setText(words)

    def set_figures(self, words: str, details: str) -> None:
        """Say how good the network in use is, and in a tool tip what it learnt from."""
        self._figures.setText(words)
        self._figures.setToolTip(details)

    def set_data(self, words: str) -> None:
        """Say which data are there."""
        self._data.setText(words)

    def set_device(self, name: str, reason: str) -> None:
        """Say what computes, and in a tool tip why."""
        self._device.setText(name)
        self._device.setToolTip(reason)
