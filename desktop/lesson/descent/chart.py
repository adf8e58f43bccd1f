"""Descent chart: a loss curve, the last step down it with tangent and arrow, and the fading trail before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor

from desktop.widgets.chart import Chart
from desktop.widgets.line_pen import DASHED, line_pen
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, scaled_size

if TYPE_CHECKING:
    from engine.lesson.descent import DescentStep, LossCurve

_SAMPLES = 600
_LONGEST_TRAIL = 40
_FAINTEST = 70
_TANGENT_SHARE = 0.11
# Beyond this multiple of the home range the chart grows no more; the trail leads out of it.
_MOST_HEIGHTS = 16.0
_MOST_WIDTHS = 1.5


class DescentChart(Chart):
    """One parameter to the right, its loss upwards. It grows when the steps leave it, until `show_curve`."""

    def __init__(self) -> None:
        super().__init__("Loss of one parameter, with the steps taken", "parameter w", "loss")
        self._curve = self.add_curve()
        self._trail: list[pg.PlotDataItem] = []
        self._tangent = self.add_curve()
        self._shaft = self.add_curve()
        self._head = pg.ArrowItem(headLen=scaled(11), tipAngle=50, pen=None)
        self._former = pg.ScatterPlotItem()
        self._place = pg.ScatterPlotItem()
        for item in (self._former, self._head, self._place):
            self.getPlotItem().addItem(item, ignoreBounds=True)
        self._steps: tuple[DescentStep, ...] = ()
        self._here = (0.0, 0.0)
        self._slope = 0.0
        self._home = ((0.0, 1.0), (0.0, 1.0))
        self._shown = self._home
        self.setMinimumHeight(scaled(220))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.getPlotItem().getViewBox().sigRangeChanged.connect(self._aim)
        self.getPlotItem().getViewBox().sigResized.connect(self._aim)
        self.set_colours(LIGHT)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._colours = colours
        if hasattr(self, "_curve"):
            self._curve.setPen(line_pen(colours.muted, 2))
            self._tangent.setPen(line_pen(colours.second, 2, DASHED))
            self._shaft.setPen(line_pen(colours.accent, 2))
            self._head.setStyle(brush=QColor(colours.accent), headLen=scaled(11))
            self._draw()

    def show_curve(self, curve: LossCurve) -> None:
        """Draw a curve and nothing on it, in the range worth drawing."""
        low, high = curve.low - _MOST_WIDTHS * curve.width, curve.high + _MOST_WIDTHS * curve.width
        parameters = [low + (high - low) * index / _SAMPLES for index in range(_SAMPLES + 1)]
        # Sampled more closely where it is looked at first.
        parameters += [curve.low + curve.width * index / _SAMPLES for index in range(_SAMPLES + 1)]
        parameters.sort()
        self._curve.setData(parameters, curve.losses(parameters))
        top = 1.05 * max(curve.losses([curve.low, curve.high]))
        self._home = ((curve.low, curve.high), (-0.05 * top, top))
        self.reset_ranges()

    def reset_ranges(self) -> None:
        """Back to the range worth drawing."""
        self._show_ranges(self._home)

    def show_start(self, parameter: float, loss: float, gradient: float) -> None:
        """Show a place from which no step was taken yet, with its tangent."""
        self._steps = ()
        self._here, self._slope = (parameter, loss), gradient
        self._draw()

    def show_steps(self, steps: Sequence[DescentStep]) -> None:
        """Show the last of one or more steps with tangent and arrow, and those before as a trail."""
        self._steps = tuple(steps[-_LONGEST_TRAIL:])
        last = self._steps[-1]
        self._here = (last.parameter, last.loss)
        self._slope = last.gradient
        self._grow_to(last.next_parameter, last.next_loss)
        self._draw()

    def _draw(self) -> None:
        self._draw_tangent()
        self._draw_trail()
        last = self._steps[-1] if self._steps else None
        place = (last.next_parameter, last.next_loss) if last else self._here
        self._shaft.setData(*zip(self._here, place, strict=True) if last else ([], []))
        self._place.setData(
            pos=[place],
            size=scaled(13),
            brush=QColor(self._colours.accent),
            pen=line_pen(self._colours.panel, 1.5),
        )
        self._aim()

    def _draw_tangent(self) -> None:
        """Equally long on the screen, however steep."""
        (low, high), (bottom, top) = self._shown
        x_unit, y_unit = (high - low), (top - bottom)
        slope = self._slope * x_unit / y_unit
        reach = _TANGENT_SHARE / math.hypot(1, slope)
        x, y = self._here
        self._tangent.setData(
            [x - reach * x_unit, x + reach * x_unit],
            [y - reach * slope * y_unit, y + reach * slope * y_unit],
        )

    def _draw_trail(self) -> None:
        """Former places and the ways between them, the older the fainter."""
        former = self._steps[:-1]
        while len(self._trail) < len(former):
            self._trail.append(self.add_curve())
        shades = []
        for index, item in enumerate(self._trail):
            if index >= len(former):
                item.setData([], [])
                continue
            step = former[index]
            shade = QColor(self._colours.accent)
            shade.setAlpha(_FAINTEST + (190 - _FAINTEST) * (index + 1) // len(former))
            shades.append(shade)
            item.setPen(line_pen(shade.name(QColor.NameFormat.HexArgb), 1))
            item.setData([step.parameter, step.next_parameter], [step.loss, step.next_loss])
        places = [(step.parameter, step.loss) for step in former]
        if self._steps:
            places.append(self._here)
            shades.append(QColor(self._colours.accent))
        self._former.clear()
        if places:
            pens = [line_pen(shade.name(QColor.NameFormat.HexArgb), 1.5) for shade in shades]
            self._former.setData(pos=places, size=scaled(8), brush=QColor(self._colours.panel), pen=pens)

    def _aim(self) -> None:
        """Turn the arrow's head along its shaft as it is seen; short ways have none."""
        view = self.getPlotItem().getViewBox()
        if not self._steps:
            self._head.hide()
            return
        last = self._steps[-1]
        start = view.mapViewToScene(QPointF(last.parameter, last.loss))
        end = view.mapViewToScene(QPointF(last.next_parameter, last.next_loss))
        way = end - start
        length = math.hypot(way.x(), way.y())
        is_long = length > scaled(26)
        self._head.setVisible(is_long)
        if is_long:
            # The tip touches the rim of the point there.
            tip = view.mapSceneToView(end - way * (scaled(7) / length))
            self._head.setPos(tip)
            self._head.setStyle(angle=180 + math.degrees(math.atan2(way.y(), way.x())))

    def _grow_to(self, x: float, y: float) -> None:
        """Widen the ranges for a place outside them, but not without end."""
        (low, high), (bottom, top) = self._shown
        (home_low, home_high), (_, home_top) = self._home
        width = home_high - home_low
        if not low <= x <= high:
            low = max(min(low, x - 0.1 * width), home_low - _MOST_WIDTHS * width)
            high = min(max(high, x + 0.1 * width), home_high + _MOST_WIDTHS * width)
        if y > top:
            top = min(1.1 * y, _MOST_HEIGHTS * home_top)
            bottom = -0.05 * top
        if ((low, high), (bottom, top)) != self._shown:
            self._show_ranges(((low, high), (bottom, top)))

    def _show_ranges(self, ranges: tuple[tuple[float, float], tuple[float, float]]) -> None:
        self._shown = ranges
        self.set_ranges(*ranges)

    def sizeHint(self) -> QSize:
        """Low enough to leave room for fields and words in a small window."""
        return scaled_size(480, 236)
