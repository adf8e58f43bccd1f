"""MNIST offer: the ways to get MNIST, while it is not on this computer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.widgets.zoom.lengths import scaled


class MnistOffer(QWidget):
    """Two links in a row.

    Signals:
        download_requested: It is to be fetched.
        folder_requested: The user has it in a folder.
    """

    download_requested = Signal()
    folder_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(4))
        row.addStretch()
        for text, requested in (
            ("Download (11 MB)", self.download_requested),
            ("Use a folder…", self.folder_requested),
        ):
            button = QPushButton(text)
            button.setObjectName("link")
            button.clicked.connect(requested)
            row.addWidget(button)
