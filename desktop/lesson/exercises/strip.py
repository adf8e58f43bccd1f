"""Exercise strip: a slim line at the foot of a page that unfolds to its exercises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.lesson.exercises.table import Exercise
from desktop.widgets.small_widgets import muted_label, set_flag
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.text.spoken_changes import announce
from desktop.widgets.zoom.lengths import scaled, scaled_margins


class ExerciseStrip(QFrame):
    """Shows exercises and which of them are done; it decides neither.

    Signals:
        fold_toggled: Whether the exercises are wanted now, by a click or a key.
        start_over_requested: No exercise is to be done any more.
    """

    fold_toggled = Signal(bool)
    start_over_requested = Signal()

    def __init__(
        self, speak: Callable[[QWidget, str], None] = announce, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._speak = speak
        self._exercises: tuple[Exercise[Any], ...] = ()
        self._done: set[str] = set()
        self._rows: list[tuple[QLabel, QLabel]] = []
        self.head = QToolButton()
        self.head.setObjectName("fold")
        self.head.setCheckable(True)
        self.head.clicked.connect(self._on_clicked)
        self.start_over = QPushButton("Start over")
        self.start_over.setObjectName("link")
        self.start_over.setToolTip("Forget all that was done, on every page")
        self.start_over.clicked.connect(self.start_over_requested)
        head = QHBoxLayout()
        head.addWidget(self.head)
        head.addStretch()
        head.addWidget(self.start_over)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(scaled_margins(8, 0, 0, 4))
        self._grid.setHorizontalSpacing(scaled(8))
        self._grid.setVerticalSpacing(scaled(4))
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(12, 2, 12, 0))
        column.setSpacing(scaled(2))
        column.addLayout(head)
        column.addWidget(self._list)
        self.set_unfolded(False)

    @property
    def is_unfolded(self) -> bool:
        """Whether the exercises are shown, not only how many are done."""
        return self.head.isChecked()

    @property
    def texts(self) -> list[str]:
        """What each row says, its mark included."""
        count = len(self._exercises)
        return [f"{mark.text()} {text.text()}" for mark, text in self._rows[:count]]

    def set_unfolded(self, is_unfolded: bool) -> None:
        """Show or hide the exercises."""
        self.head.setChecked(is_unfolded)
        self._list.setVisible(is_unfolded)
        if is_unfolded:
            set_flag(self.head, "news", False)
        self._show_head()

    def show_exercises(self, exercises: Sequence[Exercise[Any]], done: Sequence[Exercise[Any]]) -> None:
        """Show those of another page; without any the strip hides."""
        self._exercises = tuple(exercises)
        self._done = {exercise.name for exercise in done}
        while len(self._rows) < len(exercises):
            self._rows.append(self._added_row(len(self._rows)))
        for place, labels in enumerate(self._rows):
            for label in labels:
                label.setVisible(place < len(exercises))
        for place, exercise in enumerate(exercises):
            self._rows[place][1].setText(exercise.text)
            self._mark(place)
        set_flag(self.head, "news", False)
        self._show_head()
        self.setVisible(bool(exercises))

    def tick(self, exercise: Exercise[Any]) -> None:
        """An exercise has just been done, on whichever page: it is said, and ticked if it is shown."""
        if self.isVisible():
            self._speak(self, f"Exercise done: {exercise.text}")
        if exercise in self._exercises:
            self._done.add(exercise.name)
            self._mark(self._exercises.index(exercise))
            set_flag(self.head, "news", not self.is_unfolded)
            self._show_head()

    def _added_row(self, place: int) -> tuple[QLabel, QLabel]:
        mark, text = muted_label(), PlainLabel()
        text.setWordWrap(True)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._grid.addWidget(mark, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, place, 1)
        return mark, text

    def _mark(self, place: int) -> None:
        mark, text = self._rows[place]
        is_done = self._exercises[place].name in self._done
        mark.setText("✓" if is_done else "○")
        mark.setAccessibleName("Done" if is_done else "Not done yet")
        set_flag(mark, "done", is_done)
        set_flag(text, "muted", is_done)

    def _show_head(self) -> None:
        count = len(self._exercises)
        said = f"{len(self._done)} of {count} done"
        self.head.setText(f"{'▾' if self.is_unfolded else '▸'}  Try this · {said}")
        self.head.setAccessibleName(f"Try this, {said}")
        self.start_over.setVisible(self.is_unfolded and bool(self._done))

    def _on_clicked(self, is_checked: bool) -> None:
        self.set_unfolded(is_checked)
        self.fold_toggled.emit(is_checked)
