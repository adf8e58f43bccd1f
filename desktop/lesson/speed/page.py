"""Speed: the lesson's page on why nobody writes the loop, measured on the machine that shows it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy

from desktop.lesson.speed.bar import USUAL, decades
from desktop.lesson.speed.task_bars import TaskBars
from desktop.widgets.panels.page import Page
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.text.spoken_changes import SpokenChanges
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled
from engine.lesson.speed import ROUNDS, Timing
from engine.lesson.speed_tasks import TASKS, Way, cpu_ways

_INVITATION = "Press Measure. It takes a few seconds, during which nothing else should be running."
# Of the loop's time; below it the figures say as much about other programs.
_QUIET = 0.9
_STOPPED = "Stopped. The figures are those measured so far."


class SpeedPage(Page):
    """Shows a measurement; it makes none itself.

    Attributes:
        bars: One part for each task.
        measure_button: Begins, or stops.

    Signals:
        measure_requested: A measurement is to begin.
        stop_requested: It is to end; nobody may be looking any more.
        measured: All timings of a measurement that was not stopped, as a list.
    """

    measure_requested = Signal()
    stop_requested = Signal()
    measured = Signal(list)

    def __init__(self) -> None:
        super().__init__("speed")
        self._is_measuring = False
        self._blocked_by = ""
        # What is said while nothing is measured and nothing is in the way.
        self._resting = _INVITATION
        self.measure_button = QPushButton("Measure")
        self.measure_button.setObjectName("primary")
        self._state = PlainLabel(_INVITATION)
        self._state.setWordWrap(True)
        self._state.setFont(tabular(self._state.font()))
        self._state.setAccessibleName("State of the measurement")
        self._state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._spoken = SpokenChanges(self._state)
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        row.addWidget(self.measure_button)
        row.addWidget(self._state, 1)
        self.column.addLayout(row)
        self.bars = {task: TaskBars(task) for task in TASKS}
        self.column.setSpacing(scaled(16))
        for bars in self.bars.values():
            self.column.addWidget(bars)
        self.column.addStretch(1)
        self.measure_button.clicked.connect(self._on_measure_clicked)
        self.set_ways(cpu_ways())

    @property
    def state(self) -> str:
        """What the line beside the button says."""
        return self._state.text()

    @property
    def timings(self) -> list[Timing]:
        """What is known, task by task."""
        return [timing for bars in self.bars.values() for timing in bars.timings]

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        for bars in self.bars.values():
            bars.set_colours(colours)

    def set_ways(self, ways: tuple[Way, ...]) -> None:
        """Forget what was measured, and show these ways."""
        for bars in self.bars.values():
            bars.set_ways(ways)
            bars.show_timings(USUAL)

    def set_measuring(self, is_measuring: bool) -> None:
        """Whether a measurement is under way."""
        self._is_measuring = is_measuring
        self.measure_button.setText("Stop" if is_measuring else "Measure")
        if is_measuring:
            self.show_state("Seeing what there is to measure…")

    def set_blocked(self, sentence: str) -> None:
        """Say why nothing can be measured for now; an empty sentence allows it again."""
        was_blocked, self._blocked_by = bool(self._blocked_by), sentence
        self.measure_button.setEnabled(not sentence)
        if sentence or was_blocked:
            self.show_state(sentence or self._resting)

    def show_state(self, sentence: str) -> None:
        """Say what is being done, or what went wrong."""
        self._state.setText(sentence)
        self._spoken.announce(sentence)

    def show_timings(self, timings: Sequence[Timing]) -> None:
        """One more round is done."""
        for timing in timings:
            self.bars[timing.task].add_timing(timing)
        scale = decades([each.rate for each in self.timings if not each.fault])
        for bars in self.bars.values():
            bars.show_timings(scale)
        if not self._blocked_by:
            self.show_state(f"Round {timings[0].round} of {ROUNDS} is done…")

    def show_end(self, was_stopped: bool, failure: str = "") -> None:
        """Nothing more comes: it was stopped, or it failed, as a sentence says, or all is done."""
        self._resting = failure or (_summary(self.timings) if not was_stopped else _INVITATION)
        if was_stopped and self.timings:
            self._resting = _STOPPED
        if not self._blocked_by:
            self.show_state(self._resting)
        if not failure and not was_stopped:
            self.measured.emit(self.timings)

    def _on_measure_clicked(self) -> None:
        if self._is_measuring:
            self.stop_requested.emit()
        else:
            self.measure_requested.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: stop."""
        super().hideEvent(event)
        self.stop_requested.emit()


def _summary(timings: list[Timing]) -> str:
    """How it was measured, and that all results are the same; faults are told in their rows."""
    largest = max((each.difference for each in timings if not each.fault), default=0.0)
    said = "All results are the same."
    if largest > 0:
        digits = math.floor(-math.log10(largest))
        said = f"All results agree in their first {digits} digits; the rest is rounding."
    if any(each.work_share < _QUIET for each in timings):
        said += " Other programs kept the processor busy meanwhile: measure again when it is quiet."
    return f"Medians of {ROUNDS} rounds. {said}"
