"""Gallery model: which drawings are shown, read from the store a page at a time as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.drawings.drawing_text import sentence
from desktop.widgets.text.plain_text import tool_tip
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from engine.store.drawings import Drawing, Drawings

PAGE = 50
"""Drawings that are read at once: some 5 ms."""
_MOST_PAGES = 20
# Where more pieces than these came or went, all of it is laid out anew.
_MOST_PIECES = 100

DRAWING_ROLE = Qt.ItemDataRole.UserRole


class GalleryModel(QAbstractListModel):
    """Knows the numbers of all drawings that are shown, newest first, and the drawings that were looked at.

    Signals:
        failed: One sentence on why drawings cannot be read.
    """

    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawings: Drawings | None = None
        self._label: str | None = None
        self._only_misread = False
        self._numbers: list[int] = []
        self._pages: OrderedDict[int, dict[int, Drawing]] = OrderedDict()

    @property
    def numbers(self) -> list[int]:
        """Of the drawings shown, in their order."""
        return self._numbers

    @property
    def is_connected(self) -> bool:
        """Whether there is a store to read from."""
        return self._drawings is not None

    def show_drawings(self, drawings: Drawings | None, label: str | None, only_misread: bool) -> None:
        """Show other drawings from the start.

        Args:
            drawings: Of the store, or None for none.
            label: Only those of this name.
            only_misread: Only those that the network named wrongly.
        """
        self._drawings, self._label, self._only_misread = drawings, label, only_misread
        wanted = self._wanted()
        self.beginResetModel()
        self._numbers = wanted
        self._pages.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Show what became of the drawings; what is still there keeps its place and is still selected."""
        wanted = self._wanted()
        self._pages.clear()
        if wanted == self._numbers:
            if wanted:
                self.dataChanged.emit(self.index(0), self.index(len(wanted) - 1))
            return
        old, new = set(self._numbers), set(wanted)
        gone = list(_pieces([number not in new for number in self._numbers]))
        come = list(_pieces([number not in old for number in wanted]))
        if len(gone) + len(come) > _MOST_PIECES:
            self.beginResetModel()
            self._numbers = wanted
            self.endResetModel()
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._numbers[first : last + 1]
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(QModelIndex(), first, last)
            self._numbers[first:first] = wanted[first : last + 1]
            self.endInsertRows()
        # A view that asked between two of these changes had its page read half-way. Labels may have changed.
        self._pages.clear()
        if wanted:
            self.dataChanged.emit(self.index(0), self.index(len(wanted) - 1))

    def drawing(self, row: int) -> Drawing | None:
        """The drawing in a row; None where it cannot be read."""
        page = row // PAGE
        if page not in self._pages:
            self._pages[page] = self._read(self._numbers[page * PAGE : (page + 1) * PAGE])
            if len(self._pages) > _MOST_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page].get(self._numbers[row])

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """All that are shown; none of them has any below it."""
        return 0 if parent is not None and parent.isValid() else len(self._numbers)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The drawing itself, and what is said of it."""
        if role == DRAWING_ROLE:
            return self.drawing(index.row())
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            drawing = self.drawing(index.row())
            words = "A drawing that cannot be read" if drawing is None else sentence(drawing)
            return tool_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def _wanted(self) -> list[int]:
        if self._drawings is None:
            return []
        try:
            return self._drawings.numbers(self._label, self._only_misread)
        except ScratchpadError as error:
            self.failed.emit(str(error))
            return list(self._numbers)

    def _read(self, numbers: list[int]) -> dict[int, Drawing]:
        if self._drawings is None:
            return {}
        try:
            return self._drawings.numbered(numbers)
        except ScratchpadError as error:
            self.failed.emit(str(error))
            return {}


def _pieces(chosen: list[bool]) -> Iterator[tuple[int, int]]:
    """First and last place of each piece of neighbours that are all chosen."""
    first = None
    for place, is_chosen in enumerate([*chosen, False]):
        if is_chosen and first is None:
            first = place
        elif not is_chosen and first is not None:
            yield first, place - 1
            first = None
