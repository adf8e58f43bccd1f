"""Painter of the unit pictures: small pictures of features and units, classes, and the weights between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPen

from desktop.boundaries.pictures.unit_layout import UnitLayout
from desktop.boundaries.plane.class_styles import class_colours, class_name, class_symbol
from desktop.widgets.diverging.colours import diverging_colours
from desktop.widgets.diverging.connections import LEAST_STRENGTH, ConnectionPens
from desktop.widgets.frame import paint_frame
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

_SYMBOL_SHARE = 0.62
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# Widths of the weakest and the strongest connection, in pixels at 100 %.
_THIN, _THICK = 1, 4
# Between two columns; more would hide each other, and take their time.
_MOST_LINES = 64


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What is painted.

    Attributes:
        maps: Of the features and of each hidden layer, (rows, columns, units) float32.
        weights: Between each column and the next one, (units, next units) float32.
        features: Their names.
        class_names: Of the classes; those that have none go by their colours.
    """

    maps: list[NDArray[np.float32]]
    weights: list[NDArray[np.float32]]
    features: tuple[str, ...]
    class_names: tuple[str, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """Units of each column."""
        return (*(each.shape[0] for each in self.weights), self.weights[-1].shape[1])


class UnitPainter:
    """Paints one network after another; colours and fonts stay between them."""

    def __init__(self, font: QFont) -> None:
        self.set_font(font)
        self.set_colours(LIGHT)

    def set_font(self, font: QFont) -> None:
        """Write with another font."""
        self._font = QFont(font)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._pens = ConnectionPens(colours.panel)

    def paint_ground(self, painter: QPainter, area: QRectF, words: str = "") -> None:
        """Paint the ground, and a sentence in its middle."""
        painter.fillRect(area, QColor(self._colours.panel))
        if words:
            painter.setFont(self._font)
            painter.setPen(QColor(self._colours.muted))
            margin = scaled(16)
            painter.drawText(
                area.adjusted(margin, 0, -margin, 0), int(_MIDDLE | Qt.TextFlag.TextWordWrap), words
            )

    def paint(
        self,
        painter: QPainter,
        layout: UnitLayout,
        shown: Shown,
        images: Sequence[QImage],
        pointed: tuple[int, int] | None,
        has_keyboard: bool,
    ) -> None:
        """Paint all but the words at the foot.

        Args:
            painter: Paints.
            layout: Where things stand.
            shown: What is shown.
            images: From `images_of`.
            pointed: Column and number of the unit pointed at, or None.
            has_keyboard: Whether that is where keys go.
        """
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform, on=True
        )
        for column, weights in enumerate(shown.weights):
            lines = _lines(layout, column, weights, pointed)
            self._pens.paint(painter, lines, scaled(_THIN), scaled(_THICK))
        for column, image in enumerate(images):
            self._paint_column(painter, layout, column, image)
        self._paint_classes(painter, layout, shown)
        self._paint_names(painter, layout, shown)
        if pointed is not None:
            gap = scaled(2)
            frame = layout.picture(*pointed).adjusted(-gap, -gap, gap, gap)
            paint_frame(painter, frame, self._colours.accent, 2, 3 if has_keyboard else 2)

    def images_of(self, layout: UnitLayout, shown: Shown) -> list[QImage]:
        """The small pictures of each column below each other, as many as are shown."""
        middle = QColor(self._colours.field)
        ground = middle.red(), middle.green(), middle.blue()
        images = []
        for maps, count in zip(shown.maps, layout.shown, strict=False):
            # One scale for a layer, so that strong units stand out.
            limit = float(np.abs(maps).max(initial=0.0))
            limit = limit if np.isfinite(limit) and limit > 0 else 1.0
            # The first row is the smallest y, which is at the bottom.
            tall = np.ascontiguousarray(maps[::-1, :, :count].transpose(2, 0, 1))
            pixels = diverging_colours(tall.reshape(-1, maps.shape[1]), limit, ground)
            rows, columns = pixels.shape[:2]
            images.append(
                QImage(pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
            )
        return images

    def _paint_column(self, painter: QPainter, layout: UnitLayout, column: int, image: QImage) -> None:
        side = image.height() / layout.shown[column]
        for place in range(layout.shown[column]):
            painter.drawImage(
                layout.picture(column, place), image, QRectF(0, place * side, image.width(), side)
            )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._colours.weak), 1))
        for place in range(layout.shown[column]):
            painter.drawRect(layout.picture(column, place))

    def _paint_classes(self, painter: QPainter, layout: UnitLayout, shown: Shown) -> None:
        """The symbols that the points have."""
        palette = class_colours(self._colours)
        painter.setPen(QPen(QColor(self._colours.weak), 1))
        painter.setBrush(QColor(self._colours.field))
        for place in range(layout.shown[-1]):
            painter.drawRect(layout.picture(layout.last, place))
        for place in range(layout.shown[-1]):
            painter.save()
            painter.translate(layout.picture(layout.last, place).center())
            colour = QColor(palette[place])
            pen = QPen(colour, 0)
            drawSymbol(painter, class_symbol(place), _SYMBOL_SHARE * layout.tile, pen, QBrush(colour))
            painter.restore()

    def _paint_names(self, painter: QPainter, layout: UnitLayout, shown: Shown) -> None:
        painter.setFont(self._font)
        metrics = painter.fontMetrics()
        text, muted = QColor(self._colours.text), QColor(self._colours.muted)
        painter.setPen(text)
        for place in range(layout.shown[0]):
            painter.drawText(layout.feature_name(place), _RIGHT, shown.features[place])
        if layout.has_class_names:
            for place in range(layout.shown[-1]):
                area = layout.class_name(place)
                name = class_name(place, shown.class_names)
                elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(area.width()))
                painter.drawText(area, _LEFT, elided)
        painter.setPen(muted)
        for column in range(layout.last + 1):
            area = layout.head(column)
            titles = _titles(column, layout.last)
            title = next((each for each in titles if metrics.horizontalAdvance(each) <= area.width()), "")
            painter.drawText(area, _MIDDLE, title)
            rest = layout.counts[column] - layout.shown[column]
            if rest:
                area = layout.rest(column)
                words = (f"+ {rest} more", f"+ {rest}", "⋮")
                found = next((each for each in words if metrics.horizontalAdvance(each) <= area.width()), "")
                painter.drawText(area, _MIDDLE, found)

    def paint_foot(self, painter: QPainter, layout: UnitLayout, words: str, is_unit: bool) -> None:
        """Paint the words below the picture."""
        painter.setFont(self._font)
        painter.setPen(QColor(self._colours.text if is_unit else self._colours.muted))
        painter.drawText(layout.foot, _WRAPPED, words)


def _titles(column: int, last: int) -> tuple[str, ...]:
    """What a column may be called, the longest first."""
    if column == 0:
        return "Features", "Feat."
    return ("Classes", "Class") if column == last else (f"Layer {column}", f"{column}")


def _lines(
    layout: UnitLayout, column: int, weights: NDArray[np.float32], pointed: tuple[int, int] | None
) -> Iterator[tuple[QLineF, float]]:
    """Those between the units shown that are worth a line; only those of the unit that is pointed at."""
    some = weights[: layout.shown[column], : layout.shown[column + 1]]
    strongest = float(np.abs(weights).max(initial=0.0))
    if not np.isfinite(strongest) or strongest == 0:
        return
    strengths = some / strongest
    sizes = np.abs(strengths)
    least = np.sort(sizes, axis=None)[-min(_MOST_LINES, sizes.size)]
    is_drawn = sizes >= max(LEAST_STRENGTH, least)
    if pointed is not None and pointed[0] in (column, column + 1):
        is_of_pointed = np.zeros_like(is_drawn)
        if pointed[0] == column:
            is_of_pointed[pointed[1]] = True
        else:
            is_of_pointed[:, pointed[1]] = True
        is_drawn = is_of_pointed & (sizes > 0)
    sources, targets = np.nonzero(is_drawn)
    starts = [layout.start(column, place) for place in range(layout.shown[column])]
    ends = [layout.end(column + 1, place) for place in range(layout.shown[column + 1])]
    for source, target, strength in zip(
        sources.tolist(), targets.tolist(), strengths[is_drawn].tolist(), strict=True
    ):
        yield QLineF(starts[source], ends[target]), strength
