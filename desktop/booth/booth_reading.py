"""Booth reading: one digit so large that it is read from across a room, with its bars below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.reading.class_bars import ClassBars
from desktop.widgets.small_widgets import muted_label, set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins
from engine.models.shown_number import shown_number

if TYPE_CHECKING:
    from engine.models.classifier import Reading

NOTHING = ""
_INVITATION = "The answer appears here"
# Of a bold digit, as a share of the font's size, with some room.
_DIGIT_WIDTH = 0.75


class BoothReading(QWidget):
    """Shows readings; plain setters only. Its text grows with it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Reading")
        self._answer = PlainLabel()
        self._answer.setObjectName("answer")
        self._answer.setAccessibleName("Digit read")
        self._answer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._answer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._words = muted_label()
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bars = ClassBars()
        self._bars.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bars.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self._answer, 11)
        column.addWidget(self._words)
        self._words.setContentsMargins(scaled_margins(0, 0, 0, 8))
        column.addWidget(self._bars, 9)
        self._is_inviting = True
        self.clear()

    @property
    def answer(self) -> str:
        """The digit or number that is shown; `NOTHING` while there is none."""
        return self._answer.text()

    @property
    def digit_height(self) -> int:
        """Of the letters of the digit, in pixels."""
        return self._answer.fontMetrics().capHeight()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._bars.set_colours(colours)
        self._bars.ground.set(colours.window)

    def set_inviting(self, is_inviting: bool) -> None:
        """Whether an empty pad is explained here; while digits are asked for, that is said elsewhere."""
        self._is_inviting = is_inviting
        if self._answer.text() == NOTHING:
            self.clear()

    def clear(self) -> None:
        """Nothing is drawn."""
        self._answer.setText(NOTHING)
        set_flag(self._answer, "noDigit", False)
        self._words.setText(_INVITATION if self._is_inviting else "")
        self._bars.set_probabilities(None)
        self._fit_answer()

    def show_number(self, readings: Sequence[Reading], selected: int) -> None:
        """Show a digit, or several as the number that they are.

        A question mark follows what is not sure, and stands alone for what is taken for no digit.
        """
        reading = readings[selected]
        self._bars.set_classes(reading.classes)
        number = shown_number("".join(each.name for each in readings), readings)
        is_unsure = any(each.is_digit and not each.is_sure for each in readings)
        self._answer.setText(number + "?" * is_unsure)
        set_flag(self._answer, "noDigit", not any(each.is_digit for each in readings))
        self._words.setText(_words(reading, len(readings) > 1))
        self._bars.set_probabilities(reading.probabilities, is_digit=reading.is_digit)
        said = f"{reading.probability:.0%}" if reading.is_digit else self._words.text()
        self.setAccessibleDescription(f"{self._answer.text()}, {said}")
        self._fit_answer()

    def _fit_answer(self) -> None:
        """A digit as large as there is room for; a number shares its width."""
        font = tabular(self.font(), 1.0, QFont.Weight.Bold)
        share = _DIGIT_WIDTH * max(1, len(self._answer.text()))
        font.setPixelSize(max(40, min(int(0.56 * self.height()), int(self.width() / share))))
        self._answer.setFont(font)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Letters as large as there is room for."""
        super().resizeEvent(event)
        width, height = event.size().width(), event.size().height()
        self._fit_answer()
        words = tabular(self.font())
        words.setPixelSize(max(14, min(int(0.045 * height), int(0.06 * width))))
        self._words.setFont(words)
        bars = tabular(self.font())
        bars.setPixelSize(max(11, min(26, int(0.029 * height))))
        self._bars.setFont(bars)


def _words(reading: Reading, is_one_of_several: bool) -> str:
    """How sure the digit is; of what may be none, a friendly guess."""
    digit, probability = reading.ranked()[0]
    if not reading.is_digit:
        which = "Is the ? a digit?" if is_one_of_several else "Is that a digit?"
        return f"{which} It looks most like {digit}"
    other, share = reading.ranked()[1]
    of_which = f"the {digit}: " if is_one_of_several else ""
    rest = f", or {other} ({100 * share:.0f} %)" if share >= 0.01 else ""
    return f"{of_which}{100 * probability:.0f} % sure{rest}"
