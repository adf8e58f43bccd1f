"""Network choice: the field of a page that says which network it shows, and lets another be chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.lesson.shown_network import READING, STEPPED, TRAINED
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.small_widgets import field_label
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

FRESH = "fresh"
"""Weights as they are before any training."""

TITLES = {
    READING: "What reads the pad",
    TRAINED: "In training, or trained last",
    STEPPED: "On the Step page",
    FRESH: "Fresh weights",
}
_MISSING = {
    READING: "There is no network yet",
    TRAINED: "Nothing was trained since the lesson was opened: press Train",
    STEPPED: "No step was taken yet: see the Step page",
}
_LOOKED_AT = (READING, TRAINED, STEPPED)


class ShowsNetwork(Protocol):
    """What shows one of several networks, such as `desktop.lesson.shown_weights.ShownWeights`.

    Attributes:
        choices_changed: Another one is shown, or others are there.
    """

    choices_changed: SignalInstance

    @property
    def source(self) -> str:
        """The one shown."""

    def has(self, source: str) -> bool:
        """Whether there is one of that name."""

    def choose(self, source: str) -> None:
        """Show another one."""


class NetworkChoice(QWidget):
    """A name and a choice; what is not there cannot be chosen, and says why.

    Signals:
        source_chosen: One of the names that it was made with.
    """

    source_chosen = Signal(str)

    def __init__(
        self, text: str = "Network", names: tuple[str, ...] = _LOOKED_AT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.box = ChoiceBox()
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        for name in names:
            self.box.addItem(TITLES[name], name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(field_label(text, self.box))
        row.addWidget(self.box)
        row.addStretch()
        self.box.currentIndexChanged.connect(self._on_chosen)
        self._shown: ShowsNetwork | None = None

    @property
    def source(self) -> str:
        """The one chosen."""
        return str(self.box.currentData())

    def follow(self, shown: ShowsNetwork) -> None:
        """Choose what is shown, and say so wherever else it is chosen."""
        self._shown = shown
        self.source_chosen.connect(shown.choose)
        shown.choices_changed.connect(self._on_choices_changed)
        self._on_choices_changed()

    def show_source(self, source: str) -> None:
        """Choose without telling anyone."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findData(source))

    def set_available(self, has: Callable[[str], bool]) -> None:
        """Say which there are; fresh weights there are always."""
        items = self.box.model()
        assert isinstance(items, QStandardItemModel)  # what a combo box comes with
        for index in range(self.box.count()):
            name = str(self.box.itemData(index))
            is_there = name == FRESH or has(name)
            items.item(index).setEnabled(is_there)
            tip = "" if is_there else _MISSING[name]
            self.box.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)

    def _on_choices_changed(self) -> None:
        if self._shown is not None:
            self.set_available(self._shown.has)
            self.show_source(self._shown.source)

    def _on_chosen(self) -> None:
        self.source_chosen.emit(self.source)
