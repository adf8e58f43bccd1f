"""Runs model: the rows of the table, kept in order, and which of them are compared."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from desktop.runs import run_text, search_row
from desktop.runs.disclosure import INDENT_ROLE, disclosure_icon
from desktop.runs.number_rows import alignment, rearrange
from desktop.runs.run_columns import COLUMNS, NAME, USUAL, place_of
from desktop.runs.run_rows import RunRows
from desktop.runs.run_styles import MOST_COMPARED, run_sample
from desktop.runs.search_row import is_search, is_trial, row_number
from desktop.widgets.text.plain_text import tool_tip
from desktop.widgets.theme import LIGHT, Colours
from engine.plain_text import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.store.run import Run

AnyIndex = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()


class RunsModel(QAbstractTableModel):
    """Shows what it is given. What is selected stays so, whatever comes, goes or is sorted.

    The trials of a search are one row, whose number is below zero; open, they follow it.

    Signals:
        rename_requested: Number of a run, and the name that was written.
        compared_changed: Other runs are compared.
        comparison_refused: One sentence.
    """

    rename_requested = Signal(int, str)
    compared_changed = Signal()
    comparison_refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._ratio = 1.0
        self._all = RunRows()
        self._shown: list[Run] = []
        self._rows: dict[int, int] = {}
        self._styles: dict[int, int] = {}
        self._column, self._order = place_of(USUAL), Qt.SortOrder.DescendingOrder

    @property
    def runs(self) -> list[Run]:
        """The rows in the order shown."""
        return list(self._shown)

    @property
    def compared(self) -> dict[int, int]:
        """Numbers of the runs that are compared, in the order of asking, and the style of each."""
        return dict(self._styles)

    def run_at(self, row: int) -> Run:
        """The run of a row, or what stands there for a search."""
        return self._shown[row]

    def run(self, number: int) -> Run | None:
        """The run of a number, if it is here; of a search's row, the best of its trials."""
        return self._all.run(number)

    def trials(self, number: int) -> list[Run]:
        """The runs that a search's row stands for."""
        return self._all.trials(number)

    def numbers(self, rows: Sequence[int]) -> list[int]:
        """The numbers of the runs that some rows stand for."""
        return self._all.numbers(rows)

    def row_of(self, number: int) -> int | None:
        """The row of a run, if it is here; of a trial that is not shown, that of its search."""
        row = self._rows.get(number)
        run = self._all.runs.get(number) if row is None else None
        return row if run is None or run.search is None else self._rows.get(row_number(run.search))

    def details(self, number: int) -> str:
        """All that is known of a row."""
        run, now = self.run(number), datetime.now().astimezone()
        if run is None:
            return ""
        if number < 0:
            return search_row.details(self.trials(number), now)
        return run_text.details(run, now)

    def is_open(self, number: int) -> bool:
        """Whether the trials of a search are shown below its row."""
        return self._all.is_open(number)

    def set_open(self, number: int, is_open: bool) -> None:
        """Show the trials of a search below its row, or that row alone."""
        self._all.set_open(number, is_open)
        self._refresh()
        row = self._rows.get(number)
        if row is not None:
            self._emit_changed(row, row)

    def set_colours(self, colours: Colours, ratio: float) -> None:
        """Paint with the colours of another appearance, on a screen with so many pixels to a point."""
        self._colours, self._ratio = colours, ratio
        self._emit_changed(0, len(self._shown) - 1)

    def set_search_states(self, states: Mapping[int, str]) -> None:
        """How searches ended, by their numbers."""
        if self._all.set_states(states):
            self._refresh()

    def set_runs(self, runs: Sequence[Run]) -> None:
        """These are all there are."""
        self._all.runs = {run.id: run for run in runs}
        self._refresh()
        self._compare_no_longer(self._styles.keys() - self._all.runs.keys())

    def update_runs(self, runs: Sequence[Run]) -> None:
        """These came, or changed. Rows stay where they are unless one came or ended."""
        known = self._all.runs
        new = [run for run in runs if known.get(run.id) != run]
        is_otherwise = any(run.id not in known or known[run.id].state != run.state for run in new)
        known.update((run.id, run) for run in new)
        if new:
            self._refresh(is_otherwise)

    def remove(self, numbers: Sequence[int]) -> None:
        """These are gone."""
        for number in numbers:
            self._all.runs.pop(number, None)
        self._refresh()
        self._compare_no_longer(self._styles.keys() & set(numbers))

    def rename(self, number: int, name: str) -> None:
        """Show another name."""
        run = self._all.runs.get(number)
        if run is not None:
            self._all.runs[number] = replace(run, name=name)
            self._refresh(arranges=False)

    def toggle_compared(self, number: int) -> None:
        """Compare a run, or no longer."""
        if number not in self._all.runs:
            return
        if number in self._styles:
            del self._styles[number]
        elif len(self._styles) < MOST_COMPARED:
            self._styles[number] = min(set(range(MOST_COMPARED)) - set(self._styles.values()))
        else:
            self.comparison_refused.emit(f"{MOST_COMPARED} runs at most can be told apart. Untick one first.")
            return
        row = self._rows.get(number)
        if row is not None:
            self._emit_changed(row, row)
        self.compared_changed.emit()

    # Qt asks.

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Runs."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """A name can be edited, and ticked to compare its run."""
        flags = super().flags(index)
        if index.column() == NAME and not is_search(self._shown[index.row()]):
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles of columns."""
        if orientation == Qt.Orientation.Horizontal:
            column = COLUMNS[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return column.title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return alignment(column.is_number)
            if role == Qt.ItemDataRole.ToolTipRole:
                tip = f"{column.tip}. " if column.tip else ""
                return f"{tip}Click to sort, or press S in this column; again to reverse the order."
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        run, column = self._shown[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return column.text(run)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column.is_number)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(f"{plain_name(run.name)}\n{self.details(run.id)}")
        if role == Qt.ItemDataRole.ForegroundRole and column.key == "state":
            is_bad = run.state in run_text.ENDED_BADLY
            return QColor(self._colours.warning if is_bad else self._colours.text)
        return self._name_data(run, role) if index.column() == NAME else None

    def _name_data(self, run: Run, role: int) -> Any:
        """What stands beside a name: a tick and a piece of the line, or the triangle of a search."""
        if role == INDENT_ROLE:
            return is_trial(run)
        if is_search(run):
            is_open = self.is_open(run.id)
            if role == Qt.ItemDataRole.DecorationRole:
                return disclosure_icon(is_open, self._colours, self._ratio)
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return f"{run.name}, {'open' if is_open else 'closed'}"
        elif role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if run.id in self._styles else Qt.CheckState.Unchecked
        elif role == Qt.ItemDataRole.DecorationRole and run.id in self._styles:
            return run_sample(self._styles[run.id], self._colours, self._ratio)
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A name was written, or a tick set."""
        run = self._shown[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            self.toggle_compared(run.id)
            return True
        if role == Qt.ItemDataRole.EditRole and str(value) != run.name:
            self.rename_requested.emit(run.id, str(value))
        return role == Qt.ItemDataRole.EditRole

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what has no value comes last either way."""
        self._column, self._order = column, order
        self._refresh()

    def _refresh(self, arranges: bool = True) -> None:
        """Show the rows that the runs make now; where they are not arranged, new ones come last."""
        wanted = self._all.rows(COLUMNS[self._column].value, self._order)
        by_number = {row.id: row for row in wanted}
        self._remove_all_but(by_number.keys())
        for row, shown in enumerate(self._shown):
            if shown != by_number[shown.id]:
                self._shown[row] = by_number[shown.id]
                self._emit_changed(row, row)
        new = [row for row in wanted if row.id not in self._rows]
        if new:
            first = len(self._shown)
            self.beginInsertRows(_NO_INDEX, first, first + len(new) - 1)
            self._shown += new
            self._count_rows()
            self.endInsertRows()
        if arranges and [row.id for row in wanted] != [row.id for row in self._shown]:

            def arrange() -> None:
                self._shown = wanted
                self._count_rows()

            rearrange(self, lambda row: self._shown[row].id, lambda number: self._rows[number], arrange)

    def _remove_all_but(self, wanted: Set[int]) -> None:
        """Rows that lie together go together: each removal is laid out."""
        last = len(self._shown) - 1
        while last >= 0:
            first = last
            while first >= 0 and self._shown[first].id not in wanted:
                first -= 1
            if first < last:
                self.beginRemoveRows(_NO_INDEX, first + 1, last)
                del self._shown[first + 1 : last + 1]
                self._count_rows()
                self.endRemoveRows()
            last = first - 1

    def _compare_no_longer(self, numbers: Set[int]) -> None:
        if numbers:
            self._styles = {run: style for run, style in self._styles.items() if run not in numbers}
            self.compared_changed.emit()

    def _count_rows(self) -> None:
        self._rows = {run.id: row for row, run in enumerate(self._shown)}

    def _emit_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))
