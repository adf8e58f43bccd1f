"""Unit pictures: a network as a diagram, in which each unit shows its own region."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

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
from desktop.widgets.diverging.unit_pointing import Unit, UnitPointing
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled
from engine.plane.grid import Bounds
from engine.plane.maps import feature_maps

if TYPE_CHECKING:
    from engine.plane.model import PlaneNetwork

_FONT_SCALE = 0.88
_SIDE = 24


class UnitPictures(UnitPointing):
    """Units go by their column, where the features are 0, and their number in it.

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
        self._told: Unit | None = None
        font = tabular(self.font(), _FONT_SCALE)
        self._painter = UnitPainter(font)
        self.setFont(font)
        self.setAccessibleName("Units of the network")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tell_words()

    @property
    def words(self) -> str:
        """What stands below the picture: the unit pointed at, or a hint."""
        network = self._network
        if network is None:
            return NO_NETWORK
        if self.pointed is not None:
            return unit_words(network, *self.pointed, self._class_names)
        if len(network.architecture.sizes) == 2:
            return LOGISTIC_HINT
        layout = self._current_layout()
        return HINT if layout is None or layout.shown == layout.counts else rest_hint(max(layout.shown))

    @property
    def unit(self) -> tuple[int, int] | None:
        """Layer and unit, both from 0, if it is a hidden one."""
        place = self.pointed
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

    def place_of(self, place: Unit) -> QPointF | None:
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

    def _on_pointed(self) -> None:
        self._tell()

    def _unit_at(self, point: QPointF) -> Unit | None:
        layout = self._current_layout()
        return None if layout is None else layout.at(point)

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

    def _neighbour(self, across: int, down: int) -> Unit | None:
        """The unit that a key leads to from the one pointed at; the first of the first layer if none is."""
        layout, place = self._current_layout(), self.pointed
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
            self._painter.paint(painter, layout, shown, self._images, self.pointed, self.hasFocus())
            self._painter.paint_foot(painter, layout, self.words, self.pointed is not None)
        painter.end()
