"""Lengths: how large everything in the windows is, on top of the scale that the system has chosen.

Numbers of pixels in the code are those of 100 %. They go through `scaled` or one of the functions below it
where a widget, a layout or a painter gets them, so that what is made at another zoom is made right. What is
there already when the zoom changes follows by `rescaling`, and by what the parts of the window do when they
get another font or other colours.
"""

from __future__ import annotations

from PySide6.QtCore import QMargins, QSize
from PySide6.QtWidgets import QWidget

STEPS = (80, 90, 100, 110, 125, 150, 175, 200, 225, 250)
"""What can be chosen, in per cent."""
USUAL = 100
"""Per cent at a first start."""

_percent = USUAL


def zoom_percent() -> int:
    """The zoom in use, one of `STEPS`."""
    return _percent


def set_zoom_percent(percent: int) -> None:
    """Use another zoom for what is made from now on; `Theme.zoom_to` changes what is there, too."""
    global _percent
    _percent = percent


def zoom_factor() -> float:
    """By which lengths are multiplied, 0.8 to 2.5."""
    return _percent / 100


def neighbour(percent: int, step: int) -> int:
    """The zoom so many steps above, or below if negative, as far as there are any."""
    return STEPS[min(len(STEPS) - 1, max(0, STEPS.index(percent) + step))]


def rounded(pixels: float) -> int:
    """Whole pixels; what is more than nothing stays at least one."""
    return max(1, int(pixels + 0.5)) if pixels > 0 else 0


def scaled(pixels: float) -> int:
    """A length of so many pixels at 100 %, 0 or more, in whole pixels at the zoom in use."""
    return rounded(pixels * zoom_factor())


def scaled_size(width: float, height: float) -> QSize:
    """A size in pixels at 100 %, at the zoom in use."""
    return QSize(scaled(width), scaled(height))


def scaled_margins(left: float, top: float, right: float, bottom: float) -> QMargins:
    """Margins in pixels at 100 %, at the zoom in use."""
    return QMargins(scaled(left), scaled(top), scaled(right), scaled(bottom))


def size_on_screen(window: QWidget, width: float, height: float) -> QSize:
    """A size for a window of its own, which is never larger than its screen has room for."""
    return scaled_size(width, height).boundedTo(window.screen().availableSize())


def line_width(width: float = 1.0) -> float:
    """Of a line so many pixels wide at 100 %; one of a pixel is sharp, and quick to paint, in whole ones."""
    return float(max(1, int(zoom_factor()))) if width <= 1 else width * zoom_factor()
