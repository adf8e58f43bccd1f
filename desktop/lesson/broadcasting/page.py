"""Broadcasting: the lesson's page on which shapes go together, with small tensors stretched out."""

from __future__ import annotations

from math import prod

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.lesson.broadcasting.equation import BroadcastingEquation
from desktop.lesson.broadcasting.legend import BroadcastingLegend
from desktop.lesson.broadcasting.presets import PRESETS, Preset, numbers
from desktop.lesson.broadcasting.shape_field import ShapeField
from desktop.lesson.broadcasting.table import AlignmentTable
from desktop.lesson.broadcasting.values import MOST_AXES, MOST_CELLS, MOST_SIZE, OPERATIONS, Shape, is_small
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import field_label, muted_label, set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins
from engine.lesson.broadcasting import broadcast, shape_text

_OWN = "Your own shapes"
_HINT = (
    "Point at a number in the result, or move to it with Tab and the arrow keys, to see where it comes from."
)
_TOO_LARGE = (
    f"This is too large to draw. Choose at most {MOST_AXES} axes, each of size {MOST_SIZE} or less, "
    f"and at most {MOST_CELLS} numbers in all."
)
_WIDTH_FOR_TWO_COLUMNS = 720
_OPERATION_NAMES = {"+": "plus", "−": "minus", "×": "times"}


class BroadcastingPage(Page):
    """Type or pick two shapes; see them aligned, what shape comes out or why none does, and the numbers.

    Signals:
        own_shapes_compared: Two shapes that were typed, and what shape comes of them, or None.
    """

    own_shapes_compared = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__("broadcasting")
        self._preset: Preset | None = PRESETS[0]
        self.preset_box = ChoiceBox()
        for preset in PRESETS:
            self.preset_box.addItem(preset.title)
        self.preset_box.addItem(_OWN)
        self.preset_box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.preset_box.setMaximumWidth(scaled(360))
        self.first_field = ShapeField("First shape")
        self.second_field = ShapeField("Second shape")
        self.operation_box = ChoiceBox()
        for sign in OPERATIONS:
            self.operation_box.addItem(sign)
            self.operation_box.setItemData(
                self.operation_box.count() - 1, _OPERATION_NAMES[sign], Qt.ItemDataRole.AccessibleTextRole
            )
        self.operation_box.setFixedWidth(scaled(64))
        self.table = AlignmentTable()
        self._verdict = self._wrapped("Result")
        self._verdict.setFont(tabular(self._verdict.font(), 1.15, QFont.Weight.DemiBold))
        self._remark = self._wrapped("Explanation")
        self._explanation = self._wrapped("Where the number comes from")
        self.equation = BroadcastingEquation()
        self._legend = BroadcastingLegend()
        self._aligned = QWidget()
        self._alignment = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._aligned)
        self._drawing = QWidget()
        self._lay_out()
        self.preset_box.currentIndexChanged.connect(self._on_preset_chosen)
        self.operation_box.currentIndexChanged.connect(self._on_edited)
        self.first_field.changed.connect(self._on_edited)
        self.second_field.changed.connect(self._on_edited)
        self.equation.number_explained.connect(self._on_number_explained)
        self._on_number_explained("")
        self._on_preset_chosen(0)

    @property
    def verdict(self) -> str:
        """The resulting shape, or that there is none."""
        return self._verdict.text()

    @property
    def remark(self) -> str:
        """Why there is no resulting shape, or what there is to see."""
        return self._remark.text()

    @property
    def explanation(self) -> str:
        """Where the number that is pointed at comes from."""
        return self._explanation.text()

    @property
    def is_drawn(self) -> bool:
        """Whether the tensors are shown."""
        return not self._drawing.isHidden()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self.table.set_colours(colours)
        self.equation.set_colours(colours)
        self._legend.set_colours(colours)

    @staticmethod
    def _wrapped(name: str) -> QLabel:
        label = PlainLabel()
        label.setFont(tabular(label.font()))
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setAccessibleName(name)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return label

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(scaled(8))
        choice.addWidget(field_label("Example", self.preset_box))
        choice.addWidget(self.preset_box, 1)
        choice.addStretch()
        operation = QVBoxLayout()
        operation.setSpacing(scaled(4))
        operation.addWidget(muted_label(" "))
        operation.addWidget(self.operation_box)
        operation.addStretch()
        self.operation_box.setAccessibleName("Operation")
        shapes = QHBoxLayout()
        shapes.setSpacing(scaled(8))
        for field in (self.first_field, self.second_field):
            field.setMaximumWidth(scaled(264))
        top = Qt.AlignmentFlag.AlignTop
        shapes.addWidget(self.first_field, 1, top)
        shapes.addLayout(operation)
        shapes.addWidget(self.second_field, 1, top)
        shapes.addStretch()
        texts = QVBoxLayout()
        texts.setSpacing(scaled(8))
        texts.addWidget(self._verdict)
        texts.addWidget(self._remark)
        texts.addStretch()
        self._alignment.setContentsMargins(scaled_margins(0, 4, 0, 0))
        self._alignment.setSpacing(scaled(12))
        self._alignment.addWidget(self.table, 0, Qt.AlignmentFlag.AlignLeft | top)
        self._alignment.addLayout(texts, 1)
        drawing = QVBoxLayout(self._drawing)
        drawing.setContentsMargins(scaled_margins(0, 4, 0, 0))
        drawing.setSpacing(scaled(12))
        drawing.addWidget(self._legend)
        drawing.addWidget(self.equation)
        drawing.addWidget(self._explanation)
        self.column.addLayout(choice)
        self.column.addLayout(shapes)
        self.column.addWidget(self._aligned)
        self.column.addWidget(self._drawing)
        self.column.addStretch(1)
        self.setTabOrder(self.first_field.edit, self.operation_box)
        self.setTabOrder(self.operation_box, self.second_field.edit)

    def _show(self) -> None:
        """Everything that follows from the fields."""
        first, second = self.first_field.shape, self.second_field.shape
        if first is None or second is None:
            self._aligned.hide()
            self._drawing.hide()
            self._say("", "")
            return
        result = broadcast(first, second)
        self.table.set_broadcast(result)
        self._aligned.show()
        shape = result.shape
        if shape is None:
            self._drawing.hide()
            self._say("No resulting shape", result.reason, is_warning=True)
            return
        is_empty = 0 in shape
        is_drawn = not is_empty and is_small(shape)
        if is_drawn:
            self._draw(first, second, shape)
            remark = self._preset.sentence if self._preset is not None else _counts(first, second, shape)
        else:
            remark = "" if is_empty else _TOO_LARGE
        self._say(f"Resulting shape: {shape_text(shape)}", remark)
        self._drawing.setVisible(is_drawn)

    def _draw(self, first: Shape, second: Shape, shape: Shape) -> None:
        operation = self.operation_box.currentText()
        tensors = numbers(first, second, operation, self._preset)
        axis = self._preset.summed_axis if self._preset is not None else None
        self.equation.set_tensors(*tensors, shape, operation, axis)
        self._on_number_explained("")

    def _say(self, verdict: str, remark: str, is_warning: bool = False) -> None:
        self._verdict.setText(verdict)
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))
        set_flag(self._verdict, "warning", is_warning)

    def _on_preset_chosen(self, index: int) -> None:
        self._preset = PRESETS[index] if index < len(PRESETS) else None
        if self._preset is not None:
            self.first_field.set_text(self._preset.first)
            self.second_field.set_text(self._preset.second)
            with QSignalBlocker(self.operation_box):
                self.operation_box.setCurrentText(self._preset.operation)
        self._show()

    def _on_edited(self) -> None:
        """What was changed by hand is no longer an example."""
        self._preset = None
        with QSignalBlocker(self.preset_box):
            self.preset_box.setCurrentIndex(len(PRESETS))
        self._show()
        # Another operation leaves the shapes as they are.
        first, second = self.first_field.shape, self.second_field.shape
        if first is not None and second is not None and self.sender() is not self.operation_box:
            self.own_shapes_compared.emit(first, second, broadcast(first, second).shape)

    def _on_number_explained(self, text: str) -> None:
        self._explanation.setText(text or _HINT)
        set_flag(self._explanation, "muted", not text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Text beside the table where there is space; always room for the longest explanation below."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= scaled(_WIDTH_FOR_TWO_COLUMNS)
        self._alignment.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
        self._alignment.setSpacing(scaled(32 if is_wide else 12))
        self._explanation.setMinimumHeight(
            (1 if is_wide else 2) * self._explanation.fontMetrics().lineSpacing()
        )


def _counts(first: Shape, second: Shape, shape: Shape) -> str:
    """What broadcasting saves."""
    return f"Numbers stored: {prod(first)} and {prod(second)}. Numbers in the result: {prod(shape)}."
