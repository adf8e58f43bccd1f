"""Unit strip: the hidden units that a drawing excites most, one of which may be pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.widgets.unit_grid import UnitGrid
from desktop.widgets.zoom.lengths import line_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.widgets.theme import Colours
    from engine.explain.top_units import TopUnit

UNITS_SHOWN = 6
_MOST_SIDE = 96


class UnitStrip(UnitGrid):
    """Weight images in a row, with the activations below them.

    Signals:
        unit_pointed: Number of the unit under the pointer or chosen with Left and Right; -1 for none.
    """

    unit_pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Hidden units that respond most to this drawing", UNITS_SHOWN, _MOST_SIDE, parent)
        self._units: list[int] = []
        self._pointed = -1
        self._accent = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def units(self) -> list[int]:
        """Numbers of the units shown."""
        return list(self._units)

    @property
    def pointed(self) -> int:
        """Number of the unit pointed at; -1 for none."""
        return self._pointed

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._accent = colours.accent
        super().set_colours(colours)

    def set_units(self, units: Sequence[TopUnit]) -> None:
        """Show other units; none for none."""
        import numpy as np

        self._units = [each.unit for each in units]
        self.setAccessibleDescription(
            ", ".join(f"unit {each.unit}: {output_text(each.activation)}" for each in units)
        )
        if not units:
            self.set_values(None, 1.0, ())
            return
        images = np.stack([each.image for each in units])
        limit = float(np.abs(images).max()) or 1.0
        self.set_values(images, limit, [output_text(each.activation) for each in units])

    def _point_at(self, unit: int) -> None:
        if unit != self._pointed:
            self._pointed = unit
            self.unit_pointed.emit(unit)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which unit is under the pointer."""
        position = event.position().toPoint()
        under = (
            unit for index, unit in enumerate(self._units) if self.picture_rectangle(index).contains(position)
        )
        self._point_at(next(under, -1))

    def leaveEvent(self, event: QEvent) -> None:
        """No unit any more."""
        super().leaveEvent(event)
        self._point_at(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from unit to unit."""
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right) or not self._units:
            super().keyPressEvent(event)
        elif self._pointed not in self._units:
            self._point_at(self._units[0])
        else:
            move = 1 if event.key() == Qt.Key.Key_Right else -1
            index = self._units.index(self._pointed) + move
            self._point_at(self._units[min(len(self._units) - 1, max(0, index))])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Point at the first one."""
        super().focusInEvent(event)
        if self._units:
            self._point_at(self._units[0])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No unit any more."""
        super().focusOutEvent(event)
        self._point_at(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures, and a frame around the one pointed at."""
        super().paintEvent(event)
        if self._pointed in self._units:
            painter = QPainter(self)
            painter.setPen(QPen(QColor(self._accent), line_width(2)))
            painter.drawRect(self.picture_rectangle(self._units.index(self._pointed)).adjusted(1, 1, -1, -1))
            painter.end()


def output_text(activation: float) -> str:
    """What a unit puts out, to a tenth; a little less than nothing is nothing."""
    return f"{round(activation, 1) + 0.0:.1f}"
