"""Data choice: what to train on, and an offer to get MNIST while it is not on this computer."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.widgets.wheel_needs_focus import ChoiceBox
from desktop.widgets.zoom.lengths import scaled
from engine.data.sources import DATA_SOURCES, MNIST


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


class DataChoice(ChoiceBox):
    """A combo box of the data sources there are.

    Attributes:
        offer: Stands below the box while MNIST is chosen and missing.

    Signals:
        name_changed: The name of the data chosen, a key of `DATA_SOURCES`.
    """

    name_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.offer = MnistOffer()
        self._is_mnist_ready: bool | None = None  # until somebody has looked
        for name, source in DATA_SOURCES.items():  # whether MNIST is here is said once somebody has looked
            self.addItem(source.title[:1].upper() + source.title[1:], name)
        self.currentIndexChanged.connect(self._on_chosen)
        self._show_offer()

    @property
    def name(self) -> str:
        """A key of `DATA_SOURCES`."""
        return str(self.currentData())

    def choose(self, name: str) -> None:
        """Choose data without telling anyone."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(name))
        self._show_offer()

    def set_mnist_ready(self, is_ready: bool, chosen_folder: str = "") -> None:
        """Say whether MNIST is on this computer; offer ways to get it if not.

        Args:
            is_ready: Whether it is.
            chosen_folder: Where the user said that it is; empty if nowhere.
        """
        self._is_mnist_ready = is_ready
        missing = "not in its folder" if chosen_folder else "not here yet"
        place = self.findData(MNIST)
        self.setItemText(place, f"MNIST · {'60,000 digits' if is_ready else missing}")
        self.setItemData(place, chosen_folder, Qt.ItemDataRole.ToolTipRole)
        self._show_offer()

    def _on_chosen(self) -> None:
        self._show_offer()
        self.name_changed.emit(self.name)

    def _show_offer(self) -> None:
        self.offer.setVisible(self.name == MNIST and self._is_mnist_ready is False)
