"""The question: which digit, compared with what, by which method."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.explain.texts import AGAINST_NAMES, METHOD_NAMES
from desktop.widgets.fonts import tabular
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.wheel_needs_focus import ChoiceBox
from engine.data.digits import CLASSES
from engine.explain.explanation import Against, Method


class QuestionFields(QObject):
    """Three choices; whoever shows them lays them out.

    Attributes:
        digit_box: The digit to explain.
        against_box: What it is compared with.
        method_box: How the score is shared out, where there is a choice.
        exact: In its place where there is none.

    Signals:
        changed: Something else is asked.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.digit_box = _box("Digit to explain")
        self.digit_box.addItem("Digit read", None)
        for digit in range(CLASSES):
            self.digit_box.addItem(str(digit), digit)
        self.against_box = _box("Compared with")
        for against, name in AGAINST_NAMES.items():
            self.against_box.addItem(name, against)
        self.method_box = _box("Method")
        for method in (Method.INTEGRATED_GRADIENTS, Method.GRADIENT_TIMES_INPUT):
            self.method_box.addItem(METHOD_NAMES[method], method)
        self.exact = muted_label(f"{METHOD_NAMES[Method.INPUT_TIMES_WEIGHT]}, exact")
        for box in (self.digit_box, self.against_box, self.method_box):
            box.setFont(tabular(parent.font(), 0.95))
            box.currentIndexChanged.connect(self.changed)

    @property
    def digit(self) -> int | None:
        """The digit asked about; None for the one that is read."""
        digit: int | None = self.digit_box.currentData()
        return digit

    @property
    def against(self) -> Against:
        """What it is compared with."""
        return Against(self.against_box.currentData())

    @property
    def method(self) -> Method:
        """How the score is to be shared out."""
        return Method(self.method_box.currentData())

    def choose_digit(self, digit: int | None) -> None:
        """Ask about another digit, or about the one that is read."""
        self.digit_box.setCurrentIndex(0 if digit is None else digit + 1)

    def show_method(self, used: Method | None) -> None:
        """Offer a choice of methods unless one is exact; nothing without an explanation."""
        self.exact.setVisible(used is Method.INPUT_TIMES_WEIGHT)
        self.method_box.setVisible(used not in (None, Method.INPUT_TIMES_WEIGHT))


def _box(name: str) -> ChoiceBox:
    box = ChoiceBox()
    box.setAccessibleName(name)
    box.setMinimumContentsLength(6)
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box
