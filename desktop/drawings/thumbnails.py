"""Thumbnails: strokes as small pictures, painted when they are first seen and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from desktop.pad.geometry import PadGeometry, fitted
from desktop.pad.painter import paint_strokes
from desktop.pad.surface import paint_paper
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from engine.store.drawings import Drawing

SIDE = 84
"""Of a thumbnail, in pixels of the layout at 100 %."""
# Several screens full.
_MOST_KEPT = 400
_SHARE = 0.7


class Thumbnails:
    """As the drawing would look on the pad."""

    def __init__(self) -> None:
        self._colours = LIGHT
        self._kept: OrderedDict[tuple[int, float], QPixmap] = OrderedDict()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._kept.clear()

    def of(self, drawing: Drawing, ratio: float) -> QPixmap:
        """The picture of a drawing for a device pixel ratio. Its strokes never change, whatever its label."""
        key = (drawing.id, ratio)
        if key not in self._kept:
            self._kept[key] = self._painted(drawing, ratio)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def _painted(self, drawing: Drawing, ratio: float) -> QPixmap:
        wide = scaled(SIDE)
        side = round(wide * ratio)
        pixmap = QPixmap(side, side)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_paper(painter, QRectF(0, 0, wide, wide), QColor(self._colours.pad))
        strokes = fitted(drawing.ink, _SHARE).strokes
        paint_strokes(painter, strokes, PadGeometry(QSizeF(wide, wide)), QColor(self._colours.ink))
        painter.end()
        return pixmap
