"""Runs page: the table of all runs, what can be done with them, and their curves."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.runs.comparison_plot import ComparisonPlot
from desktop.runs.run_notice import RunNotice
from desktop.runs.runs_model import RunsModel
from desktop.runs.runs_table import RunsTable
from desktop.runs.search_row import is_search
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

_KEYS = (
    "Keys: Space ticks, S sorts by the column, F2 renames, Ctrl+Z undoes a deletion, → opens a search and ← "
    "closes it."
)


class RunsPage(Page):
    """Shows what it is given. It knows nothing of the store.

    Attributes:
        model: The runs.
        table: They are shown in.
        plot: The curves of those that are compared.
        notice: One sentence on what was done with them.

    Signals:
        reading_requested: Number of a run whose network is to read.
        settings_requested: Number of a run whose settings are to go into the training panel.
        saving_requested: Number of a run whose network is to be written to a file.
        deletion_requested: Numbers of runs, and of rows of searches.
        undo_requested: What was deleted last is wanted back.
        shown_changed: Whether the page can be seen now.
    """

    reading_requested = Signal(int)
    settings_requested = Signal(int)
    saving_requested = Signal(int)
    deletion_requested = Signal(list)
    undo_requested = Signal()
    shown_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("runs", parent)
        self.model = RunsModel(self)
        self.table = RunsTable(self.model)
        self.plot = ComparisonPlot()
        self.notice = RunNotice()
        self._empty = muted_label()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._details = muted_label()
        self._details.setFont(tabular(self.font(), 0.9))
        self._details.setWordWrap(True)
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details.setAccessibleName("Details of the run")
        keys = muted_label(_KEYS)
        keys.setFont(tabular(self.font(), 0.85))
        keys.setWordWrap(True)
        self._buttons = self._make_buttons()
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(scaled(8))
        body.addWidget(self._buttons)
        body.addWidget(self.table, 5)
        body.addWidget(self._details)
        body.addWidget(self.plot, 4)
        body.addWidget(keys)
        self.column.addWidget(self.notice)
        self.column.addWidget(self._body, 1)
        self.column.addWidget(self._empty, 1)
        self.table.current_changed.connect(self._on_current_changed)
        self.table.undo_requested.connect(self.undo_requested)
        self.notice.undo_requested.connect(self.undo_requested)
        self.table.doubleClicked.connect(self._on_double_clicked)
        self.model.dataChanged.connect(self._on_data_changed)
        self.model.comparison_refused.connect(self.show_notice)
        self.setFocusProxy(self.table)
        self.show_empty("Looking for the runs…")
        self._show_details()

    def _make_buttons(self) -> QWidget:
        table, key = self.table, Qt.Key
        self._read = table.add_action("Use it", "Use the network of this run", key.Key_Return, key.Key_Enter)
        use = table.add_action(
            "Use its settings", "Fill the training panel with the settings of this run", key.Key_U
        )
        save = table.add_action("Save as…", "Save the network of this run to a file", key.Key_W)
        rename = table.add_action("Rename", "Rename the run", key.Key_F2)
        delete = table.add_action("Delete", "Delete the selected runs; can be undone", key.Key_Delete)
        compare = table.add_action("Compare", "Overlay the curve of this run on the others", key.Key_Space)
        sort = table.add_action("Sort by this column", "Sort; again to reverse the order", key.Key_S)
        for action, signal in (
            (self._read, self.reading_requested),
            (use, self.settings_requested),
            (save, self.saving_requested),
        ):
            action.triggered.connect(lambda _checked=False, signal=signal: self._ask(signal))
        rename.triggered.connect(table.rename_current)
        delete.triggered.connect(self._on_delete)
        compare.triggered.connect(self._on_compare)
        sort.triggered.connect(table.sort_by_current_column)
        self._of_one = (self._read, use, save, delete, compare)
        self._rename = rename
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(6))
        for action in (self._read, use, save, rename, delete):
            row.addWidget(_button(action))
        row.addStretch()
        return buttons

    @property
    def empty_words(self) -> str:
        """What is said in place of runs; empty where there are some."""
        return "" if self._empty.isHidden() else self._empty.text()

    @property
    def details(self) -> str:
        """What is said of the current run."""
        return self._details.text()

    def show_notice(self, sentence: str, can_undo: bool = False, stays: bool = True) -> None:
        """Say one sentence above the table, and offer to undo it; one that need not stay goes by itself."""
        self.notice.show_notice(sentence, can_undo, stays)

    def show_empty(self, sentence: str) -> None:
        """Say something in place of the table, or show that."""
        self._empty.setText(sentence)
        self._empty.setVisible(bool(sentence))
        self._body.setVisible(not sentence)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self.model.set_colours(colours, self.devicePixelRatioF())
        self.plot.set_colours(colours)

    def _ask(self, signal: Signal) -> None:
        if self.table.current is not None:
            signal.emit(self.table.current)  # type: ignore[attr-defined]

    def _on_delete(self) -> None:
        if self.table.selected:
            self.deletion_requested.emit(self.table.selected)

    def _on_compare(self) -> None:
        """Of a search, the best is compared, where it is seen."""
        current = self.table.current
        run = None if current is None else self.model.run(current)
        if current is not None and run is not None:
            if current < 0:
                self.table.set_open(current, is_open=True)
            self.model.toggle_compared(run.id)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        """A search opens; a run reads."""
        row = self.model.run_at(index.row())
        if is_search(row):
            self.table.toggle_open(row.id)
        else:
            self._read.trigger()

    def _on_current_changed(self, _number: int | None) -> None:
        self._show_details()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.table.currentIndex().row() <= last.row():
            self._show_details()

    def _show_details(self) -> None:
        current = self.table.current
        self._details.setText("" if current is None else self.model.details(current))
        for action in self._of_one:
            action.setEnabled(current is not None)
        # What a search is called, its trials say.
        self._rename.setEnabled(current is not None and current >= 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell."""
        super().showEvent(event)
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell."""
        super().hideEvent(event)
        self.shown_changed.emit(False)


def _button(action: QAction) -> QPushButton:
    """Does what the action does, and is enabled as it is."""
    button = QPushButton(action.text())
    button.setObjectName("small")
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button
