"""Unit pictures: a network as a diagram, in which each unit shows its own region."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.boundaries.pictures.unit_layout import Measures, UnitLayout
from desktop.boundaries.pictures.unit_painter import Shown, UnitPainter
from desktop.boundaries.pictures.unit_words import (
    HINT,
    LOGISTIC_HINT,
    NO_NETWORK,
    network_words,
    rest_hint,
    unit_words,
)
from desktop.boundaries.plane.class_styles import class_name
from desktop.widgets.fonts import tabular
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled
from engine.plane.grid import Bounds
from engine.plane.maps import feature_maps

if TYPE_CHECKING:
    from engine.plane.model import PlaneNetwork

Place = tuple[int, int]
"""Column, where the features are 0, and number of a unit in it."""

_FONT_SCALE = 0.88
_SIDE = 24
_MOVES = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Home: (0, -1000),
    Qt.Key.Key_End: (0, 1000),
}
_TAB_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class UnitPictures(QWidget):
    """A unit is pointed at by the mouse while it is over it; a click or an arrow key chooses one to stay.

    Signals:
        unit_hovered: (layer, unit) of the hidden unit pointed at, both from 0 as in the pictures that were
            set; None if there is none.
    """

    unit_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._network: PlaneNetwork | None = None
        self._shown: Shown | None = None
        self._layout: UnitLayout | None = None
        self._images: list[QImage] = []
        self._class_names: tuple[str, ...] = ()
        self._hovered: Place | None = None
        self._chosen: Place | None = None
        self._told: Place | None = None
        font = tabular(self.font(), _FONT_SCALE)
        self._painter = UnitPainter(font)
        self.setFont(font)
        self.setAccessibleName("Units of the network")
        # All of it is painted here, so that what is below need not be.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._tell_words()

    @property
    def words(self) -> str:
        """What stands below the picture: the unit pointed at, or a hint."""
        network = self._network
        if network is None:
            return NO_NETWORK
        if self.place is not None:
            return unit_words(network, *self.place, self._class_names)
        if len(network.architecture.sizes) == 2:
            return LOGISTIC_HINT
        layout = self._current_layout()
        return HINT if layout is None or layout.shown == layout.counts else rest_hint(max(layout.shown))

    @property
    def place(self) -> Place | None:
        """The unit pointed at, else the one chosen, else None; column 0 has the features."""
        return self._hovered if self._hovered is not None else self._chosen

    @property
    def unit(self) -> tuple[int, int] | None:
        """Layer and unit, both from 0, if it is a hidden one."""
        place = self.place
        if place is None or self._shown is None or not 0 < place[0] < len(self._shown.weights):
            return None
        return place[0] - 1, place[1]

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._painter.set_colours(colours)
        self._images = []
        self.update()

    def set_class_names(self, names: tuple[str, ...]) -> None:
        """What the classes are called; those without a name go by their colours."""
        if names == self._class_names:
            return
        self._class_names, self._layout = names, None
        if self._shown is not None:
            self._shown = replace(self._shown, class_names=names)
        self._tell()
        self.update()

    def set_network(
        self,
        network: PlaneNetwork | None,
        pictures: list[NDArray[np.float32]],
        bounds: Bounds = Bounds(),  # noqa: B008  it is frozen
    ) -> None:
        """Show a network as it is now.

        Args:
            network: Or None for none.
            pictures: Of each hidden layer, from `engine.plane.maps.unit_maps`.
            bounds: Of the part of the plane that the pictures show.
        """
        before = self._shown
        self._network = network
        if network is None:
            self._shown = None
        else:
            features = feature_maps(network.features, network.scaling, bounds.grid(_SIDE))
            layers = len(network.architecture.sizes) - 1
            weights = [network.weights[f"{layer}.weights"].numpy() for layer in range(layers)]
            self._shown = Shown([features, *pictures], weights, network.features, self._class_names)
        self._images = []
        if before is None or self._shown is None or before.counts != self._shown.counts:
            self._hovered = self._chosen = self._layout = None
        elif before.features != self._shown.features:
            self._layout = None
        self._tell()
        self.update()

    def choose(self, place: Place | None) -> None:
        """Choose a unit to stay, or none."""
        self._point_at(self._hovered, place)

    def place_of(self, place: Place) -> QPointF | None:
        """Where the middle of a unit is painted; None if it is not shown."""
        layout = self._current_layout()
        if layout is None or not 0 <= place[0] <= layout.last or place[1] >= layout.shown[place[0]]:
            return None
        return layout.picture(*place).center()

    def _current_layout(self) -> UnitLayout | None:
        if self._layout is None and self._shown is not None:
            classes = range(self._shown.counts[-1])
            names = [class_name(label, self._class_names) for label in classes]
            measures = Measures.of(QFontMetricsF(self.font()), self._shown.features, names, self.width())
            self._layout = UnitLayout(QSizeF(self.size()), measures, self._shown.counts)
            self._images = []
        return self._layout

    def _point_at(self, hovered: Place | None, chosen: Place | None) -> None:
        if (hovered, chosen) != (self._hovered, self._chosen):
            self._hovered, self._chosen = hovered, chosen
            self._tell()
            self.update()

    def _tell(self) -> None:
        self._tell_words()
        if self.unit != self._told:
            self._told = self.unit
            self.unit_hovered.emit(self.unit)

    def _tell_words(self) -> None:
        about = "" if self._network is None else f"{network_words(self._network)} "
        words = about + self.words
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def _neighbour(self, across: int, down: int) -> Place | None:
        """The unit that a key leads to from the one pointed at; the first of the first layer if none is."""
        layout, place = self._current_layout(), self.place
        if layout is None:
            return None
        if place is None:
            return (1, 0)
        column = min(layout.last, max(0, place[0] + across))
        count = layout.shown[column]
        if not across:
            return column, min(count - 1, max(0, place[1] + down))
        height = layout.picture(*place).center().y()
        return column, min(
            range(count), key=lambda each: abs(layout.picture(column, each).center().y() - height)
        )

    def sizeHint(self) -> QSize:
        """Wider than high."""
        return QSize(scaled(420), scaled(300))

    def minimumSizeHint(self) -> QSize:
        """Eight units below each other, hardly more than coloured squares."""
        return QSize(scaled(240), scaled(230))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self._lay_out_anew()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_painter"):
            self._painter.set_font(self.font())
            self.updateGeometry()
            self._lay_out_anew()

    def _lay_out_anew(self) -> None:
        self._layout = None
        layout = self._current_layout()
        if layout is not None:
            kept = [
                each if each is not None and each[1] < layout.shown[each[0]] else None
                for each in (self._hovered, self._chosen)
            ]
            self._point_at(kept[0], kept[1])
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what is under the mouse."""
        layout = self._current_layout()
        self._point_at(None if layout is None else layout.at(event.position()), self._chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the unit; beside all units, none."""
        layout = self._current_layout()
        if event.button() == Qt.MouseButton.LeftButton and layout is not None:
            self.choose(layout.at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Back to the unit that was chosen."""
        super().leaveEvent(event)
        self._point_at(None, self._chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys, Home and End go from unit to unit; Escape chooses none."""
        key = event.key()
        if key in _MOVES and self._shown is not None:
            self._point_at(None, self._neighbour(*_MOVES[Qt.Key(key)]))
        elif key == Qt.Key.Key_Escape and self.place is not None:
            self._point_at(None, None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the first unit, so that one sees where the keys lead."""
        super().focusInEvent(event)
        if event.reason() in _TAB_REASONS and self.place is None:
            self.choose(self._neighbour(0, 0))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame gets thinner."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of it, the ground too."""
        layout, shown = self._current_layout(), self._shown
        painter = QPainter(self)
        if layout is None or shown is None:
            self._painter.paint_ground(painter, QRectF(self.rect()), NO_NETWORK)
        else:
            self._painter.paint_ground(painter, QRectF(self.rect()))
            if not self._images:
                self._images = self._painter.images_of(layout, shown)
            self._painter.paint(painter, layout, shown, self._images, self.place, self.hasFocus())
            self._painter.paint_foot(painter, layout, self.words, self.place is not None)
        painter.end()
