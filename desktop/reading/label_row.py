"""Label row: a button for each class, or a field for its name, to say what is drawn; and what was kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.reading.label_button import LabelButton
from desktop.widgets.fields.name_field import NameField
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.zoom.lengths import scaled
from engine.data.classes import DIGITS, Classes

_QUESTION = "Wrong? Tell me what it was"
# What has room as buttons in the narrowest panel, ten digits in a row or longer names in two.
_MOST_IN_ROW, _MOST_CHARACTERS, _MOST_ROWS = 10, 20, 2
# Characters that have room in a row with the edges of its buttons, and those that the edges of one take.
_ROOM, _EDGES = 26, 2


class LabelRow(QWidget):
    """Shows one label at most. It knows nothing of drawings; plain setters only.

    Tab comes to one of the buttons; arrow keys go from there to the others. Where the classes are too many
    for buttons, or their names too long, the name is typed.

    Attributes:
        buttons: One for each class; none where names are typed.
        field: Where names are typed.

    Signals:
        name_chosen: What is drawn, the name of a class.
        undo_requested: The label is to be taken back.
        left: A name was typed, or is not wanted: the keyboard may go where it came from.
    """

    name_chosen = Signal(str)
    undo_requested = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What it was")
        self._question = _QUESTION
        self._label: str | None = None
        self._kept: str | None = None
        self._classes: Classes | None = None
        small = tabular(self.font(), 0.85)
        self._words = muted_label(_QUESTION)
        self._words.setFont(small)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._undo = QPushButton("Undo")
        self._undo.setObjectName("link")
        self._undo.setFont(small)
        self._undo.setToolTip("Remove the label (Ctrl+U); the drawing stays on the pad")
        self._undo.setAccessibleName("Undo the label")
        self._undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._undo.clicked.connect(self.undo_requested)
        policy = self._undo.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._undo.setSizePolicy(policy)
        self._undo.hide()
        line = QHBoxLayout()
        line.setSpacing(scaled(4))
        line.addWidget(self._words, 1)
        line.addWidget(self._undo)
        self.buttons: list[LabelButton] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(scaled(2))
        self.field = NameField()
        self.field.setPlaceholderText("Press its key, or type its name")
        self.field.setAccessibleName("Name of what it was")
        self.field.name_entered.connect(self._on_name_entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(2))
        column.addLayout(line)
        column.addLayout(self._grid)
        column.addWidget(self.field)
        self.set_classes(DIGITS)
        self.set_available(False)

    @property
    def words(self) -> str:
        """What is said above the buttons."""
        return self._words.text()

    @property
    def can_undo(self) -> bool:
        """Whether Undo is offered."""
        return not self._undo.isHidden()

    @property
    def marked(self) -> str | None:
        """The name whose button is marked."""
        return next((button.name for button in self.buttons if button.property("inForce")), None)

    def set_classes(self, classes: Classes) -> None:
        """Let somebody choose among other classes."""
        if classes == self._classes:
            return
        is_available = self.field.isEnabled()
        self._classes = classes
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        columns = _columns(classes)
        self.buttons = [LabelButton(name, classes.names) for name in classes] if columns else []
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _checked=False, name=button.name: self._choose(name))
            button.step_requested.connect(self._on_step_requested)
            button.name_typed.connect(self._choose)
            button.focused.connect(self._on_button_focused)
            button.setEnabled(is_available)
            self._grid.addWidget(button, place // columns, place % columns)
        self.field.set_names(classes.names)
        self.field.setVisible(not columns)
        if self.buttons:
            self._on_button_focused(self.buttons[0].name)
        self._mark()
        self._show_words()

    def set_available(self, is_available: bool) -> None:
        """Whether anything is drawn that could be labelled."""
        if is_available != self.field.isEnabled():
            for part in (*self.buttons, self.field, self._words):
                part.setEnabled(is_available)

    def set_label(self, label: str | None, is_kept: bool, can_undo: bool) -> None:
        """Mark the label in force.

        Args:
            label: The name of a class, or None for none.
            is_kept: Whether the disk has it.
            can_undo: Whether it can be taken back here.
        """
        self._label = label
        self._kept = label if is_kept else None
        self._mark()
        self._show_words()
        self._undo.setVisible(is_kept and can_undo)

    def set_in_doubt(self, is_in_doubt: bool) -> None:
        """Whether what is drawn is taken for no digit: nothing was read that could be wrong."""
        noun = "digit" if self._classes is None else self._classes.noun
        self._question = f"Is it a {noun}? Tell me which" if is_in_doubt else _QUESTION
        self._show_words()

    def begin_name(self, text: str) -> None:
        """A name was begun with a key elsewhere: go on with it here, where names are typed."""
        if self.field.isVisible() and self.field.isEnabled():
            self.field.begin(text)

    def _mark(self) -> None:
        for button in self.buttons:
            button.set_in_force(button.name == self._label)

    def _show_words(self) -> None:
        words = self._question if self._kept is None else f"Saved as {self._kept}"
        if words != self._words.text():
            self._words.setText(words)
            self.setAccessibleDescription(words)

    def _choose(self, name: str) -> None:
        self._on_button_focused(name)
        self.name_chosen.emit(name)

    def _on_name_entered(self, name: str) -> None:
        self.name_chosen.emit(name)
        self.left.emit()

    def _on_step_requested(self, start: str, step: int) -> None:
        place = [button.name for button in self.buttons].index(start) + step
        self.buttons[min(len(self.buttons) - 1, max(0, place))].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_button_focused(self, name: str) -> None:
        """Tab comes back to this one. A click leaves the keyboard with the pad, whose keys do the same."""
        for button in self.buttons:
            is_next = button.name == name
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_next else Qt.FocusPolicy.NoFocus)


def _columns(classes: Classes) -> int:
    """How many buttons stand in a row; 0 where there is no room for all of them."""
    if len(classes) <= _MOST_IN_ROW and sum(map(len, classes)) <= _MOST_CHARACTERS:
        return len(classes)
    columns = _ROOM // (max(map(len, classes)) + _EDGES)
    return columns if len(classes) <= columns * _MOST_ROWS else 0
