"""Tree painter: paints a tree that was measured, and the path to one of its nodes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop.boundaries.pictures.leaf_colours import leaf_colours, mixed, words_on
from desktop.boundaries.pictures.tree_drawing import TreeDrawing
from desktop.widgets.frame import paint_frame
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import line_width, scaled, zoom_factor
from engine.trees.tree import ROOT

_CORNER = 5
_THICKEST, _THINNEST = 9.0, 0.8
# With more nodes, edges are straight: curves of a few pixels look the same.
_MOST_CURVED = 100


class TreePainter:
    """Paints in the colours of one appearance."""

    def __init__(self, drawing: TreeDrawing, colours: Colours) -> None:
        self._drawing, self._colours = drawing, colours
        self._palette, self._fills = leaf_colours(drawing.tree, colours)
        most = min(_THICKEST * zoom_factor(), max(2.0, 0.75 * drawing.slot))
        thickness = np.maximum(_THINNEST * zoom_factor(), most * drawing.shares)
        # Few different pens: each begins a group that is painted at once.
        self._thickness: NDArray[np.float64] = np.rint(4 * thickness) / 4

    def paint(self, painter: QPainter) -> None:
        """Paint the whole tree."""
        self._begin(painter)
        self._paint_edges(painter)
        self._paint_answers(painter)
        self._paint_dots(painter)
        self._paint_boxes(painter, range(len(self._drawing.tree)))

    def paint_path(self, painter: QPainter, node: int) -> None:
        """Paint the way to a node once more, in the accent, and its nodes with frames."""
        self._begin(painter)
        drawing, accent = self._drawing, QColor(self._colours.accent)
        nodes = drawing.layout.path(node)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for child in nodes[1:]:
            painter.setPen(QPen(accent, max(float(self._thickness[child]), line_width(2))))
            painter.drawPath(self._edge(child, QPainterPath()))
        self._paint_boxes(painter, nodes)
        for each in nodes:
            frame, corner = drawing.frame(each), float(_CORNER)
            if not drawing.texts[each]:
                if each != node and not drawing.is_leaf[each]:
                    continue
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._palette[self._fills[each]])
                painter.drawEllipse(frame)
                corner = frame.width() / zoom_factor()
            paint_frame(painter, frame, accent, corner, 2.5 if each == node else 1.2)

    def _begin(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._drawing.font)

    @property
    def _is_curved(self) -> bool:
        return len(self._drawing.tree) <= _MOST_CURVED

    def _edge(self, child: int, path: QPainterPath) -> QPainterPath:
        """Add the edge from a node's parent."""
        drawing = self._drawing
        start, end = drawing.centre(int(drawing.layout.parents[child])), drawing.centre(child)
        path.moveTo(start)
        if self._is_curved:
            middle = (start.y() + end.y()) / 2
            path.cubicTo(QPointF(start.x(), middle), QPointF(end.x(), middle), end)
        else:
            path.lineTo(end)
        return path

    def _paint_edges(self, painter: QPainter) -> None:
        drawing = self._drawing
        colour = mixed(QColor(self._colours.panel), QColor(self._colours.weak), 0.6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        of_children = self._thickness[1:]
        for thickness in np.unique(of_children).tolist():
            children = np.flatnonzero(of_children == thickness) + 1
            painter.setPen(QPen(colour, thickness))
            if self._is_curved:
                path = QPainterPath()
                for child in children.tolist():
                    self._edge(child, path)
                painter.drawPath(path)
                continue
            parents = drawing.layout.parents[children]
            ends = np.stack(
                [drawing.x[parents], drawing.y[parents], drawing.x[children], drawing.y[children]], axis=1
            )
            painter.drawLines([QLineF(*row) for row in ends.tolist()])

    def _paint_answers(self, painter: QPainter) -> None:
        """Which way is yes, at the root."""
        drawing = self._drawing
        height = painter.fontMetrics().height()
        frame = drawing.frame(ROOT)
        if not drawing.texts[ROOT] or drawing.is_leaf[ROOT] or drawing.pitch < frame.height() + 1.3 * height:
            return
        painter.setPen(QColor(self._colours.muted))
        left = int(drawing.tree.lefts[ROOT])
        for child, word, side in ((left, "yes", -1), (left + 1, "no", 1)):
            # Beside the middle of the curve, where it runs slantwise.
            middle = (drawing.centre(ROOT) + drawing.centre(child)) / 2
            width = painter.fontMetrics().horizontalAdvance(word) + 1
            away = scaled(4) + float(self._thickness[child]) / 2 + 0.5 * height
            x = middle.x() + side * away - (width if side < 0 else 0)
            top = max(frame.bottom(), middle.y() - height)
            painter.drawText(QRectF(x, top, width, height), Qt.AlignmentFlag.AlignCenter, word)

    def _paint_dots(self, painter: QPainter) -> None:
        """All nodes without words; those that are cut are small and grey."""
        drawing = self._drawing
        is_dot = np.array([not text for text in drawing.texts])
        is_leaf = drawing.tree.is_leaf
        cuts = np.flatnonzero(is_dot & ~is_leaf)
        self._paint_points(painter, cuts, QColor(self._colours.weak), 1.3 * drawing.dot)
        leaves = np.flatnonzero(is_dot & is_leaf)
        for fill in np.unique(self._fills[leaves]).tolist():
            own = leaves[self._fills[leaves] == fill]
            self._paint_points(painter, own, self._palette[fill], 2 * drawing.dot)

    def _paint_points(
        self, painter: QPainter, nodes: NDArray[np.int64], colour: QColor, diameter: float
    ) -> None:
        pen = QPen(colour, diameter)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints([self._drawing.centre(node) for node in nodes.tolist()])

    def _paint_boxes(self, painter: QPainter, nodes: Iterable[int]) -> None:
        ground, line = QColor(self._colours.field), QPen(QColor(self._colours.weak), line_width())
        corner = scaled(_CORNER)
        for node in nodes:
            text = self._drawing.texts[node]
            if not text:
                continue
            is_leaf, frame = self._drawing.is_leaf[node], self._drawing.frame(node)
            fill = self._palette[self._fills[node]] if is_leaf else ground
            painter.setPen(Qt.PenStyle.NoPen if is_leaf else line)
            painter.setBrush(fill)
            painter.drawRoundedRect(frame, corner, corner)
            painter.setPen(words_on(fill))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, text)
