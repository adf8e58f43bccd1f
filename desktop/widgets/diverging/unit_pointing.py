"""Unit pointing: in a picture of a network, the mouse and the keys point at units."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

Unit = tuple[int, int]
"""A layer or column, and a unit in it, in whatever way a picture counts them."""

_MOVES = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Home: (0, -1000),
    Qt.Key.Key_End: (0, 1000),
}
_TAB_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class UnitPointing(QWidget):
    """A unit is pointed at by the mouse while it is over it; a click or an arrow key chooses one to stay.

    Those that derive from it say where units are, and paint all of themselves.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered: Unit | None = None
        self._chosen: Unit | None = None
        # All of it is painted, so that what is below need not be.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def pointed(self) -> Unit | None:
        """The unit pointed at, else the one chosen, else None."""
        return self._hovered if self._hovered is not None else self._chosen

    def choose(self, unit: Unit | None) -> None:
        """Choose a unit to stay, or none."""
        self._point_at(self._hovered, unit)

    def _unit_at(self, point: QPointF) -> Unit | None:
        """The unit there, if there is one."""
        raise NotImplementedError

    def _neighbour(self, across: int, down: int) -> Unit | None:
        """The unit that a key leads to from the one pointed at; the first to go to if none is."""
        raise NotImplementedError

    def _on_pointed(self) -> None:
        """Another unit is pointed at, or none."""
        raise NotImplementedError

    def _point_at(self, hovered: Unit | None, chosen: Unit | None) -> None:
        before = self.pointed
        self._hovered, self._chosen = hovered, chosen
        if self.pointed != before:
            self._on_pointed()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what is under the mouse."""
        self._point_at(self._unit_at(event.position()), self._chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the unit; beside all units, none."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.choose(self._unit_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Back to the unit that was chosen."""
        super().leaveEvent(event)
        self._point_at(None, self._chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys, Home and End go from unit to unit; Escape chooses none."""
        key = event.key()
        found = self._neighbour(*_MOVES[Qt.Key(key)]) if key in _MOVES else None
        if found is not None:
            self._point_at(None, found)
        elif key == Qt.Key.Key_Escape and self.pointed is not None:
            self._point_at(None, None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the first one, so that one sees where the keys lead."""
        super().focusInEvent(event)
        if event.reason() in _TAB_REASONS and self.pointed is None:
            self.choose(self._neighbour(0, 0))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame gets thinner."""
        super().focusOutEvent(event)
        self.update()
