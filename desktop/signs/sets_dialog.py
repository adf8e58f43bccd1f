"""Sets dialog: the sets of signs that there are, and what can be done with each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets.text.plain_text import PlainLabel, plain_sentence, tool_tip
from desktop.widgets.zoom.lengths import scaled, scaled_margins, size_on_screen

if TYPE_CHECKING:
    from engine.store.sign_sets import SignSet

_WIDTH, _HEIGHT = 560, 360
# Signs that are listed; there may be 64.
_NAMED = 15
_NONE = "There are no sets of signs yet. Choose New set to make one."


class SetsDialog(QDialog):
    """Shows the sets it is given; what is asked of it is told by signals, with the number of the set.

    Attributes:
        sets: The list.

    Signals:
        new_requested: Another set is to be made.
        draw_requested: More drawings are to be made.
        train_requested: A network is to learn the drawings that there are.
        use_requested: The network that learned the set last is to read.
        rename_requested: The set is to have another name: that name.
        delete_requested: It is to be deleted.
        undo_requested: The set that was deleted last is to come back.
    """

    new_requested = Signal()
    draw_requested = Signal(int)
    train_requested = Signal(int)
    use_requested = Signal(int)
    rename_requested = Signal(int, str)
    delete_requested = Signal(int)
    undo_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("My signs")
        self._known: dict[int, SignSet] = {}
        self._usable: frozenset[int] = frozenset()
        self.sets = QListWidget()
        self.sets.setObjectName("sets")
        self.sets.setAccessibleName("Sets of signs")
        self.sets.setToolTip("Press F2 to rename")
        # A long name ends in dots: nobody scrolls a list of names sideways.
        self.sets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sets.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.sets.itemChanged.connect(self._on_item_changed)
        self._about = PlainLabel()
        self._about.setWordWrap(True)
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._draw = self._button(
            "Draw more", "Draw what is missing, then learn", self._ask(self.draw_requested)
        )
        self._train = self._button(
            "Train again", "Learn the drawings that there are", self._ask(self.train_requested)
        )
        self._use = self._button("Use its network", "Read with its network", self._ask(self.use_requested))
        self._delete = self._button(
            "Delete", "Delete the set; can be undone", self._ask(self.delete_requested)
        )
        self._said = PlainLabel()
        self._said.setWordWrap(True)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._undo = self._button("Undo", "Bring the deleted set back", self.undo_requested.emit)
        self._new = new = self._button("New set…", "Name other signs", self.new_requested.emit)
        close = self._button("Close", "", self.reject)
        self._lay_out((new, close))
        self.resize(size_on_screen(self, _WIDTH, _HEIGHT))
        self.say("")

    def _lay_out(self, last: tuple[QPushButton, ...]) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(scaled(8))
        beside.addWidget(self._about, 1)
        for button in (self._draw, self._train, self._use, self._delete):
            beside.addWidget(button)
        upper = QHBoxLayout()
        upper.setSpacing(scaled(16))
        upper.addWidget(self.sets, 1)
        upper.addLayout(beside, 1)
        foot = QHBoxLayout()
        foot.setSpacing(scaled(8))
        foot.addWidget(self._said, 1)
        for button in (self._undo, *last):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 16, 16, 16))
        column.setSpacing(scaled(12))
        column.addLayout(upper, 1)
        column.addLayout(foot)

    def _button(self, text: str, tip: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: do())
        return button

    def _ask(self, signal: SignalInstance) -> Callable[[], None]:
        def ask() -> None:
            if self.chosen is not None:
                signal.emit(self.chosen.id)

        return ask

    @property
    def chosen(self) -> SignSet | None:
        """The set that is chosen in the list."""
        item = self.sets.currentItem()
        return None if item is None else self._known.get(item.data(Qt.ItemDataRole.UserRole))

    @property
    def text(self) -> str:
        """What is said of the chosen set."""
        return self._about.text()

    def show_sets(self, sets: Sequence[SignSet], usable: frozenset[int]) -> None:
        """Show these; of the `usable` ones there is a network. The chosen one stays so, if it is there."""
        chosen = self.chosen
        self._known, self._usable = {each.id: each for each in sets}, usable
        self.sets.blockSignals(True)
        self.sets.clear()
        for each in sets:
            item = QListWidgetItem(each.name)
            item.setData(Qt.ItemDataRole.UserRole, each.id)
            item.setToolTip(tool_tip(f"{each.name}\nPress F2 to rename"))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.sets.addItem(item)
        places = [place for place, each in enumerate(sets) if chosen is not None and each.id == chosen.id]
        self.sets.setCurrentRow(places[0] if places else min(0, len(sets) - 1))
        self.sets.blockSignals(False)
        self._show_chosen()

    def say(self, sentence: str, can_undo: bool = False) -> None:
        """Say what happened, at the foot."""
        self._said.setText(plain_sentence(sentence))
        self._undo.setVisible(can_undo)

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self._about.setText(_NONE if chosen is None else _words(chosen))
        for button in (self._draw, self._train, self._delete):
            button.setEnabled(chosen is not None)
        self._use.setEnabled(chosen is not None and chosen.id in self._usable)
        if not self._known:  # nothing else can be done
            self._new.setFocus()

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        known = self._known.get(item.data(Qt.ItemDataRole.UserRole))
        if known is not None and item.text() != known.name:
            self.rename_requested.emit(known.id, item.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete deletes the chosen set while the list has the keyboard."""
        if event.key() == Qt.Key.Key_Delete and self.focusWidget() is self.sets:
            self._delete.click()
        else:
            super().keyPressEvent(event)


def _words(chosen: SignSet) -> str:
    drawings = sum(chosen.counts)
    pairs = zip(chosen.classes, chosen.counts, strict=True)
    counted = [f"{name} ({count})" if drawings else name for name, count in pairs]
    named = ", ".join(counted[:_NAMED]) + ", …" * (len(counted) > _NAMED)
    return f"{drawings or 'No'} drawing{'s' * (drawings != 1)}{'' if drawings else ' yet'}: {named}"
