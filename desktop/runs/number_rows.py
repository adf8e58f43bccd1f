"""Number rows: what tables of runs and of trials have in common, whose rows are known by numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from desktop.runs.run_styles import SAMPLE
from desktop.widgets.text.fonts import tabular
from desktop.widgets.zoom.lengths import scaled_size

Row = TypeVar("Row")


def arranged(rows: Sequence[Row], value: Callable[[Row], Any], order: Qt.SortOrder) -> list[Row]:
    """Rows by a value; those that are alike stay in their order, and those without one come last."""
    with_value = [row for row in rows if value(row) is not None]
    with_value.sort(key=value, reverse=order == Qt.SortOrder.DescendingOrder)
    return with_value + [row for row in rows if value(row) is None]


def rearrange(
    model: QAbstractTableModel,
    number_at: Callable[[int], int],
    row_of: Callable[[int], int],
    arrange: Callable[[], None],
) -> None:
    """Change the order of a model's rows; what views point at goes with its row.

    Args:
        model: Of the table.
        number_at: The number in a row.
        row_of: The row of a number that is there.
        arrange: Changes the order.
    """
    model.layoutAboutToBeChanged.emit()
    former = model.persistentIndexList()
    numbers = [number_at(index.row()) for index in former]
    arrange()
    moved = [
        model.index(row_of(number), index.column()) for number, index in zip(numbers, former, strict=True)
    ]
    model.changePersistentIndexList(former, moved)
    model.layoutChanged.emit()


def alignment(is_number: bool) -> Qt.AlignmentFlag:
    """Numbers stand below each other by their last digit."""
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def set_up(table: QTableView, name: str, model: QAbstractTableModel) -> None:
    """Whole rows are chosen, one piece of a line stands in each, and nothing wraps."""
    table.setObjectName("runs")
    table.setAccessibleName(name)
    table.setModel(model)
    table.setFont(tabular(table.font()))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setIconSize(scaled_size(*SAMPLE))
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setFont(table.font())
    # Rooms are shared by stretch alone, from the least height on.
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
