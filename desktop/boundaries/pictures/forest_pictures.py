"""Forest pictures: a small picture of each tree of a forest."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
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
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.boundaries.pictures.pointed_picture import make_pointed
from desktop.boundaries.pictures.thumbnail_grid import ThumbnailGrid
from desktop.boundaries.pictures.thumbnail_store import ThumbnailStore
from desktop.boundaries.pictures.tree_words import forest_words, grown_words
from desktop.widgets.frame import paint_frame
from desktop.widgets.text.spoken_changes import SpokenChanges
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from engine.plane.grid import Bounds
from engine.plane.points import Points

if TYPE_CHECKING:
    from engine.boundaries.forest_learner import ForestState

NOTHING = "Train a forest, and its trees appear here, each with the points that it was grown from."

_LEAST_WIDTH, _LEAST_HEIGHT = 260, 120
_CAPTION_LINES = 2


class ForestPictures(QWidget):
    """Pictures are painted a few at a time, new ones only; one is enlarged under the pointer.

    Signals:
        tree_hovered: Index of the tree under the pointer or chosen with the keyboard, int; None when it is
            none any more.
    """

    tree_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.perf_counter) -> None:
        """Show nothing.

        Args:
            parent: As usual.
            clock: Answers seconds.
        """
        super().__init__(parent)
        self._colours = LIGHT
        self._store = ThumbnailStore(clock)
        self._most = 0
        self._enlarged: QPixmap | None = None
        self._pointed: int | None = None
        self._spoken = SpokenChanges(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._paint_some)
        make_pointed(self, "The trees of the forest")
        self._describe()

    @property
    def pointed(self) -> int | None:
        """The tree that is enlarged."""
        return self._pointed

    @property
    def painted(self) -> int:
        """Pictures that are there, in the size that is shown."""
        return self._store.painted(self._grid().side)

    @property
    def caption(self) -> str:
        """What is said above the pictures, or in their place."""
        grown = self._store.grown
        if not grown:
            return NOTHING
        if self._pointed is not None:
            return grown_words(grown[self._pointed], self._pointed + 1)
        return forest_words(grown, self._most)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = self._store.colours = colours
        self._paint_all_anew()

    def set_points(self, points: Points, bounds: Bounds) -> None:
        """Show other points.

        Args:
            points: The training points, in the order in which the forest learned from them.
            bounds: What to show of the plane.
        """
        if points is self._store.points and bounds == self._store.bounds:
            return
        self._store.points, self._store.bounds = points, bounds
        self._paint_all_anew()

    def set_state(self, state: ForestState | None) -> None:
        """Show the trees of a forest as far as it is, or none; pictures of trees that were shown are kept."""
        before = self._grid()
        kept = self._store.take(() if state is None else state.grown)
        self._most = 0 if state is None else state.most
        if self._grid() != before:
            self.updateGeometry()
        if self._pointed is not None and self._pointed >= kept:
            self._point_at(None)
        self._paint_soon()

    def rectangle(self, index: int) -> QRect:
        """Where the picture of a tree stands."""
        return self._grid().rectangle(index)

    def _grid(self) -> ThumbnailGrid:
        # Room for a scroll bar, whether there is one or not: else it could come and go without end.
        area = self._scroll_area()
        bar = None if area is None else area.verticalScrollBar()
        reserved = 0 if bar is None or bar.isVisible() else bar.sizeHint().width()
        line = self.fontMetrics().height()
        top = _CAPTION_LINES * line + scaled(8)
        return ThumbnailGrid(len(self._store.grown), max(1, self.width() - reserved), line + scaled(2), top)

    def _scroll_area(self) -> QScrollArea | None:
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        return parent

    def _paint_all_anew(self) -> None:
        self._store.forget()
        self._enlarged = None
        self._paint_soon()

    def _paint_soon(self) -> None:
        self._describe()
        self.update()
        if not self._soon.isActive():
            self._soon.start(0)

    def _paint_some(self) -> None:
        """As many pictures as there is time for; the others in the next turn of the event loop."""
        side = self._grid().side
        for index in self._store.paint_some(side, self.devicePixelRatioF()):
            self.update(self.rectangle(index))
        if self._store.painted(side) < len(self._store.grown):
            self._soon.start(0)

    def _describe(self) -> None:
        self.setAccessibleDescription(self.caption)

    def _point_at(self, index: int | None) -> None:
        if index != self._pointed:
            self._pointed, self._enlarged = index, None
            self._describe()
            self.update()
            self.tree_hovered.emit(index)
            if index is not None:
                self._spoken.announce(self.caption)

    def sizeHint(self) -> QSize:
        """Four pictures."""
        return QSize(scaled(420), max(scaled(420), self.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """All rows, in the width that there is."""
        least = scaled(_LEAST_HEIGHT)
        return QSize(scaled(_LEAST_WIDTH), max(least, self._grid().height + scaled(2)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns, or pictures of another size."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
            self._enlarged = None
            self._paint_soon()

    def changeEvent(self, event: QEvent) -> None:
        """The titles have another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
            self._paint_soon()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Enlarge the tree under the pointer."""
        self._point_at(self._grid().index_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The same, for fingers."""
        self.mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No tree any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No tree any more."""
        super().focusOutEvent(event)
        self._point_at(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from tree to tree with the arrows, Home and End; Escape for none."""
        columns, last = self._grid().columns, len(self._store.grown) - 1
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_Home: -last,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._pointed is not None:
            self._point_at(None)
        elif key in steps and self._store.grown:
            at = 0 if self._pointed is None else self._pointed + steps[key]
            is_row_left = key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not 0 <= at <= last
            self._point_at(self._pointed if is_row_left else min(last, max(0, at)))
            self._scroll_there()
        else:
            super().keyPressEvent(event)

    def _scroll_there(self) -> None:
        area = self._scroll_area()
        scrolled = None if area is None else area.widget()
        if area is not None and scrolled is not None and self._pointed is not None:
            place = self.rectangle(self._pointed)
            middle = self.mapTo(scrolled, place.center())
            area.ensureVisible(middle.x(), middle.y(), place.width() // 2, place.height() // 2 + scaled(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the caption and the pictures that have to be."""
        painter = QPainter(self)
        painter.setPen(QColor(self._colours.muted))
        wrap = Qt.TextFlag.TextWordWrap
        if not self._store.grown:
            place = self.rect().adjusted(scaled(12), 0, -scaled(12), 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | wrap, self.caption)
        else:
            grid = self._grid()
            above = QRect(grid.left, scaled(2), grid.width - 2 * grid.left, grid.top)
            painter.drawText(
                above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | wrap, self.caption
            )
            self._paint_pictures(painter, grid, event.rect())
        if self.hasFocus() and self._pointed is None:
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            paint_frame(painter, frame, self._colours.accent, 4)
        painter.end()

    def _paint_pictures(self, painter: QPainter, grid: ThumbnailGrid, shown: QRect) -> None:
        for index in range(grid.count):
            place = grid.rectangle(index)
            if not shown.intersects(place.adjusted(0, 0, 0, grid.title_height)):
                continue
            self._paint_picture(painter, place, self._store[index], self._colours.line)
            if grid.title_height:
                title = QRect(place.left(), place.bottom() + 1, place.width(), grid.title_height)
                painter.setPen(QColor(self._colours.muted))
                painter.drawText(title, Qt.AlignmentFlag.AlignCenter, f"Tree {index + 1}")
        if self._pointed is not None:
            place = grid.enlarged(self._pointed, self.visibleRegion().boundingRect())
            if self._enlarged is None:
                self._enlarged = self._store.picture(self._pointed, place.width(), self.devicePixelRatioF())
            self._paint_picture(painter, place, self._enlarged, self._colours.accent, 2)

    def _paint_picture(
        self, painter: QPainter, place: QRect, picture: QPixmap | None, line: str, width: float = 1.0
    ) -> None:
        if picture is None:
            painter.fillRect(place, QColor(self._colours.field))
        else:
            painter.drawPixmap(place, picture)
        paint_frame(painter, QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), line, 0, width)
