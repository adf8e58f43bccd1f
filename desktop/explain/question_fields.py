"""The question: which class, compared with what, by which method."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from desktop.explain.texts import AGAINST_NAMES, METHOD_NAMES
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from engine.data.classes import DIGITS, Classes
from engine.explain.explanation import Against, Method


class QuestionFields(QObject):
    """Three choices; whoever shows them lays them out.

    Attributes:
        class_box: The class to explain.
        against_box: What it is compared with.
        method_box: How the score is shared out, where there is a choice.
        exact: In its place where there is none.

    Signals:
        changed: Something else is asked.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._classes = DIGITS
        self.class_box = _box("Answer to explain")
        self._fill_classes()
        self.against_box = _box("Compared with")
        for against, name in AGAINST_NAMES.items():
            self.against_box.addItem(name, against)
        self.method_box = _box("Method")
        for method in (Method.INTEGRATED_GRADIENTS, Method.GRADIENT_TIMES_INPUT):
            self.method_box.addItem(METHOD_NAMES[method], method)
        self.exact = muted_label(f"{METHOD_NAMES[Method.INPUT_TIMES_WEIGHT]}, exact")
        for box in (self.class_box, self.against_box, self.method_box):
            box.setFont(tabular(parent.font(), 0.95))
            box.currentIndexChanged.connect(self.changed)

    @property
    def place(self) -> int | None:
        """Place of the class asked about; None for the one that is read."""
        place: int | None = self.class_box.currentData()
        return place

    def set_classes(self, classes: Classes) -> None:
        """Ask about other classes, at first about the one that is read, without telling anyone."""
        if classes != self._classes:
            self._classes = classes
            with QSignalBlocker(self.class_box):
                self._fill_classes()

    def _fill_classes(self) -> None:
        self.class_box.clear()
        self.class_box.addItem(f"{self._classes.noun.capitalize()} read", None)
        for place, name in enumerate(self._classes):
            self.class_box.addItem(name, place)

    @property
    def against(self) -> Against:
        """What it is compared with."""
        return Against(self.against_box.currentData())

    @property
    def method(self) -> Method:
        """How the score is to be shared out."""
        return Method(self.method_box.currentData())

    def choose(self, place: int | None) -> None:
        """Ask about another class, or about the one that is read."""
        self.class_box.setCurrentIndex(0 if place is None else place + 1)

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
