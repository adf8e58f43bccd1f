"""Plane view: points over the regions of a model, to look at and to paint on."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QGraphicsRectItem, QWidget

from desktop.boundaries.plane.class_points import ClassPoints
from desktop.boundaries.plane.region_picture import region_colours
from desktop.widgets.chart import Chart
from desktop.widgets.diverging.colours import diverging_colours
from desktop.widgets.line_pen import line_pen
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, scaled_size
from engine.plane.grid import Bounds
from engine.plane.points import MOST_CLASSES, Points

# Pixels along a symbol at 100 %, and how many points there may be for it.
_SIZES = ((500, 9.0), (2_000, 7.0), (10_000, 5.0), (100_000, 3.0))
# Steps of the arrow keys across the plane.
_KEY_STEPS = 40
_LEAST_SIDE = 200

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}


class PlaneView(Chart):
    """Shows what it is given; what the mouse or the keys do on it goes up as signals, in the plane's units.

    Signals:
        pressed: x and y, and whether it is to erase: the right button, or Shift.
        dragged: x and y, while a button is held.
        released: The button is up again.
        place_hovered: (x, y) as a tuple, or None.
    """

    pressed = Signal(float, float, bool)
    dragged = Signal(float, float)
    released = Signal()
    place_hovered = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        # First: the base gives colours while it is made.
        self._colours = LIGHT
        self._sets: tuple[Points, Points] = (Points.none(), Points.none())
        self._regions: NDArray[np.float64] | None = None
        self._unit: NDArray[np.float32] | None = None
        self._bounds = Bounds()
        self._cursor: tuple[float, float] | None = None
        self._is_held = False
        self._marks: list[ClassPoints] = []
        super().__init__(name, "x", "y", parent=parent)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(scaled_size(_LEAST_SIDE, _LEAST_SIDE))
        self._picture = pg.ImageItem(axisOrder="row-major")
        self._picture.setZValue(-10)
        self.addItem(self._picture)
        # Test points behind: they are fewer, and training points are what a model sees.
        for is_test in (True, False):
            for label in range(MOST_CLASSES):
                item = ClassPoints(label, is_test)
                self._marks.append(item)
                self.addItem(item)
        self._rectangle = QGraphicsRectItem()
        self._rectangle.setZValue(5)
        self._rectangle.hide()
        self.getPlotItem().getViewBox().addItem(self._rectangle, ignoreBounds=True)
        self._cross = pg.ScatterPlotItem(symbol="+", pxMode=True)
        self._cross.setZValue(6)
        self.addItem(self._cross)
        self._show_bounds()
        self.set_colours(LIGHT)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        super().set_colours(colours)
        if self._marks:
            self._rectangle.setPen(line_pen(colours.text, 2))
            self._cross.setPen(line_pen(colours.text, 2))
            self._show_points()
            self._show_picture()

    def set_bounds(self, bounds: Bounds) -> None:
        """Look at another part of the plane."""
        if bounds != self._bounds:
            self._bounds = bounds
            self._regions = self._unit = None
            self._show_bounds()
            self._show_picture()

    def set_points(self, training: Points, test: Points) -> None:
        """Show other points; those of the test set are hollow."""
        self._sets = training, test
        self._show_points()
        counts = (training.counts + test.counts).tolist()
        said = ", ".join(f"{count} of class {label}" for label, count in enumerate(counts) if count)
        self.setAccessibleDescription(f"{len(training) + len(test)} points: {said}" if said else "No points")

    def set_regions(
        self, probabilities: NDArray[np.float64] | None, unit: NDArray[np.float32] | None = None
    ) -> None:
        """Show what a model answers, or nothing.

        Args:
            probabilities: (rows, columns, classes), from bottom to top.
            unit: What one unit puts out, (rows, columns), to be shown in place of that.
        """
        self._regions, self._unit = probabilities, unit
        self._show_picture()

    def set_rectangle(self, box: NDArray[np.float64] | None) -> None:
        """Mark a part of the plane, (2, 2) of x and y, which may be infinite, or nothing."""
        self._rectangle.setVisible(box is not None)
        if box is not None:
            bounds = self._bounds
            (left, right), (bottom, top) = box
            left, right = max(left, bounds.left), min(right, bounds.right)
            bottom, top = max(bottom, bounds.bottom), min(top, bounds.top)
            self._rectangle.setRect(QRectF(left, bottom, max(0.0, right - left), max(0.0, top - bottom)))

    def _show_bounds(self) -> None:
        bounds = self._bounds
        box = self.getPlotItem().getViewBox()
        box.setAspectLocked(bounds.is_usual)
        self.set_ranges((bounds.left, bounds.right), (bounds.bottom, bounds.top))

    def _show_picture(self) -> None:
        bounds = self._bounds
        if self._unit is not None:
            picture = _unit_colours(self._unit, self._colours)
        elif self._regions is not None:
            picture = region_colours(self._regions, self._colours)
        else:
            self._picture.clear()
            return
        self._picture.setImage(picture, autoLevels=False, levels=None)
        self._picture.setRect(
            QRectF(bounds.left, bounds.bottom, bounds.right - bounds.left, bounds.top - bounds.bottom)
        )

    def _show_points(self) -> None:
        training, test = self._sets
        size = scaled(next(size for most, size in _SIZES if len(training) + len(test) <= most))
        for place, item in enumerate(self._marks):
            is_test, label = place < MOST_CLASSES, place % MOST_CLASSES
            points = test if is_test else training
            item.show_points(points.coordinates[points.labels == label], size, self._colours)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to paint or to erase."""
        place = self._place(event.position())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if place is not None and (is_left or event.button() == Qt.MouseButton.RightButton):
            self._is_held = True
            is_erasing = not is_left or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.pressed.emit(*place, is_erasing)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Paint on, or tell where the pointer is."""
        place = self._place(event.position())
        if self._is_held and place is not None:
            self.dragged.emit(*place)
        self.place_hovered.emit(place)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke is over."""
        if self._is_held:
            self._is_held = False
            self.released.emit()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second touch of the brush."""
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        self.place_hovered.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move a cross, Space paints there and Backspace erases."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._move_cursor(*_ARROWS[key])
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Backspace) and self._cursor is not None:
            self.pressed.emit(*self._cursor, key == Qt.Key.Key_Backspace)
            self.released.emit()
        else:
            event.ignore()

    def focusOutEvent(self, event: QEvent) -> None:
        """The cross goes with the keyboard."""
        super().focusOutEvent(event)
        self._cursor = None
        self._cross.setData(pos=np.zeros((0, 2)))

    def _move_cursor(self, right: int, up: int) -> None:
        bounds = self._bounds
        width, height = bounds.right - bounds.left, bounds.top - bounds.bottom
        if self._cursor is None:
            self._cursor = bounds.left + width / 2, bounds.bottom + height / 2
        else:
            x, y = self._cursor
            self._cursor = (
                min(max(bounds.left, x + right * width / _KEY_STEPS), bounds.right),
                min(max(bounds.bottom, y + up * height / _KEY_STEPS), bounds.top),
            )
        self._cross.setSize(scaled(14))
        self._cross.setData(pos=np.array([self._cursor]))
        self.place_hovered.emit(self._cursor)

    def _place(self, position: QPointF) -> tuple[float, float] | None:
        view = self.getPlotItem().getViewBox()
        if not view.sceneBoundingRect().contains(position):
            return None
        at: QPointF = view.mapSceneToView(position)
        return at.x(), at.y()

    def sizeHint(self) -> QSize:
        """A square, or what is left."""
        return scaled_size(420, 420)


def _unit_colours(outputs: NDArray[np.float32], colours: Colours) -> NDArray[np.uint8]:
    zero = QColor(colours.field)
    limit = float(np.abs(outputs).max()) or 1.0
    return diverging_colours(outputs, limit, (zero.red(), zero.green(), zero.blue()))[..., 2::-1]
