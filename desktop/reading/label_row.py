"""Label row: ten buttons to say which digit is drawn, and what was kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.digit_keys import typed_digit
from desktop.widgets.fonts import tabular
from desktop.widgets.small_widgets import muted_label, set_flag
from desktop.widgets.zoom.lengths import scaled

_QUESTION = "Wrong? Tell me what it was"
_QUESTION_IN_DOUBT = "Is it a digit? Tell me which"
_DIGITS = range(10)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -9, Qt.Key.Key_End: 9}
_LEAST_BUTTON_WIDTH = 14


class LabelRow(QWidget):
    """Shows one label at most. It knows nothing of drawings; plain setters only.

    Tab comes to one of the ten buttons; arrow keys go from there to the others.

    Signals:
        digit_chosen: What is drawn, 0 to 9.
        undo_requested: The label is to be taken back.
    """

    digit_chosen = Signal(int)
    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What it was")
        self._question = _QUESTION
        self._kept: int | None = None
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
        self.buttons = [_DigitButton(digit) for digit in _DIGITS]
        row = QHBoxLayout()
        row.setSpacing(scaled(2))
        for button in self.buttons:
            button.clicked.connect(lambda _checked=False, digit=button.digit: self._choose(digit))
            button.step_requested.connect(self._on_step_requested)
            button.digit_typed.connect(self._choose)
            button.focused.connect(self._on_button_focused)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(2))
        column.addLayout(line)
        column.addLayout(row)
        self._on_button_focused(0)
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
    def marked(self) -> int | None:
        """The digit whose button is marked."""
        return next((button.digit for button in self.buttons if button.property("inForce")), None)

    def set_available(self, is_available: bool) -> None:
        """Whether anything is drawn that could be labelled."""
        if is_available != self.buttons[0].isEnabled():
            for button in self.buttons:
                button.setEnabled(is_available)
            self._words.setEnabled(is_available)

    def set_label(self, label: int | None, is_kept: bool, can_undo: bool) -> None:
        """Mark the label in force.

        Args:
            label: 0 to 9, or None for none.
            is_kept: Whether the disk has it.
            can_undo: Whether it can be taken back here.
        """
        for button in self.buttons:
            button.set_in_force(button.digit == label)
        self._kept = label if is_kept else None
        self._show_words()
        self._undo.setVisible(is_kept and can_undo)

    def set_in_doubt(self, is_in_doubt: bool) -> None:
        """Whether what is drawn is taken for no digit: nothing was read that could be wrong."""
        self._question = _QUESTION_IN_DOUBT if is_in_doubt else _QUESTION
        self._show_words()

    def _show_words(self) -> None:
        words = self._question if self._kept is None else f"Saved as {self._kept}"
        if words != self._words.text():
            self._words.setText(words)
            self.setAccessibleDescription(words)

    def _choose(self, digit: int) -> None:
        self._on_button_focused(digit)
        self.digit_chosen.emit(digit)

    def _on_step_requested(self, start: int, step: int) -> None:
        self.buttons[min(9, max(0, start + step))].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_button_focused(self, digit: int) -> None:
        """Tab comes back to this one. A click leaves the keyboard with the pad, whose keys do the same."""
        for button in self.buttons:
            is_next = button.digit == digit
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_next else Qt.FocusPolicy.NoFocus)


class _DigitButton(QPushButton):
    """One digit.

    Signals:
        step_requested: Its digit, and by how many buttons to the right the keyboard is to go.
        digit_typed: A digit was typed while it has the keyboard.
        focused: It has the keyboard: its digit.
    """

    step_requested = Signal(int, int)
    digit_typed = Signal(int)
    focused = Signal(int)

    def __init__(self, digit: int) -> None:
        super().__init__(str(digit))
        self.digit = digit
        self.setObjectName("digit")
        self.setFont(tabular(self.font()))
        self.setToolTip(f"Keep the drawing as a {digit} ({digit} while the pad has the keyboard)")
        # Ten stand beside each other in the narrowest panel.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(scaled(_LEAST_BUTTON_WIDTH))
        self._update_accessible_name()

    def set_in_force(self, is_in_force: bool) -> None:
        """Mark it, or no longer."""
        set_flag(self, "inForce", is_in_force)
        self._update_accessible_name()

    def _update_accessible_name(self) -> None:
        self.setAccessibleName(f"It was a {self.digit}" + (", selected" if self.property("inForce") else ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another digit, or choose one by its key."""
        if event.key() in _STEPS:
            self.step_requested.emit(self.digit, _STEPS[Qt.Key(event.key())])
        elif (digit := typed_digit(event)) is not None:
            self.digit_typed.emit(digit)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be the one that Tab comes back to."""
        super().focusInEvent(event)
        self.focused.emit(self.digit)
