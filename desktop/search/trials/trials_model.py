"""Trials model: the rows of the table, kept in order, and which of them are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from desktop.runs.number_rows import alignment, arranged, rearrange
from desktop.runs.run_styles import MOST_COMPARED, run_sample
from desktop.search.search_text import trial_words
from desktop.search.trials.trial_columns import ACCURACY_COLUMN, LOSS_COLUMN, NUMBER, columns_of
from desktop.widgets.text.plain_text import tool_tip
from desktop.widgets.theme import LIGHT, Colours
from engine.training.run_states import FAILED

if TYPE_CHECKING:
    from desktop.search.search_record import SearchRecord
    from engine.search.events import TrialCompleted

AnyIndex = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()


class TrialsModel(QAbstractTableModel):
    """Shows the trials of one search. What is selected stays so, whatever comes or is sorted.

    Signals:
        compared_changed: Other trials are compared.
        comparison_refused: One sentence.
    """

    compared_changed = Signal()
    comparison_refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._ratio = 1.0
        self._record: SearchRecord | None = None
        self._columns = columns_of(None)
        self._trials: list[TrialCompleted] = []
        self._rows: dict[int, int] = {}
        self._styles: dict[int, int] = {}
        self._column, self._order = ACCURACY_COLUMN, Qt.SortOrder.DescendingOrder

    @property
    def numbers(self) -> list[int]:
        """Of the trials, in the order shown."""
        return [each.trial.number for each in self._trials]

    @property
    def titles(self) -> list[str]:
        """Of the columns."""
        return [column.title for column in self._columns]

    @property
    def order(self) -> tuple[int, Qt.SortOrder]:
        """The column that is sorted by."""
        return self._column, self._order

    @property
    def compared(self) -> dict[int, int]:
        """Numbers of the trials that are compared, in the order of asking, and the style of each."""
        return dict(self._styles)

    def number_at(self, row: int) -> int:
        """The trial of a row."""
        return self._trials[row].trial.number

    def row_of(self, number: int) -> int | None:
        """The row of a trial, if it is here."""
        return self._rows.get(number)

    def set_colours(self, colours: Colours, ratio: float) -> None:
        """Paint with the colours of another appearance, on a screen with so many pixels to a point."""
        self._colours, self._ratio = colours, ratio
        self._emit_changed(0, len(self._trials) - 1)

    def show_search(self, record: SearchRecord | None) -> None:
        """Show the trials of a search; of the same one as before, what came since."""
        if record is not self._record:
            self.beginResetModel()
            self._record = record
            self._columns = columns_of(None if record is None else record.plan)
            self._trials, self._rows = [], {}
            had_styles, self._styles = bool(self._styles), {}
            is_accuracy = record is None or record.is_accuracy
            self._column = ACCURACY_COLUMN if is_accuracy else LOSS_COLUMN
            self._order = Qt.SortOrder.DescendingOrder if is_accuracy else Qt.SortOrder.AscendingOrder
            self.endResetModel()
            if had_styles:
                self.compared_changed.emit()
        if record is None:
            return
        new = [each for number, each in record.trials.items() if number not in self._rows]
        if new:
            first = len(self._trials)
            self.beginInsertRows(_NO_INDEX, first, first + len(new) - 1)
            self._trials += new
            self._count_rows()
            self.endInsertRows()
            self._arrange()

    def toggle_compared(self, number: int) -> None:
        """Compare a trial, or no longer."""
        row = self._rows.get(number)
        if row is None:
            return
        if number in self._styles:
            del self._styles[number]
        elif len(self._styles) < MOST_COMPARED:
            self._styles[number] = min(set(range(MOST_COMPARED)) - set(self._styles.values()))
        else:
            self.comparison_refused.emit(
                f"{MOST_COMPARED} trials at most can be told apart. Untick one first."
            )
            return
        self._emit_changed(row, row)
        self.compared_changed.emit()

    # Qt asks.

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Trials."""
        return 0 if parent.isValid() else len(self._trials)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """A trial can be ticked to compare its curve."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == NUMBER else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles of columns."""
        if orientation == Qt.Orientation.Horizontal and section < len(self._columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return alignment(self._columns[section].is_number)
            if role == Qt.ItemDataRole.ToolTipRole:
                return "Click to sort, or press S in this column; again to reverse the order."
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        trial, column = self._trials[index.row()], self._columns[index.column()]
        number = trial.trial.number
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(trial)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column.is_number)
        if role == Qt.ItemDataRole.ToolTipRole and self._record is not None:
            return tool_tip(trial_words(trial, self._record))
        if role == Qt.ItemDataRole.ForegroundRole and column.title == "State":
            return QColor(self._colours.warning if trial.state == FAILED else self._colours.text)
        if index.column() == NUMBER:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if number in self._styles else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.DecorationRole and number in self._styles:
                return run_sample(self._styles[number], self._colours, self._ratio)
        return None

    def setData(self, index: AnyIndex, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A tick was set."""
        if role == Qt.ItemDataRole.CheckStateRole:
            self.toggle_compared(self.number_at(index.row()))
            return True
        return False

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what has no value comes last either way."""
        self._column, self._order = column, order
        self._arrange()

    def is_first_descending(self, column: int) -> bool:
        """Whether the largest comes first when a column is first sorted by."""
        return self._columns[column].is_first_descending

    def _arrange(self) -> None:
        if not 0 <= self._column < len(self._columns):
            return
        by_number = sorted(self._trials, key=lambda each: each.trial.number)
        wanted = arranged(by_number, self._columns[self._column].value, self._order)
        if [each.trial.number for each in wanted] == self.numbers:
            return

        def arrange() -> None:
            self._trials = wanted
            self._count_rows()

        rearrange(self, self.number_at, lambda number: self._rows[number], arrange)

    def _count_rows(self) -> None:
        self._rows = {each.trial.number: row for row, each in enumerate(self._trials)}

    def _emit_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))
