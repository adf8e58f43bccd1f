"""Guest switch: shows the guest whose action is checked, made when first wanted, one of them at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.panels import Panels
from desktop.theme import Colours


class Guest(Protocol):
    """What is shown beside the pad, or in its place, and ends with the window.

    Attributes:
        place: The widget that is shown; its signal `closed` says that the guest wants to go.
    """

    @property
    def place(self) -> QWidget:
        """The widget that is shown; has a signal `closed`."""

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""

    def close(self) -> None:
        """End what it computes, and wait for it."""


class GuestSwitch(QObject):
    """Knows no guest by name: each comes with the action that asks for it.

    Signals:
        left: The last guest has gone.
    """

    left = Signal()

    def __init__(self, panels: Panels, colours: Colours, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panels = panels
        self._colours = colours
        self._actions: list[QAction] = []
        self._guests: list[Guest] = []
        # Those that have not got the colours of now.
        self._faded: list[Guest] = []
        self._shown: QAction | None = None
        self._shown_guest: Guest | None = None

    def add(self, action: QAction, guest: Callable[[], Guest], is_about_pad: bool = False) -> None:
        """Show what `guest` answers while `action` is checked.

        Args:
            action: Checkable.
            guest: Answers the same guest ever after, and makes it when it is called for the first time.
            is_about_pad: Whether pad and reading are to be seen beside it, rather than the training.
        """
        self._actions.append(action)
        action.toggled.connect(lambda is_wanted: self._on_toggled(action, guest, is_wanted, is_about_pad))

    @property
    def shown(self) -> QAction | None:
        """The action of the guest that is shown."""
        return self._shown

    def set_available(self) -> None:
        """There is an engine to show things with."""
        for action in self._actions:
            action.setEnabled(True)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance; a guest that is not shown waits until it is."""
        self._colours = colours
        self._faded = list(self._guests)
        if self._shown is not None:
            self._colour(self._shown_guest)

    def dismiss(self) -> bool:
        """Let the pad be seen: the guest that is shown goes; whether there was one."""
        shown = self._shown
        if shown is not None:
            shown.setChecked(False)
        return shown is not None

    def close(self) -> None:
        """End what guests compute, and wait for it."""
        for guest in self._guests:
            guest.close()

    def _on_toggled(
        self, action: QAction, guest: Callable[[], Guest], is_wanted: bool, is_about_pad: bool
    ) -> None:
        if is_wanted:
            wanted = self._welcome(guest(), action)
            former, self._shown = self._shown, action
            if former is not None:
                former.setChecked(False)
            self._shown_guest = wanted
            self._colour(wanted)
            self._panels.show_guest(wanted.place, is_about_pad)
            if not is_about_pad:
                wanted.place.setFocus()
        elif self._shown is action:
            self._shown = None
            self._panels.show_guest(None)
            self.left.emit()

    def _colour(self, guest: Guest | None) -> None:
        if guest is not None and guest in self._faded:
            self._faded.remove(guest)
            guest.set_colours(self._colours)

    def _welcome(self, guest: Guest, action: QAction) -> Guest:
        if guest not in self._guests:
            self._guests.append(guest)
            guest.set_colours(self._colours)
            place: Any = guest.place
            place.closed.connect(lambda: action.setChecked(False))
        return guest
