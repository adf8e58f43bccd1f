"""Tree thumbnail: a small picture of a tree's regions and of the points that it was grown from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from desktop.boundaries.pictures.thumbnail_grid import is_large
from desktop.boundaries.plane.class_styles import class_colours
from desktop.boundaries.plane.region_picture import region_image
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import zoom_factor
from engine.plane.grid import Bounds
from engine.plane.points import Points
from engine.trees.forest import Forest, TreeGrown
from engine.trees.regions import Regions

_MOST_GRID = 200
_MOST_POINTS, _MOST_POINTS_SMALL = 1500, 300
_DOT_SHARE, _LEAST_DOT, _MOST_DOT = 1 / 42, 2.0, 6.0
_RIM = 1.2


def tree_thumbnail(
    grown: TreeGrown, points: Points, bounds: Bounds, side: int, ratio: float, colours: Colours
) -> QPixmap:
    """Paint a tree.

    Args:
        grown: The tree, and how often each point was drawn for it.
        points: All that could be drawn; where it is not as many as there are weights, none are painted.
        bounds: What to show of the plane.
        side: Pixels along each side of the picture.
        ratio: Pixels of the screen for each of these.
        colours: Of the appearance.
    """
    pixels = max(1, round(side * ratio))
    picture = QPixmap(QSize(pixels, pixels))
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, 0, side, side), _regions(grown, bounds, min(pixels, _MOST_GRID), colours))
    if len(points) == len(grown.weights):
        _paint_points(painter, points.take(_drawn(grown, side)), bounds, side, colours)
    painter.end()
    return picture


def _regions(grown: TreeGrown, bounds: Bounds, side: int, colours: Colours) -> QImage:
    grid = bounds.grid(side)
    regions = Regions(grid.x, grid.y, grown.tree.classes)
    regions.add(Forest([grown.tree]))
    return region_image(regions.probabilities(), colours)


def _drawn(grown: TreeGrown, side: int) -> NDArray[np.int64]:
    """Which points to paint: those that were drawn, or as many of them as can be told apart."""
    drawn = np.flatnonzero(grown.weights)
    most = _MOST_POINTS if is_large(side) else _MOST_POINTS_SMALL
    if len(drawn) <= most:
        return drawn
    return drawn[np.linspace(0, len(drawn) - 1, most).astype(np.int64)]


def _paint_points(painter: QPainter, points: Points, bounds: Bounds, side: int, colours: Colours) -> None:
    factor = zoom_factor()
    dot = min(_MOST_DOT * factor, max(_LEAST_DOT * factor, side * _DOT_SHARE))
    x, y = points.coordinates.T
    across = side * (x - bounds.left) / (bounds.right - bounds.left)
    down = side * (bounds.top - y) / (bounds.top - bounds.bottom)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rim = _RIM * factor if is_large(side) else 0.0
    palette = class_colours(colours)
    for label in np.unique(points.labels).tolist():
        own = np.flatnonzero(points.labels == label)
        places = [QPointF(*place) for place in zip(across[own].tolist(), down[own].tolist(), strict=True)]
        for colour, diameter in ((colours.panel, dot + rim), (palette[label], dot)):
            if diameter > dot or colour != colours.panel:
                pen = QPen(QColor(colour), diameter)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawPoints(places)
