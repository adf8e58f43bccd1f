"""Line pen: a pen for curves, and the dashes that tell curves apart where colours are not seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from desktop.widgets.zoom.lengths import line_width

Dashes = tuple[float, ...]
"""Lengths of dashes and gaps in widths of the pen; none for a solid line."""

SOLID: Dashes = ()
"""Of what is measured on the validation set, wherever both sets are plotted."""
DASHED: Dashes = (4, 3)
"""Of what is measured on the training set."""
DOTTED: Dashes = (1, 2)
DASH_DOTTED: Dashes = (4, 2, 1, 2)


def line_pen(colour: str, width: float = 2.0, dashes: Dashes = SOLID) -> QPen:
    """A pen that keeps its width, in pixels at 100 %, whatever the scale of the axes."""
    pen = QPen(QColor(colour), line_width(width), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if dashes:
        pen.setDashPattern(dashes)
    pen.setCosmetic(True)
    return pen


def faint_pen(colour: str, opacity: float = 0.35) -> QPen:
    """For the losses of single mini-batches, which lie behind their smoothed curve."""
    faint = QColor(colour)
    faint.setAlphaF(opacity)
    pen = line_pen(colour, 1)
    pen.setColor(faint)
    return pen
