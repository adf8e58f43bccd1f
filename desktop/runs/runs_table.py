"""Runs table: rows to go through, select, tick, rename and sort, with the mouse or without."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.runs.disclosure import NameDelegate, disclosure_width
from desktop.runs.number_rows import set_up
from desktop.runs.run_columns import COLUMNS, NAME, place_of
from desktop.runs.runs_model import RunsModel
from desktop.runs.search_row import is_search, row_number
from desktop.widgets.zoom.lengths import scaled

_LEAST_NAME_WIDTH = 264
_NAME_SHARE = 0.34
_LEAST_ROWS = 5
_PADDING = 26
"""Pixels, at 100 %, of a column beside its text."""
_WITH_MEANING = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class RunsTable(QTableView):
    """Its model is a `RunsModel`.

    Signals:
        current_changed: Number of the run that the keys are at, or None.
        undo_requested: What was deleted last is wanted back.
        order_changed: Key of the column sorted by, and whether descending.
    """

    current_changed = Signal(object)
    undo_requested = Signal()
    order_changed = Signal(str, bool)

    def __init__(self, model: RunsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        set_up(self, "Runs", model)
        self.setItemDelegateForColumn(NAME, NameDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fit_font()
        self.setSortingEnabled(True)
        header.sortIndicatorChanged.connect(self._on_order_changed)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        model.rowsRemoved.connect(self._on_rows_removed)

    def add_action(self, text: str, tip: str, *keys: Qt.Key) -> QAction:
        """An action with keys that hold in the table alone; its menu has it too."""
        action = QAction(text, self)
        sequences = [QKeySequence(key) for key in keys]
        action.setShortcuts(sequences)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if sequences:
            tip = f"{tip} ({sequences[0].toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(tip)
        self.addAction(action)
        return action

    @property
    def current(self) -> int | None:
        """The run, or the row of a search, that the keys are at."""
        index = self.currentIndex()
        return self._model.run_at(index.row()).id if index.isValid() else None

    @property
    def selected(self) -> list[int]:
        """The runs, and rows of searches, selected, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.run_at(row).id for row in rows]

    def choose(self, number: int) -> None:
        """Go to a run."""
        row = self._model.row_of(number)
        if row is not None:
            self._go_to(self._model.index(row, max(0, self.currentIndex().column())))

    def rename_current(self) -> None:
        """Write another name in place."""
        if self.currentIndex().isValid():
            index = self._model.index(self.currentIndex().row(), NAME)
            self._go_to(index)
            is_editing = self.state() == QAbstractItemView.State.EditingState
            if self._model.flags(index) & Qt.ItemFlag.ItemIsEditable and not is_editing:
                self.edit(index)

    def set_open(self, number: int, is_open: bool) -> None:
        """Show the trials of a search below its row, or that row alone."""
        current = self.current
        run = None if current is None or current < 0 else self._model.run(current)
        if not is_open and run is not None and run.search is not None and row_number(run.search) == number:
            self.choose(number)
        self._model.set_open(number, is_open)

    def toggle_open(self, number: int) -> None:
        """Show the trials of a search below its row, or no longer."""
        self.set_open(number, not self._model.is_open(number))

    def set_order(self, key: str, is_descending: bool) -> None:
        """Sort by a column."""
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.sortByColumn(place_of(key), order)

    def sort_by_current_column(self) -> None:
        """Sort by the column that the keys are in; turn the order round if that is so already."""
        place = max(0, self.currentIndex().column())
        header = self.horizontalHeader()
        is_descending = COLUMNS[place].is_first_descending
        if header.sortIndicatorSection() == place:
            is_descending = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        self.set_order(COLUMNS[place].key, is_descending)
        self.scrollTo(self.currentIndex())

    def event(self, event: QEvent) -> bool:
        """Undo is the table's while it has the keyboard; the window would undo a stroke."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo; in the column of names, arrows open and close a search, and lead from a trial to it."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif event.modifiers() & _WITH_MEANING or not self._open_by_key(event.key()):
            super().keyPressEvent(event)

    def _open_by_key(self, key: int) -> bool:
        """Whether the key has done something with a search."""
        index = self.currentIndex()
        if not index.isValid():
            return False
        row, is_first = self._model.run_at(index.row()), index.column() == NAME
        opens = key == Qt.Key.Key_Plus or (key == Qt.Key.Key_Right and is_first)
        closes = key == Qt.Key.Key_Minus or (key == Qt.Key.Key_Left and is_first)
        if row.search is None or not (opens or closes):
            return False
        if is_search(row) and self._model.is_open(row.id) != opens:
            self.set_open(row.id, opens)
            return True
        if not is_search(row) and closes:
            self.choose(row_number(row.search))
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the triangle of a search opens and closes it."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.column() == NAME:
            row = self._model.run_at(index.row())
            left = event.position().x() - self.visualRect(index).left()
            if is_search(row) and left < disclosure_width():
                self.toggle_open(row.id)

    def keyboardSearch(self, _text: str) -> None:
        """Letters are keys of the table."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        self._fit_name()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_font()
            self._fit_name()

    def _fit_font(self) -> None:
        header, rows, metrics = self.horizontalHeader(), self.verticalHeader(), self.fontMetrics()
        rows.setDefaultSectionSize(metrics.height() + scaled(12))
        for place, column in enumerate(COLUMNS):
            # The arrow of the order stands beside the title.
            title = metrics.horizontalAdvance(column.title) + scaled(16)
            self.setColumnWidth(
                place, max(metrics.horizontalAdvance(column.widest), title) + scaled(_PADDING)
            )
        least = header.sizeHint().height() + _LEAST_ROWS * rows.defaultSectionSize() + scaled(16)
        self.setMinimumHeight(least)

    def _fit_name(self) -> None:
        """Names take what the other columns leave, and a good part of the room at least."""
        width = self.viewport().width()
        others = sum(self.columnWidth(place) for place in range(1, len(COLUMNS)))
        least = scaled(_LEAST_NAME_WIDTH)
        self.setColumnWidth(NAME, max(least, round(width * _NAME_SHARE), width - others))

    def _go_to(self, index: QModelIndex) -> None:
        """Select that row alone, whatever key is held down meanwhile."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def _on_order_changed(self, section: int, order: Qt.SortOrder) -> None:
        self.order_changed.emit(COLUMNS[section].key, order == Qt.SortOrder.DescendingOrder)

    def _on_current_row_changed(self, _current: QModelIndex, _former: QModelIndex) -> None:
        self.current_changed.emit(self.current)

    def _on_rows_removed(self) -> None:
        """Where the current run went, the next one is current, and selected, so that keys go on with it."""
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.selectRow(self.currentIndex().row())
        self.current_changed.emit(self.current)
