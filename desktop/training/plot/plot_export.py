"""Plot export: legend and curves of a plot as a picture, PNG or SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QRegion
from PySide6.QtWidgets import QWidget

_SCALE = 2
_MARGIN = 12


class PlotExport:
    """Takes pictures of a widget down to the lower end of the plot in it; what is below is left out."""

    def __init__(self, widget: QWidget, plot: pg.PlotWidget, right: pg.ViewBox, background: str) -> None:
        """Take no picture yet.

        Args:
            widget: With legend and plot.
            plot: In it.
            right: The view of the plot's right axis.
            background: ``#rrggbb``.
        """
        self._widget = widget
        self._plot = plot
        self._right = right
        self._background = QColor(background)

    def png(self) -> bytes:
        """Twice the size on the screen."""
        area = self._area()
        image = QImage(area.size() * _SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SCALE)
        image.fill(self._background)
        painter = QPainter(image)
        self._paint(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, b"png").write(image)
        return bytes(buffer.data().data())

    def svg(self) -> bytes:
        """The size on the screen."""
        # pyqtgraph's own SVG exporter fails on paths as newer versions of Qt write them.
        from PySide6.QtSvg import QSvgGenerator

        area = self._area()
        buffer = QBuffer()
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setResolution(96)
        generator.setSize(area.size())
        generator.setViewBox(area)
        generator.setTitle("Loss and accuracy")
        painter = QPainter(generator)
        painter.fillRect(area, self._background)
        self._paint(painter)
        painter.end()
        # A curve of one point leaves a path of none, about which some readers complain.
        return re.sub(rb'<path [^>]*\bd=""/>\n?', b"", buffer.data().data())

    def _area(self) -> QRect:
        """Of the picture: the widget down to the plot's end, and a margin."""
        self._widget.ensurePolished()
        layout = self._widget.layout()
        if layout is not None:
            layout.activate()
        return QRect(0, 0, self._widget.width() + 2 * _MARGIN, self._height() + 2 * _MARGIN)

    def _height(self) -> int:
        return int(self._plot.geometry().bottom()) + 1

    def _paint(self, painter: QPainter) -> None:
        flags = QWidget.RenderFlag.DrawChildren
        with self._clamped_to_axes():
            shown = QRegion(0, 0, self._widget.width(), self._height())
            self._widget.render(painter, QPoint(_MARGIN, _MARGIN), shown, flags)

    @contextmanager
    def _clamped_to_axes(self) -> Iterator[None]:
        """Curves end at the axes' ends, beyond which SVG would show them; points are shapes, not pixels."""
        item = self._plot.getPlotItem()
        low, high = item.getViewBox().viewRange()[1]
        if item.getAxis("left").logMode:
            low, high = 10**low, 10**high
        lines = [(line, low, high) for line in item.listDataItems()]
        lines += [(line, *self._right.viewRange()[1]) for line in self._right.addedItems]
        originals = [line.getOriginalDataset() for line, _, _ in lines]
        for (line, lowest, highest), (steps, values) in zip(lines, originals, strict=True):
            if steps is not None:
                line.setData(steps, np.clip(values, lowest, highest))
            # After the data, with which they are set anew.
            line.scatter.opts.update(useCache=False, antialias=True)
        try:
            yield
        finally:
            for (line, _, _), (steps, values) in zip(lines, originals, strict=True):
                line.scatter.opts["useCache"] = True
                if steps is not None:
                    line.setData(steps, values)
