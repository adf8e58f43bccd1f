"""Gallery view: drawings beside each other; the mouse and the keyboard select, relabel and delete them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop.drawings.drawing_delegate import DrawingDelegate
from desktop.drawings.gallery_model import GalleryModel
from desktop.widgets.fields.class_keys import typed_character, typed_class
from desktop.widgets.theme import Colours
from engine.data.classes import DIGITS


class GalleryView(QListView):
    """Shows a `GalleryModel`. Arrow keys go through it; with Shift or Ctrl, several are selected.

    Signals:
        name_typed: The selected drawings are of this class, whose key was pressed.
        name_wanted: The selected drawings are of a class whose name begins so, or is to be asked for.
        deletion_requested: The selected drawings are to go.
        drawing_chosen: The row of the drawing that is to go on the pad.
    """

    name_typed = Signal(str)
    name_wanted = Signal(str)
    deletion_requested = Signal()
    drawing_chosen = Signal(int)

    def __init__(self, model: GalleryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = DrawingDelegate(self)
        self._names: Sequence[str] = DIGITS.names
        self.setAccessibleName("Drawings")
        self.setAccessibleDescription(
            "Arrow keys move through them; digits, letters, F2 relabel, Delete deletes, Enter puts one on "
            "the pad"
        )
        self.setObjectName("gallery")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(self._delegate)
        self._fit_columns()
        self.verticalScrollBar().setSingleStep(self.gridSize().height() // 4)
        self.setModel(model)
        self.doubleClicked.connect(lambda index: self.drawing_chosen.emit(index.row()))

    @property
    def selected_rows(self) -> list[int]:
        """Of the selected drawings, from the first to the last; else of the one where the keyboard is."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        current = self.currentIndex()
        return rows or ([current.row()] if current.isValid() else [])

    def set_names(self, names: Sequence[str]) -> None:
        """Names of classes whose keys relabel."""
        self._names = names

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._delegate.set_colours(colours)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for share the width."""
        self._fit_columns()
        super().resizeEvent(event)

    def _fit_columns(self) -> None:
        cell = self._delegate.cell(self.font())
        # A pixel less than there is: where the last column just fits, Qt gives it a row of its own.
        width = self.viewport().width() - 1
        columns = max(1, width // cell.width())
        wanted = QSize(max(cell.width(), width // columns), cell.height())
        if wanted != self.gridSize():
            self.setGridSize(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Relabel, delete, put on the pad; the rest goes through the drawings."""
        if (name := typed_class(event, self._names)) is not None:
            self.name_typed.emit(name)
        elif event.key() == Qt.Key.Key_F2 or (text := typed_character(event)):
            self.name_wanted.emit("" if event.key() == Qt.Key.Key_F2 else text)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deletion_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.drawing_chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
