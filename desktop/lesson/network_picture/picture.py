"""Network picture: shows an excerpt of a network at work, and tells which unit is pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.lesson.network_picture.layout import Measures, PictureLayout
from desktop.lesson.network_picture.painter import NetworkPainter
from desktop.widgets.diverging.unit_pointing import Unit, UnitPointing
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import Colours
from engine.data.classes import DIGITS

if TYPE_CHECKING:
    from engine.explain.flow_excerpt import FlowExcerpt

_NAME = "Network picture"


class NetworkPicture(UnitPointing):
    """Units go by their layer, counted from the pixels, which are layer 0, and their number.

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
        font = tabular(self.font(), 0.88)
        self._measures = Measures.of(QFontMetricsF(font))
        self._painter = NetworkPainter(font)
        self._told_places = self.places
        self.setFont(font)
        # A click leaves the keyboard with the pad, so that Delete goes on clearing it.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_unit_words("", "")

    @property
    def excerpt(self) -> FlowExcerpt | None:
        """What is shown; None for nothing."""
        return self._excerpt

    @property
    def places(self) -> int:
        """Units of one layer that there is room for."""
        return PictureLayout.places(self.height(), self._measures)

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
        if excerpt is not None and (before is None or before.classes != excerpt.classes):
            self._measures = Measures.of(QFontMetricsF(self.font()), excerpt.classes)
            self._layout = None
        shown = [] if excerpt is None else [len(layer.units) for layer in excerpt.layers]
        if self._layout is None or list(self._layout.layers) != shown:
            self._layout = None
        self.update()

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

    def _on_pointed(self) -> None:
        self.unit_changed.emit()

    def _answer(self) -> Unit | None:
        return None if self._excerpt is None else (len(self._excerpt.layers), self._excerpt.answer)

    def _neighbour(self, across: int, down: int) -> Unit | None:
        """The unit that a key leads to from the one pointed at; the answer if there is none."""
        place, layout, excerpt = self._place_of(self.pointed), self._current_layout(), self._excerpt
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
            classes = DIGITS if self._excerpt is None else self._excerpt.classes
            self._measures = Measures.of(QFontMetricsF(self.font()), classes)
            self._painter.set_font(self.font())
            self.updateGeometry()
            self._measure()

    def _measure(self) -> None:
        self._layout = None
        self.update()
        if self.places != self._told_places:
            self._told_places = self.places
            self.places_changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of it, the ground too."""
        layout = self._current_layout()
        painter = QPainter(self)
        if layout is None or self._excerpt is None:
            self._painter.paint_ground(painter, QRectF(self.rect()))
        else:
            self._painter.paint(painter, layout, self._excerpt, self._place_of(self.pointed), self.hasFocus())
        painter.end()
