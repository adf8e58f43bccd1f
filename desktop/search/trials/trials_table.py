"""Trials table: rows to go through, tick and sort, with the mouse or without."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.runs.number_rows import set_up
from desktop.runs.run_styles import SAMPLE
from desktop.search.trials.trial_columns import NUMBER
from desktop.search.trials.trials_model import TrialsModel
from desktop.widgets.zoom.lengths import scaled, scaled_size

_LEAST_ROWS = 6
_PADDING = 22
"""Pixels, at 100 %, of a column beside its text."""


class TrialsTable(QTableView):
    """Rows to go through, tick and sort, with the mouse or without.

    Signals:
        current_changed: Number of the trial that the keys are at.
        reading_requested: The trial that the keys are at is to read the pad.
    """

    current_changed = Signal(int)
    reading_requested = Signal()

    def __init__(self, model: TrialsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        set_up(self, "Trials", model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        # First: what begins to sort begins with what the arrow says.
        self.show_order()
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        model.modelReset.connect(self.show_order)
        model.modelReset.connect(self.fit_columns)
        self.fit_columns()

    @property
    def current(self) -> int | None:
        """The trial that the keys are at."""
        index = self.currentIndex()
        return self._model.number_at(index.row()) if index.isValid() else None

    def choose(self, number: int) -> None:
        """Go to a trial."""
        row = self._model.row_of(number)
        if row is not None and number != self.current:
            index = self._model.index(row, max(0, self.currentIndex().column()))
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def show_order(self) -> None:
        """The arrow stands where the model sorts by."""
        self.horizontalHeader().setSortIndicator(*self._model.order)

    def fit_columns(self) -> None:
        """Give each column the room that its texts need."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + scaled(12))
        for place, title in enumerate(self._model.titles):
            texts = [str(self._model.index(row, place).data() or "") for row in range(self._rows_to_fit)]
            widest = max(map(metrics.horizontalAdvance, texts), default=0)
            # A tick and a piece of the line stand beside the number.
            beside = scaled(28) + scaled_size(*SAMPLE).width() if place == NUMBER else 0
            # The arrow of the order stands beside the title.
            width = max(widest + beside, metrics.horizontalAdvance(title) + scaled(16))
            self.setColumnWidth(place, max(self.columnWidth(place) if texts else 0, width + scaled(_PADDING)))
        header = self.horizontalHeader()
        self.setMinimumHeight(
            header.sizeHint().height() + _LEAST_ROWS * self.verticalHeader().defaultSectionSize()
        )

    @property
    def _rows_to_fit(self) -> int:
        return min(20, self._model.rowCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, S sorts, Enter reads."""
        number = self.current
        if event.key() == Qt.Key.Key_Space and number is not None:
            self._model.toggle_compared(number)
        elif event.key() == Qt.Key.Key_S:
            self._sort_by_current_column()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and number is not None:
            self.reading_requested.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Letters are keys of the table."""

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.model() is not None:
            self.fit_columns()

    def _sort_by_current_column(self) -> None:
        place = max(0, self.currentIndex().column())
        section, order = self._model.order
        is_descending = self._model.is_first_descending(place)
        if section == place:
            is_descending = order == Qt.SortOrder.AscendingOrder
        wanted = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.sortByColumn(place, wanted)

    def _on_current_row_changed(self, current: QModelIndex, _former: QModelIndex) -> None:
        if current.isValid():
            self.current_changed.emit(self._model.number_at(current.row()))
