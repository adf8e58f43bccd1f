"""Function choice: one of four functions, each with its line as drawn and the number that shapes it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from desktop.lesson.functions.values import NAMES
from desktop.widgets.fields.number_boxes import DecimalBox, FaultLabel
from desktop.widgets.line_pen import DASH_DOTTED, DASHED, DOTTED, SOLID, Dashes
from desktop.widgets.plot_legend import LineSample
from desktop.widgets.small_widgets import field_label
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from desktop.widgets.zoom.sheet import scaled_sheet

STYLES: dict[str, Dashes] = {
    "relu": SOLID,
    "leaky-relu": DASHED,
    "elu": DOTTED,
    "sigmoid": DASH_DOTTED,
}
"""The dashes of each function's line."""

_WIDTH_FOR_ONE_ROW = 700


def line_colours(colours: Colours) -> dict[str, str]:
    """The colour of each function's line in an appearance."""
    return {
        "relu": colours.accent,
        "leaky-relu": colours.second,
        "elu": colours.warning,
        "sigmoid": colours.text,
    }


class FunctionChoice(QWidget):
    """Radio buttons for the functions, and fields for slope and alpha.

    Signals:
        choice_changed: Another function was chosen, or its slope or alpha changed.
    """

    choice_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QRadioButton] = {}
        self._samples: dict[str, LineSample] = {}
        self._entries: list[QWidget] = []
        self._group = QButtonGroup(self)
        for name, title in NAMES.items():
            entry = QWidget()
            row = QHBoxLayout(entry)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(scaled(6))
            self.buttons[name] = QRadioButton(title)
            self._samples[name] = LineSample(STYLES[name])
            self._group.addButton(self.buttons[name])
            row.addWidget(self.buttons[name])
            row.addWidget(self._samples[name])
            row.addStretch()
            self._entries.append(entry)
        self.buttons["relu"].setChecked(True)
        self.slope_box = _number_box("Slope of the leaky ReLU", 0.01, 0.5, 0.01, 0.01)
        self.alpha_box = _number_box("Alpha of the ELU", 0.1, 3.0, 0.1, 1.0)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(20))
        self._grid.setVerticalSpacing(scaled(8))
        self._numbers = QWidget()
        numbers = QHBoxLayout(self._numbers)
        numbers.setContentsMargins(0, 0, 0, 0)
        numbers.setSpacing(scaled(8))
        for text, box in (("Slope", self.slope_box), ("Alpha", self.alpha_box)):
            name = box.accessibleName()
            numbers.addWidget(field_label(text, box))
            box.setAccessibleName(name)
            numbers.addWidget(box)
        self._fault = FaultLabel(self.slope_box, self.alpha_box)
        self.setLayout(self._grid)
        # Arranged by the width it gets, it must not ask for the width of its present arrangement.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._group.buttonToggled.connect(self._on_toggled)
        self.slope_box.valueChanged.connect(self._on_slope_changed)
        self.alpha_box.valueChanged.connect(self._on_alpha_changed)
        self._is_wide: bool | None = None
        self._arrange(False)
        self.set_colours(LIGHT)

    @property
    def name(self) -> str:
        """The function chosen, a key of `NAMES`."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    @property
    def slope(self) -> float:
        """Of the leaky ReLU, 0.01 to 0.5."""
        return self.slope_box.value()

    @property
    def alpha(self) -> float:
        """Of the ELU, 0.1 to 3."""
        return self.alpha_box.value()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        for name, colour in line_colours(colours).items():
            self._samples[name].set_colour(colour)
        # As the window's check boxes; the style's own are hard to see on dark panels.
        sheet = (
            f"QRadioButton {{ color: {colours.text}; spacing: 6px; }}"
            f"QRadioButton:focus {{ color: {colours.accent}; }}"
            f"QRadioButton::indicator {{ width: 12px; height: 12px; border: 1px solid {colours.weak};"
            f" border-radius: 7px; background: {colours.field}; }}"
            "QRadioButton::indicator:hover, QRadioButton::indicator:focus"
            f" {{ border-color: {colours.accent}; }}"
            "QRadioButton::indicator:checked { width: 6px; height: 6px; border: 4px solid"
            f" {colours.accent_fill}; background: {colours.on_accent}; }}"
        )
        self.setStyleSheet(scaled_sheet(sheet))

    def _arrange(self, is_wide: bool) -> None:
        """All in one row, or two by two with the numbers below."""
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        columns = 4 if is_wide else 2
        for index, entry in enumerate(self._entries):
            self._grid.addWidget(entry, index // columns, index % columns)
        if is_wide:
            self._grid.addWidget(self._numbers, 0, 4, Qt.AlignmentFlag.AlignRight)
        else:
            self._grid.addWidget(self._numbers, 2, 0, 1, 5, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self._fault, 3, 0, 1, 5)
        self._grid.setColumnStretch(4, 1)

    def _on_toggled(self, _button: QRadioButton, is_checked: bool) -> None:
        if is_checked:
            self.choice_changed.emit()

    def _on_slope_changed(self) -> None:
        self._show_changed("leaky-relu")

    def _on_alpha_changed(self) -> None:
        self._show_changed("elu")

    def _show_changed(self, name: str) -> None:
        """Whoever changes a function's number wants to see that function."""
        if self.name == name:
            self.choice_changed.emit()
        else:
            self.buttons[name].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width there is."""
        super().resizeEvent(event)
        self._arrange(event.size().width() >= scaled(_WIDTH_FOR_ONE_ROW))


def _number_box(name: str, low: float, high: float, stride: float, value: float) -> DecimalBox:
    box = DecimalBox(low, high)
    box.setStepType(DecimalBox.StepType.DefaultStepType)
    box.setSingleStep(stride)
    box.setValue(value)
    box.setFixedWidth(scaled(88))
    box.setAccessibleName(name)
    box.setToolTip(f"{name}, {low:g} to {high:g}")
    return box
