"""Task bars: all ways of one task below each other, over one scale."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.lesson.speed.bar import Decades, SpeedScale
from desktop.lesson.speed.text import reason, task_text, times_text, title
from desktop.lesson.speed.way_row import WayRow
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins
from engine.lesson.speed import Timing
from engine.lesson.speed_tasks import Method, Task, Way
from engine.lesson.speed_ways import source_lines


class TaskBars(QWidget):
    """What is computed, a row for each way, and the scale.

    Attributes:
        rows: By way, the slowest first.
    """

    def __init__(self, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task = task
        self._colours = LIGHT
        self._timings: dict[Way, Timing] = {}
        self.rows: dict[Way, WayRow] = {}
        heading = PlainLabel(task.title)
        heading.setFont(tabular(heading.font(), 1.1, QFont.Weight.DemiBold))
        what = muted_label(task_text(task))
        what.setWordWrap(True)
        what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(scaled(12))
        self._ways.setContentsMargins(scaled_margins(0, 4, 0, 4))
        self._scale = SpeedScale()
        caption = muted_label("multiplications and additions a second, logarithmic scale")
        caption.setFont(tabular(caption.font(), 0.85))
        caption.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        column.addWidget(heading)
        column.addWidget(what)
        column.addLayout(self._ways)
        column.addWidget(self._scale)
        column.addWidget(caption)

    @property
    def timings(self) -> list[Timing]:
        """What is known, in the order of the rows."""
        return [self._timings[way] for way in self.rows if way in self._timings]

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._scale.set_colours(colours)
        for row in self.rows.values():
            row.set_colours(colours)

    def set_ways(self, ways: tuple[Way, ...]) -> None:
        """Forget what was measured, and have a row for each of these."""
        self._timings = {}
        for way in [each for each in self.rows if each not in ways]:
            row = self.rows.pop(way)
            self._ways.removeWidget(row)
            row.deleteLater()
        for place, way in enumerate(ways):
            if way not in self.rows:
                code = source_lines(self._task.functions[way.method])
                tint = "weak" if way.method is Method.LOOP else "accent"
                self.rows[way] = WayRow(title(way), self._task.title, tint, code)
                self.rows[way].set_colours(self._colours)
                self._ways.insertWidget(place, self.rows[way])
        self.rows = {way: self.rows[way] for way in ways}

    def add_timing(self, timing: Timing) -> None:
        """Know more of a way."""
        self._timings[timing.way] = timing

    def show_timings(self, scale: Decades) -> None:
        """Show what is known, on a scale."""
        self._scale.set_scale(scale)
        one = next(
            (
                each
                for way, each in self._timings.items()
                if way.method is Method.OPERATOR and way.threads == 1 and not way.is_on_gpu
            ),
            None,
        )
        for way, row in self.rows.items():
            timing = self._timings.get(way)
            is_fault = timing is not None and bool(timing.fault)
            row.show_timing(
                times_text(timing) if timing else "",
                reason(self._task, way, timing, one),
                timing.rate if timing and not is_fault else None,
                scale,
                is_fault,
            )
