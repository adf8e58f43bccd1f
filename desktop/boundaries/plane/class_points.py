"""Class points: the points of one class in the plane, those to learn from or those to test on."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from desktop.boundaries.plane.class_styles import class_colours, class_symbol
from desktop.widgets.line_pen import line_pen
from desktop.widgets.theme import Colours


class ClassPoints(pg.ScatterPlotItem):
    """Points to learn from are filled, and those to test on hollow and behind them."""

    def __init__(self, label: int, is_test: bool) -> None:
        super().__init__(symbol=class_symbol(label), pxMode=True)
        self._label, self._is_test = label, is_test
        self._places: NDArray[np.float64] = np.zeros((0, 2))
        self._shown_as: tuple[float, Colours] | None = None
        self.setZValue(0 if is_test else 1)

    def show_points(self, places: NDArray[np.float64], size: float, colours: Colours) -> None:
        """Show points.

        The base goes through all of them one by one, so it is asked only if something is new: a brush changes
        the points of one class.

        Args:
            places: (points, 2) x and y.
            size: Pixels along a symbol.
            colours: Of the appearance.
        """
        if (size, colours) == self._shown_as and np.array_equal(places, self._places):
            return
        self._places, self._shown_as = places, (size, colours)
        ground, colour = QColor(colours.panel), class_colours(colours)[self._label]
        pen = line_pen(colour, 1.5) if self._is_test else pg.mkPen(ground, width=0.7)
        self.setData(pos=places, size=size, pen=pen, brush=ground if self._is_test else QColor(colour))
        # Painted with each frame of a model, empty or not.
        self.setVisible(len(places) > 0)
