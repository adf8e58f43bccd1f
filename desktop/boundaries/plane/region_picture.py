"""Region picture: what a model answers all over the plane, as colours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from desktop.boundaries.plane.class_styles import class_colours
from desktop.widgets.theme import Colours

# Of the full colour; points in the same colour still stand out.
_STRONGEST = 0.5


def region_colours(probabilities: NDArray[np.float64], colours: Colours) -> NDArray[np.uint8]:
    """Mix the colours of the classes by their probabilities; the less sure, the paler.

    Args:
        probabilities: (rows, columns, classes), sum 1.
        colours: Of the appearance.

    Returns:
        (rows, columns, 3) uint8.
    """
    classes = probabilities.shape[-1]
    ground = _rgb(colours.panel)
    palette = np.stack([_rgb(colour) for colour in class_colours(colours)[:classes]])
    shares = probabilities.astype(np.float32)
    # 0 where all classes are as likely, 1 where there is no doubt.
    certainty = np.clip((shares.max(axis=-1, keepdims=True) * classes - 1) / (classes - 1), 0, 1)
    mixed = shares @ (palette - ground)
    found: NDArray[np.uint8] = np.clip(ground + _STRONGEST * certainty * mixed + 0.5, 0, 255).astype(np.uint8)
    return found


def region_image(probabilities: NDArray[np.float64], colours: Colours) -> QImage:
    """The same as a picture with the last row, the largest y, at the top."""
    return image_of(region_colours(probabilities, colours))


def image_of(rgb: NDArray[np.uint8]) -> QImage:
    """A picture of (rows, columns, 3) uint8, the last row at the top."""
    rows, columns, _ = rgb.shape
    flipped = np.ascontiguousarray(rgb[::-1])
    return QImage(flipped.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()


def _rgb(colour: str) -> NDArray[np.float32]:
    code = QColor(colour)
    return np.array([code.red(), code.green(), code.blue()], dtype=np.float32)
