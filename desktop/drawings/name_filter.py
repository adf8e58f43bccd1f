"""Name filter: all drawings, or those of one name, with how many there are of each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets.fields.class_keys import typed_class
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import tool_tip
from desktop.widgets.zoom.lengths import scaled
from engine.data.class_names import in_order
from engine.data.classes import DIGITS

_ALL = ""
_LEAST_WIDTH, _NAMED_WIDTH = 30, 46
_SPACING = 2
# Beyond, the buttons scroll: below them are the drawings.
_ROWS_IN_SIGHT = 3


class NameFilter(QScrollArea):
    """Buttons of which one is chosen: for all drawings, each digit, and every other name that has drawings.

    The digits have a row; where there are other names, they go on in as many rows as are needed.

    Signals:
        chosen: A name, or None for all of them.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Which drawings are shown")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(lambda _: self.chosen.emit(self.name))
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setSpacing(scaled(_SPACING))
        column.addLayout(self._grid)
        column.addStretch()
        self.setWidget(room)
        self._buttons: dict[str, _FilterButton] = {}
        self._columns = 0
        self.set_counts({})
        self._buttons[_ALL].setChecked(True)
        self.setFocusProxy(self._buttons[_ALL])

    @property
    def name(self) -> str | None:
        """The name chosen; None for all of them."""
        chosen = self._group.checkedButton()
        return chosen.name or None if isinstance(chosen, _FilterButton) else None

    @property
    def names(self) -> list[str]:
        """Those that can be chosen, as they are listed."""
        return [name for name in self._buttons if name != _ALL]

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many drawings each name has; the one chosen stays, even if it has none any more."""
        wanted = [_ALL, *in_order({*DIGITS, *counts, *([self.name] if self.name else [])})]
        if wanted != list(self._buttons):
            self._set_names(wanted)
        for name, button in self._buttons.items():
            button.set_count(sum(counts.values()) if name == _ALL else counts.get(name, 0))

    def choose(self, name: str | None) -> None:
        """Show those of a name, or all."""
        self._buttons[_ALL if name is None else name].click()

    def _set_names(self, names: list[str]) -> None:
        former, self._buttons = self._buttons, {}
        for name in names:
            button = former.pop(name, None)
            if button is None:
                button = _FilterButton(name)
                self._group.addButton(button)
            self._buttons[name] = button
        for button in former.values():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._lay_out(anew=True)

    @property
    def _is_one_row(self) -> bool:
        return len(self._buttons) == 1 + len(DIGITS)

    def _lay_out(self, anew: bool = False) -> None:
        """As many columns as there is room for."""
        cell = scaled(_NAMED_WIDTH) + scaled(_SPACING)
        count, room = len(self._buttons), self.viewport().width() // cell
        columns = count if self._is_one_row else max(1, min(count, room))
        if columns == self._columns and not anew:
            return
        while self._grid.count():
            self._grid.takeAt(0)
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, column < columns)
        self._columns = columns
        for place, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, place // columns, place % columns)
        if self._is_one_row:
            self._grid.setColumnStretch(0, 2)
        self.updateGeometry()

    @property
    def _rows(self) -> int:
        return -(-len(self._buttons) // max(1, self._columns))

    def sizeHint(self) -> QSize:
        """Of some rows."""
        rows = min(_ROWS_IN_SIGHT, self._rows)
        height = self._buttons[_ALL].sizeHint().height()
        return QSize(super().sizeHint().width(), rows * height + (rows - 1) * scaled(_SPACING))

    def minimumSizeHint(self) -> QSize:
        """Eleven buttons stand beside each other."""
        width = (1 + len(DIGITS)) * (scaled(_LEAST_WIDTH) + scaled(_SPACING))
        return QSize(width, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer columns."""
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key of a name chooses it; arrow keys are the buttons' own."""
        name = typed_class(event, self.names)
        if name is None:
            event.ignore()
        else:
            self.choose(name)


class _FilterButton(QPushButton):
    """A name above a count.

    Attributes:
        name: Empty for all drawings.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.setObjectName("filter")
        self.setCheckable(True)
        self.setFont(tabular(self.font(), 0.85))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(scaled(_LEAST_WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._count = 0

    def set_count(self, count: int) -> None:
        """Say how many there are."""
        self._count = count
        self.setAccessibleName(f"{self.name or 'All drawings'}, {count:,}")
        self.setToolTip(tool_tip(f"Show {f'the drawings of {self.name}' if self.name else 'all drawings'}"))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long name is cut where its button ends."""
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        room = max(self.width() - scaled(8), scaled(_LEAST_WIDTH) // 2)
        name = self.fontMetrics().elidedText(self.name or "All", Qt.TextElideMode.ElideRight, room)
        self.setText(f"{name}\n{self._count:,}".replace("&", "&&"))
