"""Status line: what goes on, and beside it the network's figures, the data and the device."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from desktop.widgets.text.plain_text import ElidedLabel, PlainLabel, plain_sentence, tool_tip

_LOADING = "Loading the network…"


class StatusLine(QStatusBar):
    """Says what was done last, as long as that is news, and otherwise what goes on.

    A message goes with the next action, or, if it names its cause, when that cause goes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._message, self._cause = _LOADING, "", ""
        self._label = ElidedLabel(_LOADING)
        self._label.setAccessibleName("Status")
        self._figures, self._data, self._device = PlainLabel(), PlainLabel(), PlainLabel()
        self.setSizeGripEnabled(False)
        self.addWidget(self._label, 1)
        for label in (self._figures, self._data, self._device):
            self.addPermanentWidget(label)

    @property
    def text(self) -> str:
        """What is said."""
        return self._message or self._state

    def set_state(self, text: str) -> None:
        """Say what goes on from now on; a message about something else is over."""
        self._state = text
        self._set_message("", "")

    def show_message(self, text: str, cause: str = "") -> None:
        """Say what was done.

        Args:
            text: A few words, or a sentence.
            cause: What it is about, by which `settle` knows it; a message without one goes with the next
                action.
        """
        self._set_message(text, cause)

    def settle(self, cause: str) -> None:
        """What is said about this is no longer so."""
        if self._message and self._cause == cause:
            self._set_message("", "")

    def expire(self) -> None:
        """Something else is done now: what was said about the action before is no news any more."""
        self.settle("")

    def set_figures(self, text: str, details: str) -> None:
        """Say how good the network in use is, and in a tool tip what it learned from."""
        _show(self._figures, text, details)

    def set_data(self, text: str) -> None:
        """Say which data are there."""
        _show(self._data, text, "")

    def set_device(self, name: str, reason: str) -> None:
        """Say what computes, and in a tool tip why."""
        _show(self._device, name, reason)

    def _set_message(self, message: str, cause: str) -> None:
        self._message, self._cause = plain_sentence(message), cause
        if self._label.full_text != self.text:
            self._label.setText(self.text)


def _show(label: QLabel, text: str, details: str) -> None:
    label.setText(plain_sentence(text))
    label.setToolTip(tool_tip(details))
