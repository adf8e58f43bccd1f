"""Tree drawing: where a tree's nodes stand and what is written in them, at one size and in one font."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from desktop.boundaries.pictures.cut_words import cut_words, threshold_words
from desktop.boundaries.pictures.label_fit import labels_that_fit
from desktop.boundaries.pictures.tree_layout import tree_layout
from desktop.widgets.text.fonts import tabular
from desktop.widgets.zoom.lengths import scaled, zoom_factor
from engine.trees.tree import ROOT, Tree

# Of the widget's font, the largest with which all words fit.
_FONT_SCALES = (1.0, 0.9, 0.8)
_MARGIN, _CUT_PADDING, _LEAF_PADDING, _SPACE = 6, 4, 2, 2
_MOST_PITCH = 84
_LARGEST_DOT, _SMALLEST_DOT = 5.0, 1.4
_NEAR = 7


class TreeDrawing:
    """A tree, measured once.

    Attributes:
        tree: The tree.
        is_leaf: (nodes,) bool, as a list.
        layout: Of the nodes.
        thresholds: (nodes,) texts, empty for leaves.
        texts: (nodes,) what is written in each node; empty where there is no room, and a dot stands there.
        font: Of the texts.
        x: (nodes,) float64, in pixels.
        y: (nodes,) float64, in pixels.
        shares: (nodes,) float64 of the samples, 0 to 1.
        slot: Pixels from leaf to leaf.
        pitch: Pixels from level to level.
        dot: Radius of dots, in pixels.
    """

    def __init__(self, tree: Tree, area: QRectF, font: QFont) -> None:
        """Measure.

        Args:
            tree: What to draw.
            area: Room for it, in pixels.
            font: Of its words, if they fit.
        """
        self.tree, self.layout, self.thresholds = tree, tree_layout(tree), threshold_words(tree)
        is_leaf = tree.is_leaf
        self.is_leaf = is_leaf.tolist()
        totals = tree.counts.sum(axis=1)
        self.shares = totals / totals[ROOT]
        wanted = self._wanted(totals.tolist())
        margin = scaled(_MARGIN)
        room = area.adjusted(margin, margin, -margin, -margin)
        self.slot = room.width() / tree.leaves
        self.dot = min(_LARGEST_DOT * zoom_factor(), max(_SMALLEST_DOT * zoom_factor(), 0.4 * self.slot))
        self.x = room.left() + self.layout.x * room.width()
        padding = 2 * np.where(is_leaf, scaled(_LEAF_PADDING), scaled(_CUT_PADDING))
        advances = _advances(wanted, font)
        weights = self.shares + ~is_leaf
        for scale in _FONT_SCALES:
            self.font = tabular(font, scale)
            self._height = QFontMetricsF(self.font).height() + scaled(_CUT_PADDING)
            # Never narrower than high.
            lengths = np.maximum(scale * advances + padding, self._height)
            self.pitch = (room.height() - self._height) / max(1, self.layout.levels - 1)
            fits = labels_that_fit(
                self.x, tree.depths, lengths + scaled(_SPACE), weights, self.dot, (area.left(), area.right())
            )
            is_high_enough = self.pitch >= self._height + scaled(_SPACE)
            if all(fits) and is_high_enough:
                break
        self.pitch = min(self.pitch, scaled(_MOST_PITCH))
        self.texts = [text if fit and is_high_enough else "" for text, fit in zip(wanted, fits, strict=True)]
        self._lengths = lengths.tolist()
        top = room.top() + self._height / 2
        self.y = top + self.pitch * tree.depths
        if self.layout.levels == 1:
            self.y = np.array([area.center().y()])
        self._xs, self._ys = self.x.tolist(), self.y.tolist()

    def _wanted(self, totals: list[float]) -> list[str]:
        rows = zip(self.is_leaf, totals, self.tree.features.tolist(), self.thresholds, strict=True)
        return [
            f"{total:,.0f}" if is_leaf else cut_words(feature, threshold)
            for is_leaf, total, feature, threshold in rows
        ]

    def centre(self, node: int) -> QPointF:
        """Of a node."""
        return QPointF(self._xs[node], self._ys[node])

    def frame(self, node: int) -> QRectF:
        """Of a node's box, or the square around its dot."""
        width, height = (self._lengths[node], self._height) if self.texts[node] else (2 * self.dot,) * 2
        return QRectF(self._xs[node] - width / 2, self._ys[node] - height / 2, width, height)

    def node_at(self, place: QPointF) -> int | None:
        """The node there, or the nearest within a few pixels."""
        across, down = np.abs(self.x - place.x()), np.abs(self.y - place.y())
        has_text = np.array([bool(text) for text in self.texts])
        is_inside = has_text & (across <= np.array(self._lengths) / 2) & (down <= self._height / 2)
        if is_inside.any():
            return int(is_inside.argmax())
        away = np.hypot(across, down)
        nearest = int(away.argmin())
        return nearest if away[nearest] <= max(scaled(_NEAR), self.dot) else None


def _advances(texts: list[str], font: QFont) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """(texts,) widths in pixels."""
    metrics = QFontMetricsF(tabular(font))
    known = {text: metrics.horizontalAdvance(text) for text in set(texts)}
    return np.array([known[text] for text in texts])
