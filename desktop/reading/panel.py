"""The reading: the digit, number or sign in large, how probable it is, bars, and what the network sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.reading import reading_words
from desktop.reading.bars_area import BarsArea
from desktop.reading.label_row import LabelRow
from desktop.reading.network_input_row import NetworkInputRow
from desktop.reading.number_strip import NumberStrip
from desktop.widgets.panels.steady_room import SteadyRoom
from desktop.widgets.small_widgets import muted_label, panel_title, set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.text.spoken_changes import SpokenChanges
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins
from engine.models.shown_number import shown_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.data.classes import Classes
    from engine.models.classifier import Reading

NOTHING = "–"
_LOADING = "Loading the network…"
# Below this height the picture of what the network sees goes, and below the other where a number needs room.
_HEIGHT_FOR_PICTURE, _HEIGHT_FOR_PICTURE_OF_NUMBER = 452, 534
# How large a number is, as times the panel's font: of one digit, and of several as so much shared by them.
_LARGEST, _SHARED, _LEAST = 5.6, 12.0, 1.0


class PredictionPanel(QFrame):
    """Shows readings. It knows nothing of ink or networks; plain setters only.

    Signals:
        why_requested: What speaks for the digit read, and what against it?
        steps_requested: How does what was drawn become what the network sees?
        digit_selected: The place, from the left, of a digit of the number to look at.
        digit_stepped: So many places to the right, another digit is to be looked at.
    """

    why_requested = Signal()
    steps_requested = Signal()
    digit_selected = Signal(int)
    digit_stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName("Reading")
        self._spoken = SpokenChanges(self)
        self._answer = PlainLabel()
        self._answer.setObjectName("answer")
        self._answer.setAccessibleName("Digit read")
        self._strip = NumberStrip()
        self._strip.digit_selected.connect(self.digit_selected)
        self._probability = PlainLabel()
        self._probability.setFont(tabular(self.font(), 1.7))
        self._runners_up = muted_label(_LOADING)
        self._runners_up.setWordWrap(True)
        self._runners_up.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(scaled(2))
        words.addStretch()
        words.addWidget(self._probability)
        words.addWidget(self._runners_up)
        words.setContentsMargins(scaled_margins(0, 0, 0, 10))
        head = QHBoxLayout()
        head.setSpacing(scaled(12))
        head.addWidget(self._answer)
        head.addLayout(words, 1)
        self._head = SteadyRoom(head)
        self._remark = muted_label("")
        self._remark.setWordWrap(True)
        self._remark.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._remark.hide()
        self._bars_area = BarsArea()
        self.bars = self._bars_area.bars
        self.labels = LabelRow()
        self._foot = NetworkInputRow()
        self._seen = self._foot.picture
        self._seen.clicked.connect(self.steps_requested)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 10, 16, 16))
        column.setSpacing(scaled(8))
        column.addLayout(self._title_row())
        column.addWidget(self._head)
        column.addWidget(self._strip)
        column.addWidget(self._remark)
        column.addWidget(self._bars_area, 3)
        column.addWidget(self.labels)
        column.addStretch(1)
        column.addWidget(self._foot, 0, Qt.AlignmentFlag.AlignBottom)
        self.setMinimumWidth(scaled(232))
        self._rows: tuple[int, ...] = ()
        self._are_digits = True
        self._count = 0
        self._size_for((1,))

    def _title_row(self) -> QHBoxLayout:
        self._why = QPushButton("Why?")
        self._why.setObjectName("link")
        self._why.setToolTip("See which parts of the drawing speak for a digit and which against it (Ctrl+E)")
        # A click leaves the keyboard with the pad, so that Delete goes on clearing it.
        self._why.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._why.setEnabled(False)
        self._why.clicked.connect(self.why_requested)
        self._steps = QPushButton("Steps")
        self._steps.setObjectName("link")
        self._steps.setToolTip("See the steps from the drawing to what the network sees (Ctrl+I)")
        self._steps.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._steps.setEnabled(False)
        self._steps.clicked.connect(self.steps_requested)
        row = QHBoxLayout()
        row.setSpacing(scaled(4))
        row.addWidget(panel_title("Reading"))
        row.addStretch()
        row.addWidget(self._steps)
        row.addWidget(self._why)
        return row

    @property
    def answer(self) -> str:
        """The large digit or number as text, "?" for what is no digit; a dash while there is nothing."""
        return self._answer.text() or NOTHING

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.bars.set_colours(colours)
        self._strip.set_colours(colours)
        self._seen.set_colours(colours)
        for part in (self._head, self.bars, self._strip, self._seen):
            part.ground.set(colours.panel)
        rows, self._rows = self._rows, ()  # another style sheet brings back the first font of the letters
        self._size_for(rows)

    def set_side_views_available(self) -> None:
        """There is a network that can be asked."""
        self._why.setEnabled(True)
        self._steps.setEnabled(True)
        self._seen.set_clickable()

    def set_classes(self, classes: Classes) -> None:
        """Have bars for what another network tells apart, and let drawings be said to be one of these."""
        if classes != self.bars.classes:
            self.bars.set_classes(classes)
            self.labels.set_classes(classes)
            # Rows that scroll take all the room there is; the ten digits leave some of it.
            self._column.setStretch(self._column.count() - 2, 0 if self._bars_area.scrolls else 1)
            self._answer.setAccessibleName(f"{classes.noun.capitalize()} read")
            self._show_nothing(self._empty_words)

    @property
    def _empty_words(self) -> str:
        return f"Draw a {self.bars.classes.noun}; the answer appears here"

    def set_waiting(self, is_waiting: bool, has_ink: bool) -> None:
        """Say that the network is not there yet, or that nothing is drawn."""
        loading = f"{_LOADING} Your digit is kept." if has_ink else _LOADING
        self._show_nothing(loading if is_waiting else self._empty_words)

    def set_refused(self, sentence: str) -> None:
        """Say why what is on the pad cannot be read."""
        self._show_nothing(sentence)

    def set_readings(
        self,
        readings: Sequence[Reading],
        selected: int = 0,
        number: str = "",
        rows: Sequence[int] = (),
        remark: str = "",
    ) -> None:
        """Show the readings of one digit, or of a number from left to right.

        Args:
            readings: One for each digit; below a stated probability a digit is called not sure. What is
                taken for no digit has no answer of its own, and is said to be that.
            selected: Of which digit bars and picture are shown.
            number: What the digits say together, a line for each row; by itself, all in one row.
            rows: How many digits each row has; empty where there is one row.
            remark: A sentence about what was left out, if anything was.
        """
        reading = readings[selected]
        self.set_classes(reading.classes)
        number = shown_number(number or "".join(each.name for each in readings), readings)
        self._size_for(tuple(map(len, number.split("\n"))))
        if len(readings) == 1:
            self._show_digit(reading)
        else:
            self._show_number(readings, selected, number)
            self._strip.set_readings(readings, selected, rows)
        self.bars.set_probabilities(reading.probabilities, is_digit=reading.is_digit)
        self.labels.set_in_doubt(not reading.is_digit)
        self._seen.set_image(reading.image)
        self._set_remark(remark)

    def _show_digit(self, reading: Reading) -> None:
        self._show(
            reading_words.answer(reading), reading_words.headline(reading), reading_words.runners_up(reading)
        )
        self._mark_no_digit(not reading.is_digit)
        self._describe(reading_words.spoken(reading))

    def _show_number(self, readings: Sequence[Reading], selected: int, number: str) -> None:
        reading = readings[selected]
        if reading.is_digit:
            headline, words = (
                f"{reading.name}, {reading_words.headline(reading)}",
                reading_words.runners_up(reading),
            )
        else:
            # Beside a number there is no room for large words.
            headline, words = "", reading_words.short(reading)
        self._show(number, headline, words)
        self._mark_no_digit(not any(each.is_digit for each in readings))
        self._describe(
            f"{number.replace(chr(10), ', ')}; digit {selected + 1} of {len(readings)}: "
            f"{reading_words.of_number(reading)}{reading_words.doubts(readings)}"
        )

    def _show_nothing(self, words: str) -> None:
        self._size_for((1,))
        self._show(NOTHING, "", words)
        self._mark_no_digit(False)
        self._describe(words)
        self.bars.set_probabilities(None)
        self.labels.set_in_doubt(False)
        self._seen.set_image(None)
        self._set_remark("")

    def _set_remark(self, sentence: str) -> None:
        self._remark.setText(sentence)
        self._remark.setVisible(bool(sentence))

    def _describe(self, text: str) -> None:
        self.setAccessibleDescription(text)
        self._spoken.announce(text)

    def _show(self, answer: str, probability: str, words: str) -> None:
        # A dash as large as a digit looks like a bar: an empty reading is empty.
        self._answer.setText("" if answer == NOTHING else answer)
        self._probability.setText(probability)
        self._probability.setVisible(bool(probability))
        self._runners_up.setText(words)

    def _mark_no_digit(self, is_none: bool) -> None:
        """An answer that is none stays in the background, and so does what the bars say."""
        if self._answer.property("noDigit") != is_none:
            set_flag(self._answer, "noDigit", is_none)
            # Another style brings back the font that the letters had when it came first.
            self._answer.setFont(self._letters)

    def _size_for(self, rows: tuple[int, ...]) -> None:
        """Choose letters that fit a number with so many digits in each row, or any of the signs."""
        are_digits = self.bars.classes.are_digits
        if not are_digits:
            rows = (max(map(len, self.bars.classes)),)
        if (rows, are_digits) == (self._rows, self._are_digits):
            return
        self._rows, self._are_digits, self._count = rows, are_digits, sum(rows) if are_digits else 1
        longest = max(rows)
        scale = max(_LEAST, min(_LARGEST / len(rows), _LARGEST if longest == 1 else _SHARED / longest))
        self._letters = tabular(self.font(), scale, QFont.Weight.Bold)
        self._answer.setFont(self._letters)
        advance = self._answer.fontMetrics().horizontalAdvance
        width = longest * advance("0") if are_digits else max(map(advance, self.bars.classes))
        self._answer.setMinimumWidth(width + scaled(6))
        self._strip.setVisible(self._count > 1)
        self._fit_height()

    def _fit_height(self) -> None:
        """Give up the picture before anything is cut."""
        needed = scaled(_HEIGHT_FOR_PICTURE) if self._count == 1 else scaled(_HEIGHT_FOR_PICTURE_OF_NUMBER)
        self._foot.setVisible(self.height() >= needed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from digit to digit, wherever in the panel the keyboard is."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.digit_stepped.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Without the picture, which gives way first."""
        least = super().minimumSizeHint()
        picture = 0 if self._foot.isHidden() else self._foot.sizeHint().height() + self._column.spacing()
        return QSize(least.width(), least.height() - picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what there is room for."""
        super().resizeEvent(event)
        self._fit_height()
