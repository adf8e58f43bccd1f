"""Practice band: how many digits are wanted, and then which one, in large letters above the pad."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.learning.practice_dots import PracticeDots
from desktop.learning.practice_round import PracticeRound
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins

_LONG_PROMPT = 16
_HOW = "Lift the pen and wait a moment, or press Space, to keep the drawing."


class PracticeBand(QFrame):
    """Asks and shows; it knows nothing of pads. Hidden until it has something to say.

    Signals:
        begin_requested: Each digit is to be asked for so many times.
        back_requested: The last digit once more.
        skip_requested: The next digit.
        leave_requested: No more of it.
        keep_requested: The drawing that looks like another digit, or like none, is the one asked for.
        again_requested: It is to be drawn once more.
    """

    begin_requested = Signal(int)
    back_requested = Signal()
    skip_requested = Signal()
    leave_requested = Signal()
    keep_requested = Signal()
    again_requested = Signal()

    def __init__(self, scale: float = 1.0, words: Callable[[int], str] | None = None) -> None:
        """Make one.

        Args:
            scale: So many times as large as usual is its text.
            words: What is said to ask for a digit, or a sign; `instruction` if not given.
        """
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("Practice")
        self._scale = scale
        self._words = words or instruction
        self._prompts: set[str] = set()
        self._choice = self._made_choice()
        self._question = self._made_question()
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled_margins(16, 8, 12, 8))
        row.addWidget(self._choice, 1)
        row.addWidget(self._question, 1)
        self._question.hide()
        self.hide()

    def _made_choice(self) -> QWidget:
        headline = PlainLabel("Practice: show the network how you write")
        headline.setFont(tabular(self.font(), 1.15 * self._scale, QFont.Weight.DemiBold))
        words = muted_label("It asks for every digit, keeps your drawings and learns from them at once.")
        words.setFont(tabular(self.font(), self._scale))
        self._ten = self._button("Ten digits", "Every digit once: half a minute")
        self._ten.setObjectName("primary")
        self._ten.clicked.connect(lambda: self.begin_requested.emit(1))
        thirty = self._button(
            "Thirty digits",
            "Every digit three times: ten of them only test what it learned",
        )
        thirty.clicked.connect(lambda: self.begin_requested.emit(3))
        cancel = self._button("Cancel", "No practice (Escape)")
        cancel.clicked.connect(self.leave_requested)
        return _row((headline, words), (self._ten, thirty, cancel))

    def _made_question(self) -> QWidget:
        self._prompt = PlainLabel()
        self._prompt.setFont(tabular(self.font(), 2.4 * self._scale, QFont.Weight.Bold))
        self._prompt.setAccessibleName("Asked for")
        self._dots = PracticeDots(self._scale)
        self._count = muted_label()
        self._count.setFont(tabular(self.font(), self._scale))
        self._doubt = PlainLabel()
        self._doubt.setFont(tabular(self.font(), self._scale, QFont.Weight.DemiBold))
        self._doubt.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._count, self._doubt):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._back = self._button("Back", "Draw the last one once more")
        self._back.clicked.connect(self.back_requested)
        self._skip = self._button("Skip", "Skip this one")
        self._skip.clicked.connect(self.skip_requested)
        self._keep = self._button("Keep it", "Keep it as it is (Space)")
        self._keep.clicked.connect(self.keep_requested)
        self._again = self._button("Draw again", "Clear the pad (Delete)")
        self._again.clicked.connect(self.again_requested)
        leave = self._button("Leave", "Stop here; your drawings are kept (Escape)")
        leave.clicked.connect(self.leave_requested)
        question = QWidget()
        row = QHBoxLayout(question)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(self._prompt)
        progress = QVBoxLayout()
        progress.setContentsMargins(scaled_margins(16, 0, 0, 0))
        progress.setSpacing(scaled(2))
        progress.addStretch()
        progress.addWidget(self._dots)
        progress.addWidget(self._count)
        progress.addWidget(self._doubt)
        progress.addStretch()
        row.addLayout(progress, 1)
        for button in (self._keep, self._again, self._back, self._skip, leave):
            row.addWidget(button)
        # Whoever draws goes on drawing: a click leaves the keyboard with the pad.
        for button in (self._keep, self._again):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._set_doubting(False)
        return question

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setFont(tabular(self.font(), self._scale))
        button.setToolTip(tip)
        return button

    @property
    def question(self) -> str:
        """What is said beside it: how far one is, or that a drawing looks like something else."""
        return self._count.text() if self._doubt.isHidden() else self._doubt.text()

    @property
    def prompt(self) -> str:
        """What is asked for."""
        return self._prompt.text()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._dots.set_colours(colours)
        # Another style sheet brings back the font that the prompt had when it came first.
        self._fit_prompt()

    def show_choice(self) -> None:
        """Ask how many digits are wanted; Return takes ten."""
        self._question.hide()
        self._choice.show()
        self.show()
        self._ten.setFocus()

    def show_round(self, asked: PracticeRound) -> None:
        """Ask for the digit of a round, or say that all were asked for."""
        self._choice.hide()
        self._question.show()
        self.show()
        digit = asked.digit
        self._set_doubting(False)
        self._prompts = {self._words(each) for each in asked.digits}
        self._fit_prompt()
        self._prompt.setText("Thank you" if digit is None else self._words(digit))
        self._dots.show_marks(asked.states(), asked.place)
        # A row of a fixed width must not jump from digit to digit.
        place = f"{min(asked.place + 1, len(asked))} of {len(asked)}"
        self._count.setText(f"{place} · {_HOW}" if asked.place == 0 else place)
        self._back.setEnabled(0 < asked.place < len(asked))
        self._announce(self._prompt.text())

    def _fit_prompt(self) -> None:
        """Have room for the longest, so that nothing moves from one to the next; a long one is smaller."""
        longest = max(map(len, self._prompts), default=0)
        size = 2.4 * self._scale * min(1.0, _LONG_PROMPT / max(1, longest))
        self._prompt.setFont(tabular(self.font(), size, QFont.Weight.Bold))
        advance = self._prompt.fontMetrics().horizontalAdvance
        self._prompt.setMinimumWidth(max(map(advance, self._prompts), default=0))

    def show_doubt(self, read: int | None, digit: int) -> None:
        """Ask whether a drawing that looks like `read`, None for no digit, is the digit asked for."""
        self._set_doubting(True)
        seen = "does not look like a digit" if read is None else f"looks like {_a(read)}"
        self._doubt.setText(f"This {seen}. Keep it as {_a(digit)}?")
        self._announce(self._doubt.text())

    def _set_doubting(self, is_doubting: bool) -> None:
        for doubting in (self._doubt, self._keep, self._again):
            doubting.setVisible(is_doubting)
        for asking in (self._count, self._back, self._skip):
            asking.setVisible(not is_doubting)

    def _announce(self, words: str) -> None:
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves, whichever button has the keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave_requested.emit()
        else:
            super().keyPressEvent(event)


def instruction(digit: int) -> str:
    """What is asked for, above the pad and on it."""
    return f"Draw {_a(digit)}"


def _a(digit: int) -> str:
    return f"{'an' if digit == 8 else 'a'} {digit}"


def _row(words: tuple[QLabel, ...], buttons: tuple[QPushButton, ...]) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(scaled(8))
    column = QVBoxLayout()
    column.setSpacing(scaled(4))
    for label in words:
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column.addWidget(label)
    column.setContentsMargins(scaled_margins(0, 0, 8, 0))
    row.addLayout(column, 1)
    for button in buttons:
        row.addWidget(button)
    return made
