"""Focus keeper: the keyboard stays where the hand is when a button that has it goes or is disabled."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid


class FocusKeeper(QObject):
    """Qt hands the keyboard to whatever is next, which may be Clear: one more Enter, and a drawing is gone.

    Here it goes to the focus proxy of the place that the button stands in, such as the gallery for Undo below
    it, and where there is none to the pad. What a place does itself, such as Train for Stop, comes later.
    """

    def __init__(self, window: QWidget, pad: QWidget) -> None:
        super().__init__(window)
        self._window, self._pad = window, pad
        self._ancestors: list[QWidget] = []
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, former: QWidget | None, now: QWidget | None) -> None:
        if former is None or now is None or not (self._is_here(former) and self._is_here(now)):
            return
        if former.isVisible() and former.isEnabled():
            return  # somebody went
        home = next((each for each in self._homes(former) if each.isVisible() and each.isEnabled()), None)
        if home is not None:
            home.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(now, QAbstractButton):
            now.clearFocus()

    def _is_here(self, widget: QWidget) -> bool:
        return self._window.isAncestorOf(widget)

    def _homes(self, widget: QWidget) -> Iterator[QWidget]:
        place = self._parent_of(widget)
        while place is not None and place is not self._window:
            home = place.focusProxy()
            if home is not None and home is not widget:
                yield home
            place = self._parent_of(place)
        yield self._pad

    def _parent_of(self, widget: QWidget) -> QWidget | None:
        """Its parent, which is held on to from then on.

        An object that Qt made itself, such as the inside of a scroll area, takes all that Python knows below
        it along when Python lets go of it.
        """
        parent = widget.parentWidget()
        if parent is not None and parent not in self._ancestors:
            self._ancestors = [each for each in self._ancestors if isValid(each)]
            self._ancestors.append(parent)
        return parent
