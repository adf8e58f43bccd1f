"""Tree picture: a decision tree from its root at the top to its leaves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.boundaries.pictures.pointed_picture import make_pointed
from desktop.boundaries.pictures.tree_drawing import TreeDrawing
from desktop.boundaries.pictures.tree_painter import TreePainter
from desktop.boundaries.pictures.tree_words import node_words, tree_words
from desktop.widgets.frame import paint_frame
from desktop.widgets.text.spoken_changes import SpokenChanges
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from engine.trees.tree import ROOT, Tree

NOTHING = "Train a tree, and its cuts appear here one by one."
HINT = "Point at a node to see its rectangle in the plane."

_LEAST_HEIGHT, _LEAST_WIDTH = 200, 260
_CORNER = 4


class TreePicture(QWidget):
    """Each cut with its question, yes to the left; leaves in the colours of their classes.

    Signals:
        node_hovered: The node under the pointer or chosen with the keyboard, int; None when it is none any
            more.
    """

    node_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._tree: Tree | None = None
        self._names: tuple[str, ...] = ()
        self._drawing: TreeDrawing | None = None
        self._painter: TreePainter | None = None
        self._pixmap: QPixmap | None = None
        self._marked: int | None = None
        self._pointed: int | None = None
        self._pointer: QPointF | None = None
        self._spoken = SpokenChanges(self)
        make_pointed(self, "The tree")
        self._describe()

    @property
    def marked(self) -> int | None:
        """The node that is marked, with the path to it."""
        return self._marked

    @property
    def caption(self) -> str:
        """What is said below the picture, or in its place."""
        if self._tree is None:
            return NOTHING
        if self._marked is None:
            return f"{tree_words(self._tree)} {HINT}" if len(self._tree) > 1 else tree_words(self._tree)
        threshold = self.drawing.thresholds[self._marked]
        return f"{node_words(self._tree, self._marked, threshold, self._names)}."

    @property
    def drawing(self) -> TreeDrawing:
        """The tree as it is painted; there must be one."""
        assert self._tree is not None
        if self._drawing is None:
            self._drawing = TreeDrawing(self._tree, self._area(), self.font())
        return self._drawing

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._draw_anew()

    def set_tree(self, tree: Tree | None, class_names: tuple[str, ...]) -> None:
        """Show another tree, or none.

        Args:
            tree: Of two features.
            class_names: What the classes are called, as far as they have names.
        """
        if tree is self._tree and class_names == self._names:
            return
        self._tree, self._names = tree, class_names
        self._marked = None
        self._draw_anew()
        # The same number is another node now.
        was_pointed, self._pointed = self._pointed is not None, None
        if self._pointer is not None:
            self._point_at(self._node_at(self._pointer))
        if was_pointed and self._pointed is None:
            self.node_hovered.emit(None)

    def highlight(self, node: int | None) -> None:
        """Mark a node and the path to it, or none."""
        if node is not None and (self._tree is None or not 0 <= node < len(self._tree)):
            node = None
        if node != self._marked:
            self._marked = node
            self._describe()
            self.update()

    def _area(self) -> QRectF:
        return QRectF(0, 0, self.width(), self.height() - self._caption_height())

    def _caption_height(self) -> int:
        return 2 * self.fontMetrics().height() + scaled(4)

    def _draw_anew(self) -> None:
        self._drawing = self._painter = self._pixmap = None
        self._describe()
        self.update()

    def _describe(self) -> None:
        said = self.caption
        if self._tree is not None and self._marked is not None:
            said = f"{tree_words(self._tree)} {said}"
        self.setAccessibleDescription(said)

    def _node_at(self, place: QPointF) -> int | None:
        return None if self._tree is None else self.drawing.node_at(place)

    def _point_at(self, node: int | None) -> None:
        if node != self._pointed:
            self._pointed = node
            self.highlight(node)
            self.node_hovered.emit(node)
            if node is not None:
                self._spoken.announce(self.caption)
        elif node is not None:
            self.highlight(node)

    def sizeHint(self) -> QSize:
        """A tree of some ten leaves."""
        return QSize(scaled(420), scaled(320))

    def minimumSizeHint(self) -> QSize:
        """A tree of four or five leaves."""
        return QSize(scaled(_LEAST_WIDTH), scaled(_LEAST_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the tree again."""
        super().resizeEvent(event)
        self._draw_anew()

    def changeEvent(self, event: QEvent) -> None:
        """Other letters need other boxes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._draw_anew()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which node is under the pointer."""
        self._pointer = event.position()
        self._point_at(self._node_at(self._pointer))

    def leaveEvent(self, event: QEvent) -> None:
        """No node any more."""
        super().leaveEvent(event)
        self._pointer = None
        self._point_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No node any more."""
        super().focusOutEvent(event)
        self._point_at(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up to the parent, Down to the child, Left and Right along a level, Escape for none."""
        if self._tree is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and self._marked is not None:
            self._point_at(None)
            self.highlight(None)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._point_at(ROOT if self._marked is None else self._neighbour(self._marked, event.key()))
        else:
            super().keyPressEvent(event)

    def _neighbour(self, node: int, key: int) -> int:
        assert self._tree is not None
        if key == Qt.Key.Key_Up:
            return int(self.drawing.layout.parents[node])
        if key == Qt.Key.Key_Down:
            return int(self._tree.lefts[node])
        beside = node + (1 if key == Qt.Key.Key_Right else -1)
        depths = self._tree.depths
        return beside if 0 <= beside < len(depths) and depths[beside] == depths[node] else node

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tree as it was drawn, the path that is marked, and the caption."""
        painter = QPainter(self)
        painter.setPen(QColor(self._colours.muted))
        if self._tree is None:
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(scaled(12), 0, -scaled(12), 0), flags, self.caption)
        else:
            height = self._caption_height()
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            below = QRectF(scaled(4), self.height() - height, self.width() - scaled(8), height)
            painter.drawText(below, flags, self.caption)
            if self._painter is None:
                self._painter = TreePainter(self.drawing, self._colours)
            painter.drawPixmap(0, 0, self._drawn(self._painter))
            if self._marked is not None:
                self._painter.paint_path(painter, self._marked)
        if self.hasFocus() and self._marked is None:
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            paint_frame(painter, frame, self._colours.accent, _CORNER)
        painter.end()

    def _drawn(self, tree_painter: TreePainter) -> QPixmap:
        if self._pixmap is None:
            ratio = self.devicePixelRatioF()
            size = self._area().size() * ratio
            self._pixmap = QPixmap(max(1, round(size.width())), max(1, round(size.height())))
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._pixmap)
            tree_painter.paint(painter)
            painter.end()
        return self._pixmap
