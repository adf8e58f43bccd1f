"""Number boxes: fields for numbers that take what people write and say what is wrong with the rest."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from desktop.widgets.fields.wheel_needs_focus import WheelNeedsFocus
from desktop.widgets.small_widgets import set_flag
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.zoom.lengths import scaled
from engine.errors import NumberError
from engine.number_text import number_text, parse_decimal, parse_whole

_TEXT_MARGIN = 8
# Qt rounds the value to so many decimals; a learning rate of 1e-9 stays what it is.
_DECIMALS = 15
_LARGEST = 1e15
_LARGEST_WHOLE = 2**31 - 1
_FIRST_STEP = 1e-5


class _NumberBox(WheelNeedsFocus, QDoubleSpinBox):
    """What both kinds have in common. Qt's own reading of text is never used: it takes 0,05 for 5.

    Text that cannot be used stays as it was typed, and `fault` says what is wrong with it; the value is the
    one before. Whoever uses the number asks `read`: what is being typed may not be the value yet.
    """

    _refused = ("", "")  # from the start: Qt asks for texts while it makes the widget

    def __init__(self, low: float, high: float, decimals: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        # Told when it is finished: a 0 is only the beginning of 0.05.
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The style sheet's padding does not reach the text inside a spin box.
        self.lineEdit().setTextMargins(scaled(_TEXT_MARGIN), 0, 0, 0)
        self.lineEdit().textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._on_editing_finished)
        self.setDecimals(decimals)
        self.setRange(low, high)

    def parse(self, text: str) -> float:
        """The number that a text says.

        Raises:
            NumberError: It says none of this kind.
        """
        raise NotImplementedError

    @property
    def fault(self) -> str:
        """One sentence on what is wrong with the text; empty if nothing is."""
        return self._refused[1]

    def read(self) -> float:
        """The number as it is written now; the one before, and a fault, if that cannot be used.

        Where `interpretText` would write it anew under the hands of whoever types: 0. is only the beginning
        of 0.05.
        """
        return self.valueFromText(self.lineEdit().text())

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Anything may be typed: it is answered with a sentence, not with a key that does nothing."""
        return QValidator.State.Acceptable, text, place

    def setValue(self, value: float) -> None:
        """Show another number."""
        self._refused = ("", "")
        self._mark("")
        super().setValue(value)

    def textFromValue(self, value: float) -> str:
        """As few figures as say it, without separators; text that cannot be used stays."""
        return self._refused[0] if self.fault else number_text(value)

    def valueFromText(self, text: str) -> float:
        """What the text says, or the value before and a fault."""
        try:
            number = self.parse(text)
            if not self.minimum() <= number <= self.maximum():
                low, high = number_text(self.minimum()), number_text(self.maximum())
                raise NumberError(f"Write a number from {low} to {high}.")
        except NumberError as error:
            self._refused = (text, str(error))
            return self.value()
        self._refused = ("", "")
        return number

    def stepBy(self, steps: int) -> None:
        """From what is written."""
        self.interpretText()
        self._refused = ("", "")
        super().stepBy(steps)

    def _on_edited(self) -> None:
        self._mark("")

    def _on_editing_finished(self) -> None:
        self._mark(self.fault)

    def _mark(self, sentence: str) -> None:
        set_flag(self, "invalid", bool(sentence))
        self.setAccessibleDescription(sentence)


class DecimalBox(_NumberBox):
    """A number with decimals, shown as 0.05 and not as 0.0500, in any country."""

    def __init__(self, low: float = -_LARGEST, high: float = _LARGEST, parent: QWidget | None = None) -> None:
        super().__init__(low, high, _DECIMALS, parent)
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)

    def parse(self, text: str) -> float:
        """With a decimal point or comma, and with powers of ten."""
        return parse_decimal(text)

    def stepBy(self, steps: int) -> None:
        """From what is written; an adaptive step from 0 would be the smallest number there is."""
        self.interpretText()
        if self.value() == 0 and self.stepType() == QDoubleSpinBox.StepType.AdaptiveDecimalStepType:
            self.setValue(steps * _FIRST_STEP)
        else:
            super().stepBy(steps)


class WholeBox(_NumberBox):
    """A whole number."""

    def __init__(self, low: int = 0, high: int = _LARGEST_WHOLE, parent: QWidget | None = None) -> None:
        super().__init__(low, high, 0, parent)

    def parse(self, text: str) -> float:
        """Digits alone."""
        return parse_whole(text)

    def value(self) -> int:
        """The number."""
        return round(super().value())

    def read(self) -> int:
        """The number as it is written now."""
        return round(super().read())

    def textFromValue(self, value: float) -> str:
        """All figures, without separators; text that cannot be used stays."""
        return self._refused[0] if self.fault else str(round(value))


class FaultLabel(PlainLabel):
    """Says what is wrong with the text of some boxes; hidden while nothing is."""

    def __init__(self, *boxes: DecimalBox | WholeBox) -> None:
        super().__init__()
        self._boxes = boxes
        self.setWordWrap(True)
        self.setAccessibleName("What is wrong with the number")
        set_flag(self, "warning", True)
        for box in boxes:
            box.editingFinished.connect(self._look)
            box.valueChanged.connect(self._look)
            box.lineEdit().textEdited.connect(self.hide)
        self.hide()

    def _look(self) -> None:
        fault = next((box.fault for box in self._boxes if box.fault), "")
        self.setText(fault)
        self.setVisible(bool(fault))
