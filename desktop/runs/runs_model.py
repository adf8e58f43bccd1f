"""Runs model: the rows of the table, kept in order, and which of them are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from desktop.runs import run_text
from desktop.runs.number_rows import alignment, arranged, rearrange
from desktop.runs.run_columns import COLUMNS, NAME, USUAL, place_of
from desktop.runs.run_styles import MOST_COMPARED, run_sample
from desktop.widgets.plain_text import tool_tip
from desktop.widgets.theme import LIGHT, Colours
from engine.plain_text import plain_name

if TYPE_CHECKING:
    from engine.store.run import Run

AnyIndex = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()


class RunsModel(QAbstractTableModel):
    """Shows what it is given. What is selected stays so, whatever comes, goes or is sorted.

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
        self._runs: list[Run] = []
        self._rows: dict[int, int] = {}
        self._styles: dict[int, int] = {}
        self._column, self._order = place_of(USUAL), Qt.SortOrder.DescendingOrder

    @property
    def runs(self) -> list[Run]:
        """In the order shown."""
        return list(self._runs)

    @property
    def compared(self) -> dict[int, int]:
        """Numbers of the runs that are compared, in the order of asking, and the style of each."""
        return dict(self._styles)

    def run_at(self, row: int) -> Run:
        """The run of a row."""
        return self._runs[row]

    def run(self, number: int) -> Run | None:
        """The run of a number, if it is here."""
        row = self._rows.get(number)
        return None if row is None else self._runs[row]

    def row_of(self, number: int) -> int | None:
        """The row of a run, if it is here."""
        return self._rows.get(number)

    def set_colours(self, colours: Colours, ratio: float) -> None:
        """Paint with the colours of another appearance, on a screen with so many pixels to a point."""
        self._colours, self._ratio = colours, ratio
        self._emit_changed(0, len(self._runs) - 1)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """These are all there are."""
        wanted = {run.id for run in runs}
        self.remove([run.id for run in self._runs if run.id not in wanted])
        self._take_in(runs)
        self._arrange()

    def update_runs(self, runs: Sequence[Run]) -> None:
        """These came, or changed. Rows stay where they are unless one came or ended."""
        known = {run.id: run.state for run in self._runs}
        self._take_in(runs)
        if any(known.get(run.id) != run.state for run in runs):
            self._arrange()

    def remove(self, numbers: Sequence[int]) -> None:
        """These are gone."""
        gone = set(numbers)
        for row in range(len(self._runs) - 1, -1, -1):
            if self._runs[row].id in gone:
                self.beginRemoveRows(_NO_INDEX, row, row)
                del self._runs[row]
                self._count_rows()
                self.endRemoveRows()
        if gone & self._styles.keys():
            self._styles = {run: style for run, style in self._styles.items() if run not in gone}
            self.compared_changed.emit()

    def rename(self, number: int, name: str) -> None:
        """Show another name."""
        row = self._rows.get(number)
        if row is not None:
            self._runs[row] = replace(self._runs[row], name=name)
            self._emit_changed(row, row)

    def toggle_compared(self, number: int) -> None:
        """Compare a run, or no longer."""
        row = self._rows.get(number)
        if row is None:
            return
        if number in self._styles:
            del self._styles[number]
        elif len(self._styles) < MOST_COMPARED:
            self._styles[number] = min(set(range(MOST_COMPARED)) - set(self._styles.values()))
        else:
            self.comparison_refused.emit(f"{MOST_COMPARED} runs at most can be told apart. Untick one first.")
            return
        self._emit_changed(row, row)
        self.compared_changed.emit()

    # Qt asks.

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Runs."""
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """A name can be edited, and ticked to compare its run."""
        flags = super().flags(index)
        if index.column() == NAME:
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
        run, column = self._runs[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return column.text(run)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column.is_number)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(f"{plain_name(run.name)}\n{run_text.details(run, datetime.now().astimezone())}")
        if role == Qt.ItemDataRole.ForegroundRole and column.key == "state":
            is_bad = run.state in run_text.ENDED_BADLY
            return QColor(self._colours.warning if is_bad else self._colours.text)
        if index.column() == NAME:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if run.id in self._styles else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.DecorationRole and run.id in self._styles:
                return run_sample(self._styles[run.id], self._colours, self._ratio)
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A name was written, or a tick set."""
        run = self._runs[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            self.toggle_compared(run.id)
            return True
        if role == Qt.ItemDataRole.EditRole and str(value) != run.name:
            self.rename_requested.emit(run.id, str(value))
        return role == Qt.ItemDataRole.EditRole

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what has no value comes last either way."""
        self._column, self._order = column, order
        self._arrange()

    def _take_in(self, runs: Sequence[Run]) -> None:
        new = []
        for run in runs:
            row = self._rows.get(run.id)
            if row is None:
                new.append(run)
            elif self._runs[row] != run:
                self._runs[row] = run
                self._emit_changed(row, row)
        if new:
            first = len(self._runs)
            self.beginInsertRows(_NO_INDEX, first, first + len(new) - 1)
            self._runs += new
            self._count_rows()
            self.endInsertRows()

    def _arrange(self) -> None:
        newest_first = sorted(self._runs, key=lambda run: (run.created, run.id), reverse=True)
        wanted = arranged(newest_first, COLUMNS[self._column].value, self._order)
        if [run.id for run in wanted] == [run.id for run in self._runs]:
            return

        def arrange() -> None:
            self._runs = wanted
            self._count_rows()

        rearrange(self, lambda row: self._runs[row].id, lambda number: self._rows[number], arrange)

    def _count_rows(self) -> None:
        self._rows = {run.id: row for row, run in enumerate(self._runs)}

    def _emit_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))
