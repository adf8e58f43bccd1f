"""Trials page: the table of all trials, and what can be done with its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.search.search_page import NOTHING_YET, UNDER_WAY_YET, SearchPage
from desktop.search.trials.trials_model import TrialsModel
from desktop.search.trials.trials_table import TrialsTable
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from desktop.search.search_record import SearchRecord

_KEYS = "Keys: Space ticks, S sorts by the column, Enter reads with the trial."


class TrialsPage(SearchPage):
    """The table, and what can be done with its rows; what is done with one trial stands below all pages.

    Attributes:
        model: The trials.
        table: They are shown in.

    Signals:
        comparison_requested: The curves of the trials that are ticked are to be seen.
        reading_requested: The trial that the keys are at is to read the pad.
    """

    comparison_requested = Signal()
    reading_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.model = TrialsModel(self)
        self.table = TrialsTable(self.model)
        self.compare_button = QPushButton("Compare curves")
        self.compare_button.setObjectName("small")
        self.compare_button.setToolTip("Tick trials in the table, then see their curves")
        self.compare_button.clicked.connect(self._on_compare)
        self._keys = muted_label(_KEYS)
        self._keys.setFont(tabular(self.font(), 0.85))
        self._keys.setWordWrap(True)
        self._empty = muted_label(NOTHING_YET)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.compare_button)
        row.addStretch()
        self.column.setSpacing(scaled(8))
        for widget, stretch in ((self._buttons, 0), (self.table, 1), (self._keys, 0), (self._empty, 1)):
            self.column.addWidget(widget, stretch)
        self.table.current_changed.connect(self.trial_chosen)
        self.table.reading_requested.connect(self.reading_requested)
        self.table.doubleClicked.connect(lambda _index: self.reading_requested.emit())
        self.show_search(None, None)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self.model.set_colours(colours, self.devicePixelRatioF())

    def show_search(self, record: SearchRecord | None, chosen: int | None) -> None:
        """Show what is known of a search, and mark the chosen trial."""
        before = self.model.rowCount()
        self.model.show_search(record)
        if self.model.rowCount() != before:
            self.table.fit_columns()
        has_any = self.model.rowCount() > 0
        for widget in (self._buttons, self.table, self._keys):
            widget.setVisible(has_any)
        self._empty.setVisible(not has_any)
        self._empty.setText(NOTHING_YET if record is None or record.ended is not None else UNDER_WAY_YET)
        if chosen is not None:
            self.table.choose(chosen)

    def _on_compare(self) -> None:
        """Without any tick, the current trial is compared with the best ones."""
        if not self.model.compared and self.table.current is not None:
            self.model.toggle_compared(self.table.current)
        self.comparison_requested.emit()
