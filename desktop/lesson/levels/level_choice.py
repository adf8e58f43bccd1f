"""Level choice: a button for each level, in as few rows as their names fit into."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.zoom.lengths import scaled
from engine.levels.descriptions import LEVEL_DESCRIPTIONS

_SPACING = 4


class LevelChoice(QWidget):
    """Buttons of which one is pressed.

    Signals:
        level_chosen: A number, pressed by the user.

    Attributes:
        buttons: By the numbers of their levels.
    """

    level_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = QButtonGroup(self)
        # Made once: those without a button take no room.
        self._rows = [QHBoxLayout() for _ in LEVEL_DESCRIPTIONS]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scaled(_SPACING))
        for row in self._rows:
            row.setSpacing(scaled(_SPACING))
            self._column.addLayout(row)
        for level in LEVEL_DESCRIPTIONS:
            button = QPushButton(level.title)
            button.setObjectName("level")
            button.setCheckable(True)
            button.setToolTip(f"The library's: {level.library}. Ours: {level.ours}.")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self.buttons.addButton(button, level.number)
        self.buttons.idClicked.connect(self.level_chosen)
        self._columns = 0
        self._lay(len(LEVEL_DESCRIPTIONS))

    def show_level(self, number: int) -> None:
        """Press a button without telling anyone."""
        self.buttons.button(number).setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer buttons fit into a row."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Names in another font need other widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_columns"):
            self._columns = 0
            self._fit()

    def _fit(self) -> None:
        """All levels in a row where there is room, else in rows of about the same length."""
        widths = self._widths()
        count = len(widths)
        for rows in range(1, count + 1):
            columns = -(-count // rows)
            parts = [widths[first : first + columns] for first in range(0, count, columns)]
            if all(sum(part) + scaled(_SPACING) * (len(part) - 1) <= self.width() for part in parts):
                break
        self._lay(columns)

    def _widths(self) -> list[int]:
        """Of each button with the name that it has when it is pressed, which is bold."""
        font = self.buttons.button(1).font()
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        padding = 2 * metrics.horizontalAdvance("0")
        return [padding + metrics.horizontalAdvance(level.title) for level in LEVEL_DESCRIPTIONS]

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        widths = self._widths()
        for index, button in enumerate(self.buttons.buttons()):
            self._rows[index // columns].addWidget(button, widths[index])
