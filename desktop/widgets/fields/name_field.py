"""Name field: where the name of a class is typed, with those that are known to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from engine.data.class_names import LONGEST_CLASS, class_name


class NameField(QLineEdit):
    """One line; what was typed is completed to a known name, and may be another one.

    Signals:
        name_entered: Return was pressed, or a name was chosen: the name.
    """

    name_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_CLASS)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._on_activated)
        self.setCompleter(completer)
        self.returnPressed.connect(self.enter)

    @property
    def name(self) -> str | None:
        """What was typed, or the known name that differs in capitals alone; None if it can be no name."""
        typed, names = class_name(self.text()), self._names.stringList()
        if typed is None or typed in names:
            return typed
        return next((name for name in names if name.casefold() == typed.casefold()), typed)

    def set_names(self, names: Sequence[str]) -> None:
        """Offer these."""
        self._names.setStringList(list(names))

    def begin(self, text: str) -> None:
        """Take the keyboard, with what was typed elsewhere."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setText(text)
        completer = self.completer()
        completer.setCompletionPrefix(text)
        completer.complete()

    def enter(self) -> None:
        """Tell the name, if it is one, and be empty again."""
        name = self.name
        if name is not None:
            with QSignalBlocker(self):
                self.clear()
            self.name_entered.emit(name)

    def _on_activated(self, name: str) -> None:
        self.setText(name)
        self.enter()
