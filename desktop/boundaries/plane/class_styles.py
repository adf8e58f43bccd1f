"""Class styles: a colour and a symbol for each class of points.

The colours are those of M. Okabe and K. Ito, "Color universal design", 2008, which people without one of the
three kinds of cones can tell apart as well. Black and yellow are changed, to be seen in both appearances.
Symbols tell classes apart where colours do not.
"""

from __future__ import annotations

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from desktop.widgets.theme import Colours
from engine.plane.points import MOST_CLASSES

ON_LIGHT = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b59b00", "#56b4e9", "#5b4a8a", "#5a5a5a")
ON_DARK = ("#3d9fdc", "#f08030", "#22c795", "#e39cc4", "#e8d84a", "#8ccbf2", "#a892e0", "#b4b4b4")
NAMES = ("blue", "orange", "green", "pink", "yellow", "sky blue", "violet", "grey")
"""What to call the colours where classes have no names."""

_SYMBOLS = ("o", "s", "t1", "d", "p", "h", "star", "x")


def class_colours(colours: Colours) -> tuple[str, ...]:
    """(8) colours, ``#rrggbb``, of an appearance."""
    is_dark = QColor(colours.panel).lightness() < 128
    return ON_DARK if is_dark else ON_LIGHT


def class_symbol(label: int) -> str:
    """One of pyqtgraph's letters for symbols."""
    return _SYMBOLS[label]


def class_icon(label: int, colour: str, side: int, ratio: float) -> QIcon:
    """The symbol of a class, `side` points wide, for a screen with so many pixels to a point."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    painter.scale(0.85 * side, 0.85 * side)
    painter.fillPath(Symbols[_SYMBOLS[label]], QColor(colour))
    painter.end()
    return QIcon(pixmap)


def class_name(label: int, names: tuple[str, ...]) -> str:
    """What to call a class: its own name, or that of its colour."""
    return names[label] if label < len(names) and names[label] else NAMES[label]


assert len(ON_LIGHT) == len(ON_DARK) == len(NAMES) == len(_SYMBOLS) == MOST_CLASSES
