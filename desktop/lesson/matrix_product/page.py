"""Matrix product: the lesson's page on how two matrices are multiplied, number by number, in three views."""

from __future__ import annotations

import random

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.lesson.matrix_product.board import ProductBoard
from desktop.lesson.matrix_product.controls import ProductControls, ViewChoice
from desktop.lesson.matrix_product.matrix_field import MatrixField
from desktop.lesson.matrix_product.size_fields import SizeFields
from desktop.lesson.matrix_product.step_keys import StepKeys
from desktop.lesson.matrix_product.text import SAME, step_text
from desktop.widgets.panels.page import Page
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.text.spoken_changes import SpokenChanges
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled
from engine.errors import SettingsError
from engine.lesson.matrix_product import ProductStep, View, check_fit, product_steps, random_matrix
from engine.lesson.matrix_text import Rows

# Long enough to follow a sum of five products with a finger.
_STEP_INTERVAL_MS = 1200
_FIRST: Rows = ((2.0, 0.0, 1.0), (1.0, 3.0, 2.0))
_SECOND: Rows = ((1.0, 4.0), (3.0, 1.0), (5.0, 2.0))
# In widths of a letter: where two fields stand side by side.
_LETTERS_FOR_TWO = 70
# Between the views and the buttons, and for a step whose number has more figures.
_HEAD_GAP = 32


class MatrixProductPage(Page):
    """Type or draw lots for two matrices, choose a view, and step through the product.

    Signals:
        completed: The `View` whose last step was reached.
    """

    completed = Signal(object)

    def __init__(self, clock: QTimer | None = None, source: random.Random | None = None) -> None:
        """Show an example.

        Args:
            clock: Ticks once for each step that is played; a new one by default.
            source: Of random numbers.
        """
        super().__init__("matrix-product")
        self._steps: tuple[ProductStep, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._number = 0
        self._source = source or random.Random()
        self._clock = clock or QTimer(self)
        self._clock.setInterval(_STEP_INTERVAL_MS)
        self._clock.timeout.connect(self._on_tick)
        self.first_field = MatrixField("First matrix")
        self.second_field = MatrixField("Second matrix")
        self.size_fields = SizeFields()
        self.view_choice = ViewChoice()
        self.controls = ProductControls()
        self.board = ProductBoard()
        self._sentence = PlainLabel()
        self._sentence.setAccessibleName("What this step does")
        self._sentence.setFont(tabular(self._sentence.font(), 1.15))
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._spoken = SpokenChanges(self._sentence)
        self._keys = StepKeys(self)
        self._keys.watch(self.board, *self.controls.buttons)
        self._lay_out()
        self.first_field.changed.connect(self._on_typed)
        self.second_field.changed.connect(self._on_typed)
        self.size_fields.random_requested.connect(self._on_random_requested)
        self.view_choice.view_chosen.connect(self._on_view_chosen)
        self._keys.toggled.connect(self.toggle)
        self._keys.moved.connect(self._on_moved)
        self._keys.jumped.connect(self._on_jumped)
        self.controls.play_button.clicked.connect(self.toggle)
        self.controls.back_button.clicked.connect(self._on_back_clicked)
        self.controls.step_button.clicked.connect(self._on_step_clicked)
        self.controls.reset_button.clicked.connect(self.reset)
        self.show_matrices(_FIRST, _SECOND)

    @property
    def sentence(self) -> str:
        """What the step does that is shown."""
        return self._sentence.text()

    @property
    def number(self) -> int:
        """Of the step that is shown; 0 before the first one."""
        return self._number

    @property
    def last(self) -> int:
        """Number of the last step; 0 if there is no product."""
        return max(0, len(self._steps) - 1)

    @property
    def is_playing(self) -> bool:
        """Whether the clock takes steps."""
        return self._clock.isActive()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self.board.set_colours(colours)

    def show_matrices(self, first: Rows, second: Rows) -> None:
        """Multiply other matrices."""
        self.first_field.set_matrix(first)
        self.second_field.set_matrix(second)
        self._begin()

    def toggle(self) -> None:
        """Play or pause; what has come to its end begins again."""
        if self.is_playing:
            self.pause()
        elif self._steps:
            if self._number == self.last:
                self._show(0)
            self._clock.start()
            self.take_step()

    def pause(self) -> None:
        """Take no more steps by the clock."""
        self._clock.stop()
        self._show_place()

    def take_step(self, count: int = 1) -> None:
        """Go so many steps on, or back, as far as there are any."""
        self._show(self._number + count)

    def reset(self) -> None:
        """Back to where nothing is computed yet."""
        self.pause()
        self._show(0)

    def _lay_out(self) -> None:
        """What is watched stands above what is typed, so that a small window shows it without scrolling."""
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._head.addWidget(self.view_choice)
        self._head.addWidget(self.controls, 1)
        self._product = QWidget()
        # While somebody is typing what is no matrix yet, the fields stay where they are.
        policy = self._product.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._product.setSizePolicy(policy)
        product = QVBoxLayout(self._product)
        product.setContentsMargins(0, 0, 0, 0)
        product.setSpacing(scaled(12))
        product.addWidget(self._sentence)
        product.addWidget(self.board)
        self._fields = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._fields.setSpacing(scaled(8))
        for field in (self.first_field, self.second_field):
            self._fields.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(self._head)
        self.column.addWidget(self._product)
        self.column.addLayout(self._fields)
        self.column.addWidget(self.size_fields)
        self.column.addStretch(1)

    def _begin(self) -> None:
        """Everything that follows from fields and view."""
        self.pause()
        first, second = self.first_field.value, self.second_field.value
        self._steps = ()
        if second is not None:
            self.second_field.say("", is_fault=False)
        if first is not None and second is not None:
            try:
                check_fit(first, second)
            except SettingsError as error:
                self.second_field.say(str(error), is_fault=True)
            else:
                self.size_fields.set_sizes((len(first), len(second), len(second[0])))
                self._steps = product_steps(first, second, self.view_choice.view)
        self._product.setVisible(bool(self._steps))
        self.controls.setEnabled(bool(self._steps))
        self._texts = tuple(self._text(step) for step in self._steps)
        if self._steps:
            self.board.set_product(self._steps, self.view_choice.view)
            self._keep_room()
            self._show(0)

    def _text(self, step: ProductStep) -> str:
        text = step_text(self.view_choice.view, step)
        return f"{text}. {SAME}" if step is self._steps[-1] else text

    def _show(self, number: int) -> None:
        if not self._steps:
            return
        former, self._number = self._number, min(self.last, max(0, number))
        is_end = self._number == self.last
        if is_end:
            self._clock.stop()
        self.board.show_step(self._steps[self._number])
        self._sentence.setText(self._texts[self._number])
        self.board.setAccessibleDescription(self._texts[self._number])
        self._spoken.announce(self._texts[self._number])
        self._show_place()
        if is_end and former != self._number:
            self.completed.emit(self.view_choice.view)

    def _show_place(self) -> None:
        self.controls.show_place(self._number, self.last, self.is_playing)

    def _keep_room(self) -> None:
        """For the longest sentence at this width, so that the matrices never jump."""
        margins = self.column.contentsMargins()
        width = max(1, self.width() - margins.left() - margins.right())
        metrics, wrapped = self._sentence.fontMetrics(), Qt.TextFlag.TextWordWrap.value
        heights = (metrics.boundingRect(0, 0, width, 10_000, wrapped, text).height() for text in self._texts)
        self._sentence.setMinimumHeight(max(heights, default=0))

    def _on_typed(self) -> None:
        self._begin()

    def _on_random_requested(self) -> None:
        rows, inner, columns = self.size_fields.sizes
        first = random_matrix(rows, inner, self._source)
        self.show_matrices(first, random_matrix(inner, columns, self._source))

    def _on_view_chosen(self, _view: View) -> None:
        self._begin()

    def _on_moved(self, count: int) -> None:
        self.pause()
        self.take_step(count)

    def _on_jumped(self, end: int) -> None:
        self.pause()
        self._show(0 if end == 0 else self.last)

    def _on_back_clicked(self) -> None:
        self._on_moved(-1)

    def _on_step_clicked(self) -> None:
        self._on_moved(1)

    def _on_tick(self) -> None:
        self.take_step()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fields and buttons side by side where there is room; always room for the longest sentence."""
        super().resizeEvent(event)
        width = event.size().width()
        margins = self.column.contentsMargins()
        room = width - margins.left() - margins.right() - scaled(_HEAD_GAP)
        needed = self.view_choice.sizeHint().width() + self.controls.sizeHint().width()
        is_wide = width >= _LETTERS_FOR_TWO * self.fontMetrics().averageCharWidth()
        for parts, is_one_line in ((self._fields, is_wide), (self._head, needed <= room)):
            parts.setDirection(
                QBoxLayout.Direction.LeftToRight if is_one_line else QBoxLayout.Direction.TopToBottom
            )
        self._head.setSpacing(scaled(_HEAD_GAP if needed <= room else 12))
        self._keep_room()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: pause."""
        super().hideEvent(event)
        self.pause()
