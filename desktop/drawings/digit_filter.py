"""Digit filter: all drawings, or those of one digit, with how many there are of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.widgets.digit_keys import typed_digit
from desktop.widgets.fonts import tabular
from desktop.widgets.zoom.lengths import scaled

_ALL = 10
_ORDER = (_ALL, *range(10))
_LEAST_WIDTH = 30


class DigitFilter(QWidget):
    """Eleven buttons of which one is chosen.

    Signals:
        chosen: A digit, or None for all of them.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Which digits are shown")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(2))
        for digit in _ORDER:
            button = _FilterButton()
            self._group.addButton(button, digit)
            row.addWidget(button, 2 if digit == _ALL else 1)
        self._group.button(_ALL).setChecked(True)
        self.setFocusProxy(self._group.button(_ALL))
        self._group.idClicked.connect(lambda digit: self.chosen.emit(None if digit == _ALL else digit))
        self.set_counts((0,) * 10)

    @property
    def digit(self) -> int | None:
        """The digit chosen; None for all of them."""
        chosen = self._group.checkedId()
        return None if chosen == _ALL else chosen

    def set_counts(self, counts: Sequence[int]) -> None:
        """Say how many drawings there are of each of the ten digits."""
        for digit, count in ((_ALL, sum(counts)), *enumerate(counts)):
            name = "All" if digit == _ALL else str(digit)
            button = self._group.button(digit)
            button.setText(f"{name}\n{count:,}")
            button.setAccessibleName(f"{'All digits' if digit == _ALL else name}, {count:,}")
            button.setToolTip(f"Show {'all drawings' if digit == _ALL else f'the drawings of {name}'}")

    def choose(self, digit: int | None) -> None:
        """Show those of a digit, or all."""
        self._group.button(_ALL if digit is None else digit).click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses itself; arrow keys are the buttons' own."""
        digit = typed_digit(event)
        if digit is None:
            super().keyPressEvent(event)
        else:
            self.choose(digit)


class _FilterButton(QPushButton):
    """A name above a count."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("filter")
        self.setCheckable(True)
        self.setFont(tabular(self.font(), 0.85))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(scaled(_LEAST_WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
