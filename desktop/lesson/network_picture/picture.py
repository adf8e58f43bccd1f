"""Network picture: shows an excerpt of a network at work, and tells which unit is pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.lesson.network_picture.layout import Measures, PictureLayout
from desktop.lesson.network_picture.painter import NetworkPainter
from desktop.widgets.fonts import tabular
from desktop.widgets.theme import Colours

if TYPE_CHECKING:
    from engine.explain.flow_excerpt import FlowExcerpt

Unit = tuple[int, int]
"""A unit by its layer, counted from the pixels, which are layer 0, and its number."""

_NAME = "Network picture"
_MOVES = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Home: (0, -1000),
    Qt.Key.Key_End: (0, 1000),
}
_TAB_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class NetworkPicture(QWidget):
    """A unit is pointed at by the mouse while it is over it; a click or an arrow key chooses one to stay.

    Signals:
        unit_changed: Another unit is pointed at, or none.
        places_changed: There is room for more or fewer units.
    """

    unit_changed = Signal()
    places_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._excerpt: FlowExcerpt | None = None
        self._layout: PictureLayout | None = None
        self._hovered: Unit | None = None
        self._chosen: Unit | None = None
        font = tabular(self.font(), 0.88)
        self._measures = Measures.of(QFontMetricsF(font))
        self._painter = NetworkPainter(font)
        self._told_places = self.places
        self.setFont(font)
        # All of it is painted here, so that what is below need not be.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        # A click leaves the keyboard with the pad, so that Delete goes on clearing it.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_unit_words("", "")

    @property
    def excerpt(self) -> FlowExcerpt | None:
        """What is shown; None for nothing."""
        return self._excerpt

    @property
    def places(self) -> int:
        """Units of one layer that there is room for."""
        return PictureLayout.places(self.height(), self._measures)

    @property
    def unit(self) -> Unit | None:
        """The unit pointed at, else the one chosen, else None."""
        return self._hovered if self._hovered is not None else self._chosen

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._painter.set_colours(colours)
        self.update()

    def set_unit_words(self, name: str, description: str) -> None:
        """Tell screen readers of the unit pointed at: its name, its output and sum; empty for none."""
        self.setAccessibleName(f"{_NAME}: {name}" if name else _NAME)
        self.setAccessibleDescription(description)

    def show_excerpt(self, excerpt: FlowExcerpt | None) -> None:
        """Show another one, or nothing."""
        before = self._excerpt
        self._excerpt = excerpt
        if excerpt is not None and (before is None or len(before.layers) != len(excerpt.layers)):
            self.updateGeometry()
        shown = [] if excerpt is None else [len(layer.units) for layer in excerpt.layers]
        if self._layout is None or list(self._layout.layers) != shown:
            self._layout = None
        self.update()

    def choose(self, unit: Unit | None) -> None:
        """Choose a unit to stay, or none."""
        self._point_at(self._hovered, unit)

    def forget_units(self) -> None:
        """Point at none and choose none, because the network has other units now; nobody is told."""
        self._hovered = self._chosen = None

    def unit_place(self, unit: Unit) -> QPointF | None:
        """Where the middle of a unit is painted; None if it is not shown."""
        place, layout = self._place_of(unit), self._current_layout()
        return layout.unit(*place).center() if place is not None and layout is not None else None

    def _current_layout(self) -> PictureLayout | None:
        if self._layout is None and self._excerpt is not None:
            shown = [len(layer.units) for layer in self._excerpt.layers]
            self._layout = PictureLayout(QSizeF(self.size()), self._measures, shown)
        return self._layout

    def _place_of(self, unit: Unit | None) -> tuple[int, int] | None:
        """Column and place of a unit that is shown."""
        if unit is None or self._excerpt is None or not 1 <= unit[0] <= len(self._excerpt.layers):
            return None
        units = self._excerpt.layers[unit[0] - 1].units
        return (unit[0] - 1, units.index(unit[1])) if unit[1] in units else None

    def _unit_at(self, point: QPointF) -> Unit | None:
        layout, excerpt = self._current_layout(), self._excerpt
        found = layout.unit_at(point) if layout is not None else None
        if found is None or excerpt is None:
            return None
        column, place = found
        return column + 1, excerpt.layers[column].units[place]

    def _point_at(self, hovered: Unit | None, chosen: Unit | None) -> None:
        before = self.unit
        self._hovered, self._chosen = hovered, chosen
        if self.unit != before:
            self.unit_changed.emit()
            self.update()

    def _answer(self) -> Unit | None:
        return None if self._excerpt is None else (len(self._excerpt.layers), self._excerpt.answer)

    def _neighbour(self, across: int, down: int) -> Unit | None:
        """The unit that a key leads to from the one pointed at; the answer if there is none."""
        place, layout, excerpt = self._place_of(self.unit), self._current_layout(), self._excerpt
        if place is None or layout is None or excerpt is None:
            return self._answer()
        column = min(len(excerpt.layers) - 1, max(0, place[0] + across))
        units = excerpt.layers[column].units
        if across:
            height = layout.unit(*place).center().y()
            row = min(
                range(len(units)), key=lambda each: abs(layout.unit(column, each).center().y() - height)
            )
        else:
            row = min(len(units) - 1, max(0, place[1] + down))
        return column + 1, units[row]

    def sizeHint(self) -> QSize:
        """No more than is needed, so that the page need not scroll; it takes what is left over."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Ten answers below each other, and every layer beside the others."""
        hidden = 1 if self._excerpt is None else len(self._excerpt.layers) - 1
        size = self._measures.least_size(hidden)
        return QSize(round(size.width()), round(size.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measures = Measures.of(QFontMetricsF(self.font()))
            self._painter.set_font(self.font())
            self.updateGeometry()
            self._measure()

    def _measure(self) -> None:
        self._layout = None
        self.update()
        if self.places != self._told_places:
            self._told_places = self.places
            self.places_changed.emit()

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
        if key in _MOVES and self._excerpt is not None:
            self._point_at(None, self._neighbour(*_MOVES[Qt.Key(key)]))
        elif key == Qt.Key.Key_Escape and self.unit is not None:
            self._point_at(None, None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the answer, so that one sees where the keys lead."""
        super().focusInEvent(event)
        if event.reason() in _TAB_REASONS and self.unit is None:
            self.choose(self._answer())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of it, the ground too."""
        layout = self._current_layout()
        painter = QPainter(self)
        if layout is None or self._excerpt is None:
            self._painter.paint_ground(painter, QRectF(self.rect()))
        else:
            self._painter.paint(painter, layout, self._excerpt, self._place_of(self.unit), self.hasFocus())
        painter.end()
