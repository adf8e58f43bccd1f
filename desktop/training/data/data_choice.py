"""Data choice: what to train on: a source of the program's, a set of the user's own, or one to be found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItemModel, QWheelEvent

from desktop.settings.set_settings import KnownSet
from desktop.training.data.drawings_share import DrawingsShare
from desktop.training.data.mnist_offer import MnistOffer
from desktop.widgets.fields.parted_items import PartedItems
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.text.plain_text import tool_tip
from engine.data.drawing_names import (
    ALL_DRAWINGS,
    ALL_SET_NAME,
    DRAWINGS,
    DRAWINGS_NAMES,
    FEWEST_DRAWINGS,
    SET_NAME,
    parts_of_name,
    too_few,
)
from engine.data.sources import DATA_SOURCES, MNIST
from engine.plain_text import plain_name

# No name of a source, and no path.
_FILE, _FOLDER = "\0file", "\0folder"
_TITLES = {DRAWINGS: "My drawings", ALL_DRAWINGS: "My drawings, all classes"}
_SETS_OF_DRAWINGS = {SET_NAME: DRAWINGS, ALL_SET_NAME: ALL_DRAWINGS}
_MOST_SHOWN = 12
"""Entries of the list that are seen without scrolling."""


class DataChoice(ChoiceBox):
    """A combo box of the data there are. The last two entries choose nothing: they ask for a dialog.

    Attributes:
        offer: Stands below the box while MNIST is chosen and missing.
        share: Stands below the box while there are drawings enough and other data are chosen.

    Signals:
        name_changed: The name of the data chosen, as `name` has it.
        file_requested: A set is to be chosen that is in a file.
        folder_requested: A set is to be chosen that is in a folder.
    """

    name_changed = Signal(str)
    file_requested = Signal()
    folder_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(PartedItems(self))
        self.offer = MnistOffer()
        self.share = DrawingsShare()
        self._is_mnist_ready: bool | None = None  # until somebody has looked
        self._drawings: set[str] = set()  # which can be trained on, once they were counted
        self._drawn: dict[str, int] = {}
        self._sets: tuple[KnownSet, ...] = ()
        for name, source in DATA_SOURCES.items():  # whether MNIST is here is said once somebody has looked
            self.addItem(source.title[:1].upper() + source.title[1:], name)
        self.addItem(_TITLES[DRAWINGS], DRAWINGS)
        self._sources = self.count()
        self._enable(DRAWINGS, False)
        self._add_others()
        self._chosen = self._former = self.name
        self.setMaxVisibleItems(_MOST_SHOWN)
        self.currentIndexChanged.connect(self._on_chosen)
        self._show_chosen()

    @property
    def name(self) -> str:
        """A key of `DATA_SOURCES`, one of `DRAWINGS_NAMES`, or the path of a set."""
        return str(self.currentData())

    @property
    def set_names(self) -> dict[str, str]:
        """The names of the sets that can be chosen, by their paths."""
        return {each.path: each.name for each in self._sets}

    def data_by_set(self) -> dict[str, str]:
        """What can be chosen, by the plain names of the training sets, which runs keep."""
        named = {each.name: each.path for each in reversed(self._sets)}
        own = {source.set_name: name for name, source in DATA_SOURCES.items()}
        drawings = {title: name for title, name in _SETS_OF_DRAWINGS.items() if name in self._drawings}
        return named | own | drawings

    def data_of(self, set_name: str) -> str:
        """The data whose training set has a name; those that are chosen if none that is offered has."""
        return self.data_by_set().get(plain_name(set_name), self.name)

    def choose(self, name: str) -> None:
        """Choose data without telling anyone; what is not offered is passed over."""
        place = self.findData(name)
        if place >= 0:
            with QSignalBlocker(self):
                self.setCurrentIndex(place)
            self._take_chosen()

    def choose_set(self, set_name: str) -> None:
        """Choose the data of a training set, drawings among it included, as `data_of` does."""
        known = self.data_by_set()
        others, percent = parts_of_name(set_name)
        if plain_name(set_name) in known:
            others, percent = set_name, 0
        if plain_name(others) in known:
            self.choose(self.data_of(others))
            if self.share.is_offered or not percent:
                self.share.slider.setValue(percent)

    def go_back(self) -> None:
        """Choose what was chosen before, without telling anyone."""
        self.choose(self._former)

    def set_sets(self, sets: Sequence[KnownSet]) -> None:
        """Offer these sets; where the one that is chosen is not among them, choose the first source."""
        if tuple(sets) == self._sets:
            return
        name, self._sets = self.name, tuple(sets)
        with QSignalBlocker(self):
            while self.count() > self._sources:
                self.removeItem(self.count() - 1)
            self._add_others()
            self.setCurrentIndex(max(0, self.findData(name)))
        self._take_chosen()

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
        self.setItemData(place, tool_tip(chosen_folder), Qt.ItemDataRole.ToolTipRole)
        self._show_chosen()

    def set_drawings(self, digits: int, all_classes: int) -> None:
        """Say how many drawings there are; too few of them cannot be chosen.

        Args:
            digits: Those that are labelled as digits.
            all_classes: All of them; an entry of their own where these are more.
        """
        self._set_offered(ALL_DRAWINGS, all_classes > digits)
        self._drawn = {DRAWINGS: digits, ALL_DRAWINGS: all_classes}
        for name, count in self._drawn.items():
            place = self.findData(name)
            if place < 0:
                self._drawings.discard(name)
                continue
            is_enough = count >= FEWEST_DRAWINGS
            (self._drawings.add if is_enough else self._drawings.discard)(name)
            needed = "" if is_enough else f" of {FEWEST_DRAWINGS} needed"
            self.setItemText(place, f"{_TITLES[name]} · {count:,}{needed}")
            self.setItemData(place, "" if is_enough else too_few(count), Qt.ItemDataRole.ToolTipRole)
            self._enable(name, is_enough)
        self._show_chosen()

    def _set_offered(self, name: str, is_offered: bool) -> None:
        """Have an entry for more drawings than digits, or none; one that is chosen stays."""
        place = self.findData(name)
        if is_offered == (place >= 0) or name == self.name:
            return
        with QSignalBlocker(self):
            if is_offered:
                self.insertItem(self._sources, _TITLES[name], name)
            else:
                self.removeItem(place)
        self._sources += 1 if is_offered else -1

    def _add_others(self) -> None:
        """Sets, and what leads to others."""
        counts = Counter(each.name for each in self._sets)
        for each in self._sets:
            # Two of one name are told apart by where they are.
            place = f" ({plain_name(Path(each.path).parent.name)})" if counts[each.name] > 1 else ""
            self.addItem(f"{each.name}{place}", each.path)
            self.setItemData(self.count() - 1, tool_tip(each.path), Qt.ItemDataRole.ToolTipRole)
        self.insertSeparator(self.count())
        self.addItem("Choose a file…", _FILE)
        self.addItem("Choose a folder…", _FOLDER)

    def _on_chosen(self) -> None:
        wanted = self.name
        if wanted in (_FILE, _FOLDER):
            self.choose(self._chosen)
            (self.file_requested if wanted == _FILE else self.folder_requested).emit()
            return
        self._take_chosen()
        self.name_changed.emit(wanted)

    def _take_chosen(self) -> None:
        if self.name != self._chosen:
            self._former, self._chosen = self._chosen, self.name
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.offer.setVisible(self.name == MNIST and self._is_mnist_ready is False)
        if self._drawn:  # those that are mixed to a set are of its classes
            drawn = self._drawn[DRAWINGS if self.name in DATA_SOURCES else ALL_DRAWINGS]
            self.share.set_offered(drawn >= FEWEST_DRAWINGS)
        self.share.set_beside_others(self.name not in DRAWINGS_NAMES)
        self.setToolTip(str(self.currentData(Qt.ItemDataRole.ToolTipRole) or ""))

    # Keys and the wheel go through what can be chosen: none of them opens a dialog in passing.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose what is next; the list itself has all entries."""
        self._enable_dialogs(False)
        super().keyPressEvent(event)
        self._enable_dialogs(True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Choose what is next."""
        self._enable_dialogs(False)
        super().wheelEvent(event)
        self._enable_dialogs(True)

    def _enable_dialogs(self, is_enabled: bool) -> None:
        for name in (_FILE, _FOLDER):
            self._enable(name, is_enabled)

    def _enable(self, name: str, is_enabled: bool) -> None:
        items = self.model()
        assert isinstance(items, QStandardItemModel)  # what a combo box comes with
        items.item(self.findData(name)).setEnabled(is_enabled)
