"""Chart: a plot of curves in the window's colours, to look at and, where a page asks for it, to click."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.line_pen import line_pen
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, scaled_size

_LEAST_HEIGHT = 140


class ValueAxis(pg.AxisItem):
    """Writes true minus signs, as the text beside a chart does."""

    def __init__(self, side: str, tick_margin: int = 0) -> None:
        """Make an axis.

        Args:
            side: ``bottom``, ``left`` or ``right``.
            tick_margin: Pixels, at 100 %, beyond each end for the names of the outermost ticks, which are
                left out where they do not fit.
        """
        # First: the base asks for its rectangle while it is made.
        self._tick_margin = tick_margin
        super().__init__(side)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """The names of ticks."""
        return [text.replace("-", "−") for text in super().tickStrings(values, scale, spacing)]

    def boundingRect(self) -> QRectF:
        """With the margin for the outermost names."""
        usual: QRectF = super().boundingRect()
        margin = scaled(self._tick_margin)
        return usual.adjusted(-margin, -margin, margin, margin)


class Chart(pg.PlotWidget):
    """Two axes with names and a quiet grid; nothing to drag or zoom by accident.

    Signals:
        place_clicked: x and y of a left click inside the axes, in the units of the data.
    """

    place_clicked = Signal(float, float)
    _is_height_fixed = False

    def __init__(
        self,
        name: str,
        x_name: str,
        y_name: str,
        is_x_log: bool = False,
        parent: QWidget | None = None,
        tick_margin: int = 0,
    ) -> None:
        """Make a chart; the last argument is that of its axes."""
        axes = {side: ValueAxis(side, tick_margin) for side in ("bottom", "left")}
        super().__init__(parent, background=None, axisItems=axes, enableMenu=False)
        self._is_x_log = is_x_log
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setMinimumHeight(scaled(_LEAST_HEIGHT))
        item = self.getPlotItem()
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.setLogMode(x=is_x_log, y=False)
        for side, text in (("bottom", x_name), ("left", y_name)):
            axis = item.getAxis(side)
            axis.setStyle(tickLength=0, maxTickLevel=1)
            axis.enableAutoSIPrefix(False)
            axis.setGrid(60)
            item.setLabel(side, text)
        self.set_colours(LIGHT)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance; curves are the page's own to style again."""
        self.setBackground(colours.panel)
        self._set_fonts()
        for side in ("bottom", "left"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(line_pen(colours.muted, 1))
            axis.setTextPen(line_pen(colours.muted, 1))

    def add_curve(self) -> pg.PlotDataItem:
        """A new, empty curve; give it a pen with `setPen` and points with `setData`."""
        return self.getPlotItem().plot(antialias=True)

    def set_ranges(self, x: Sequence[float], y: Sequence[float]) -> None:
        """Lowest and highest value of each axis, in the axis's own units (decimal logarithms if it is so)."""
        self.getPlotItem().getViewBox().setRange(xRange=x, yRange=y, padding=0)

    def _set_fonts(self) -> None:
        small = tabular(self.font(), 0.85)
        for side in ("bottom", "left"):
            axis = self.getPlotItem().getAxis(side)
            axis.setStyle(tickFont=small, tickTextOffset=scaled(6))
            axis.label.setFont(small)
        if self._is_height_fixed:
            letters = QFontMetricsF(small).height()
            self.getPlotItem().getAxis("bottom").setHeight(2 * letters + scaled(12))

    def fix_axis_height(self) -> None:
        """Keep the height of the lower axis, so that curves do not shift when its numbers change."""
        self._is_height_fixed = True
        self._set_fonts()

    def changeEvent(self, event: QEvent) -> None:
        """The axes do not take another font by themselves."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.plotItem is not None:
            self._set_fonts()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell where it was clicked."""
        view = self.getPlotItem().getViewBox()
        place = event.position()
        if event.button() == Qt.MouseButton.LeftButton and view.sceneBoundingRect().contains(place):
            at: QPointF = view.mapSceneToView(place)
            self.place_clicked.emit(10 ** at.x() if self._is_x_log else at.x(), at.y())
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, which scrolls; the axes would keep it to themselves."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """Wider than high."""
        return scaled_size(480, 260)
