"""Tricks panel: what makes the last level fast, trick by trick, and how much each gains on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.markdown_text import MarkdownText
from desktop.widgets.text.plain_text import PlainLabel

if TYPE_CHECKING:
    from engine.lesson.trick_steps import Trick
    from engine.lesson.tricks import TrickTime

_MEASURE, _STOP = "Measure on this machine", "Stop"
_HEADINGS = ("Trick", "µs a step", "s an epoch", "gain")
_UNKNOWN = "–"


class TricksPanel(QWidget):
    """A table with a row for each trick; figures come when they are measured.

    Signals:
        measure_requested: Measure now.
        stop_requested: That is enough.
    """

    measure_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_measuring = False
        self._blocked = ""
        self._rows: list[_TrickRow] = []
        self._button = QPushButton(_MEASURE)
        self._button.clicked.connect(self._on_clicked)
        self._state = muted_label()
        self._state.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(self._button)
        foot.addWidget(self._state, 1)
        frame = QFrame()
        frame.setObjectName("card")
        self._table = QGridLayout(frame)
        self._table.setHorizontalSpacing(self.fontMetrics().horizontalAdvance("00"))
        self._table.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(MarkdownText("tricks"))
        column.addLayout(foot)
        column.addWidget(frame)

    @property
    def is_measuring(self) -> bool:
        """Whether figures are on their way."""
        return self._is_measuring

    @property
    def state(self) -> str:
        """What is said beside the button."""
        return self._state.text()

    @property
    def figures(self) -> tuple[tuple[str, ...], ...]:
        """Title, and the figures as they are shown, of each row."""
        return tuple(row.texts for row in self._rows)

    def set_tricks(self, tricks: Sequence[Trick]) -> None:
        """Make the rows; done once."""
        for place, text in enumerate(_HEADINGS):
            heading = muted_label(text)
            self._table.addWidget(heading, 0, place, _side(place))
        for number, trick in enumerate(tricks, start=1):
            row = _TrickRow(trick)
            for place, cell in enumerate(row.cells):
                self._table.addWidget(cell, number, place, _side(place) if place else Qt.AlignmentFlag(0))
            self._rows.append(row)

    def show_times(self, times: Sequence[TrickTime]) -> None:
        """Show what is known so far, the first tricks first."""
        for row, time in zip(self._rows, times, strict=False):
            row.show_time(time)

    def show_state(self, text: str) -> None:
        """Say something beside the button."""
        self._state.setText(text)

    def set_measuring(self, is_measuring: bool) -> None:
        """Whether figures are on their way."""
        self._is_measuring = is_measuring
        self._button.setText(_STOP if is_measuring else _MEASURE)

    def set_blocked(self, reason: str) -> None:
        """Say why nothing can be measured now, or that it can, with an empty reason."""
        if reason or self._blocked:
            self._state.setText(reason)
        self._blocked = reason
        self._button.setEnabled(not reason)

    def _on_clicked(self) -> None:
        (self.stop_requested if self._is_measuring else self.measure_requested).emit()


class _TrickRow:
    """The widgets of one row."""

    def __init__(self, trick: Trick) -> None:
        self._title = trick.title
        name = QWidget()
        column = QVBoxLayout(name)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        title = PlainLabel(trick.title)
        title.setFont(tabular(title.font(), weight=QFont.Weight.DemiBold))
        text = MarkdownText(f"parts/trick-{trick.name}")
        text.setObjectName("muted")
        column.addWidget(title)
        column.addWidget(text)
        self._figures = [_figure(f"{trick.title}, {heading}") for heading in _HEADINGS[1:]]
        self.cells = (name, *self._figures)

    @property
    def texts(self) -> tuple[str, ...]:
        """Title and figures."""
        return (self._title, *(figure.text() for figure in self._figures))

    def show_time(self, time: TrickTime) -> None:
        """Show what was measured."""
        step, epoch, gain = self._figures
        step.setText(f"{1e6 * time.step_s:,.0f}")
        epoch.setText(f"{time.epoch_s:.2f}")
        gain.setText(f"×{time.gain:.2f}" if time.gain is not None else "")


def _figure(name: str) -> QLabel:
    figure = PlainLabel(_UNKNOWN)
    figure.setFont(tabular(figure.font()))
    figure.setAccessibleName(name)
    return figure


def _side(place: int) -> Qt.AlignmentFlag:
    """Names stand at the left, figures at the right, at the height of the first line."""
    side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignTop
