"""Pen width: how wide the strokes of a picture are, and strokes of pencils drawn as wide as a pen's.

A pencil's line of one pixel in a photograph is a tenth of a pixel once the digit is 20 pixels high: a grey
breath that no network has ever seen. Drawn anew from its own pixels with a pen, at the final size, it looks
like any other digit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.photographs.connected_components import find_runs
from engine.preprocessing.rasteriser import Polyline

# Soft edges of a stroke are ink from this share of the darkest on.
_INK = 0.25


def stroke_width(ink: NDArray[np.generic]) -> float:
    """The mean width of the strokes of a picture in its pixels; 0 without ink.

    A stroke has two edges, so its width is twice its area divided by the length of its edges. That length is
    the picture's total variation, soft edges and all, whatever their darkness.

    Args:
        ink: (height, width), 0 background to 1 ink.
    """
    padded = np.pad(np.asarray(ink, dtype=np.float64), 1)
    across, down = np.diff(padded, axis=1)[:-1], np.diff(padded, axis=0)[:, :-1]
    edges = float(np.sqrt(across * across + down * down).sum())
    return 2 * float(padded.sum()) / edges if edges > 0 else 0.0


def traced(ink: NDArray[np.float64]) -> tuple[list[Polyline], float]:
    """The ink as short lines along its rows, which a pen may follow, and how wide it is already.

    Args:
        ink: (height, width), 0 background to 1 ink, not without ink.

    Returns:
        (2, 2) float64 each, x and y of the middles of the first and the last pixel of a run of ink, in
        pixels; and the width of its strokes in pixels.
    """
    is_ink = ink >= _INK * ink.max()
    rows, starts, ends = find_runs(is_ink)
    first = np.stack([starts + 0.5, rows + 0.5], axis=1)
    last = np.stack([ends - 0.5, rows + 0.5], axis=1)
    return list(np.stack([first, last], axis=1)), stroke_width(is_ink)
