"""Run styles: a colour, dashes and a symbol for each of the runs that are compared.

Training losses are dashed and validation accuracies solid with symbols, as in the training panel's plot; so
runs are told apart by dashes or symbols where colours are not seen.

The colours were searched for: in both appearances they have a contrast of 3 or more to the panel, and any
two of them lie 26 or more apart in CIELAB as they are and as people without one of the three kinds of cones
see them.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from desktop.widgets.line_pen import DASHED, DOTTED, Dashes, line_pen
from desktop.widgets.plot_legend import paint_line_sample
from desktop.widgets.theme import DARK, LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled_size

ON_LIGHT = (LIGHT.accent, "#c0891b", "#0e620e", "#fa4c69", "#3997c6", "#8e296d", "#02024b", "#3b1811")
ON_DARK = (DARK.accent, "#e5e619", "#5aed72", "#eea0a0", "#bae3f7", "#cc3399", "#0f854a", "#85850f")
_DASHES: tuple[Dashes, ...] = (
    DASHED,
    (9, 2, 4, 2),
    DOTTED,
    (7, 2, 1, 2),
    (2, 2),
    (10, 3),
    (1, 4),
    (6, 2, 1, 2, 1, 2),
)

_SYMBOLS = ("o", "s", "t", "d", "+", "t1", "x", "star")

MOST_COMPARED = len(_DASHES)
"""Runs that can be told apart."""

SAMPLE = 24, 12
"""Width and height of a piece of a line, in pixels at 100 %."""


def run_colour(style: int, colours: Colours) -> str:
    """Of a run that has that style, ``#rrggbb``."""
    is_dark = QColor(colours.panel).lightness() < 128
    return (ON_DARK if is_dark else ON_LIGHT)[style]


def run_dashes(style: int) -> Dashes:
    """Of the training loss of a run that has that style."""
    return _DASHES[style]


def run_symbol(style: int) -> str:
    """Of the validation accuracy of a run that has that style: one of pyqtgraph's letters."""
    return _SYMBOLS[style]


def run_sample(style: int, colours: Colours, ratio: float) -> QIcon:
    """A piece of its line, for a screen with so many pixels to a point."""
    size = scaled_size(*SAMPLE)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    pen = line_pen(run_colour(style, colours), 2, run_dashes(style))
    paint_line_sample(painter, QRect(QPoint(), size), pen, run_symbol(style))
    painter.end()
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # the style would tint that of a selected row
        icon.addPixmap(pixmap, mode)
    return icon
