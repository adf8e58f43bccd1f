"""Rasteriser: polylines to anti-aliased grey images, by the distance of each pixel to each segment.

Only additions, products, one square root and maxima are used, and a maximum does not care about order:
the same strokes give the same bits on every platform. Lines are cut into short pieces and each piece is
painted into a small window of pixels around it, so that the work grows with the length of the line and
not with the size of the image.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Polyline = NDArray[np.float64]
"""(points, 2) float64: x to the right, y downwards, in pixels; pixel (row, column) has its centre at
(column + 0.5, row + 0.5)."""

# A piece is at most this long (pixels), so that one small window holds any piece.
_PIECE_LENGTH = 1.0
# Pixels of windows painted in one go: all that is computed on the way stays in a core's own cache.
_PIXELS_AT_ONCE = 65_536


def rasterise(
    drawings: Sequence[Sequence[Polyline]],
    pen_width: ArrayLike,
    height: int,
    width: int,
    onto: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Paint drawings with a round pen.

    Args:
        drawings: One sequence of polylines for each image. A polyline of one point is a dot.
        pen_width: Diameter of the pen in pixels, one number or one for each drawing.
        height: Rows of each image.
        width: Columns of each image.
        onto: (drawings, height, width) float32 that was painted before, on top of which is painted; it is not
            written to. None for blank paper.

    Returns:
        (drawings, height, width) float32, 0 background to 1 ink; what lies outside is cut off.
    """
    count = len(drawings)
    radii = np.full(count, np.asarray(pen_width, dtype=np.float64) / 2)
    # One cell more than there are pixels: what falls outside is painted there and thrown away.
    canvas = np.zeros(count * height * width + 1, dtype=np.float32)
    if onto is not None:
        canvas[:-1] = onto.ravel()
    starts, ends, owners = _segments(drawings)
    if len(starts):
        starts, ends, owners = _cut(starts, ends, owners)
        # What a thin pen paints takes a smaller window than the thickest of the batch.
        windows = np.ceil(2 * radii + 1 + _PIECE_LENGTH).astype(np.intp) + 1
        sizes = sorted(set(windows.tolist()))
        for window in sizes:
            of_size = slice(None) if len(sizes) == 1 else (windows == window)[owners]
            begins, stops, whose = starts[of_size], ends[of_size], owners[of_size]
            at_once = max(1, _PIXELS_AT_ONCE // window**2)
            for first in range(0, len(whose), at_once):
                part = slice(first, first + at_once)
                _paint(canvas, begins[part], stops[part], whose[part], radii, window, height, width)
    return canvas[:-1].reshape(count, height, width)


def _segments(
    drawings: Sequence[Sequence[Polyline]],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
    """All segments of all drawings: starts (n, 2), ends (n, 2), and the drawing each belongs to (n,)."""
    starts: list[NDArray[np.float64]] = []
    ends: list[NDArray[np.float64]] = []
    owners: list[int] = []
    lengths: list[int] = []
    for owner, polylines in enumerate(drawings):
        for polyline in polylines:
            if len(polyline) == 0:
                continue
            single = len(polyline) == 1
            starts.append(polyline if single else polyline[:-1])
            ends.append(polyline if single else polyline[1:])
            owners.append(owner)
            lengths.append(len(starts[-1]))
    if not starts:
        nothing = np.zeros((0, 2))
        return nothing, nothing, np.zeros(0, dtype=np.intp)
    return np.concatenate(starts), np.concatenate(ends), np.repeat(np.array(owners, dtype=np.intp), lengths)


def _cut(
    starts: NDArray[np.float64], ends: NDArray[np.float64], owners: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
    """Cut segments into equal pieces no longer than `_PIECE_LENGTH`."""
    steps = ends - starts
    lengths = np.sqrt(steps[:, 0] * steps[:, 0] + steps[:, 1] * steps[:, 1])
    pieces = np.maximum(1, np.ceil(lengths / _PIECE_LENGTH)).astype(np.intp)
    if int(pieces.max()) == 1:
        return starts, ends, owners
    index = np.repeat(np.arange(len(starts)), pieces)
    position = np.arange(len(index)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    share = (1.0 / pieces)[index][:, None]
    piece_starts = starts[index] + steps[index] * (position[:, None] * share)
    piece_ends = starts[index] + steps[index] * ((position[:, None] + 1) * share)
    return piece_starts, piece_ends, owners[index]


def _paint(
    canvas: NDArray[np.float32],
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
    owners: NDArray[np.intp],
    radii: NDArray[np.float64],
    window: int,
    height: int,
    width: int,
) -> None:
    """Paint short pieces into `canvas`, each into `window` times `window` pixels around its middle."""
    corner = np.floor((starts + ends) * 0.5 - window * 0.5 + 0.5)
    offsets = np.arange(window)
    columns = corner[:, :1] + offsets  # (pieces, window)
    rows = corner[:, 1:] + offsets
    steps = ends - starts
    squared = steps[:, 0] * steps[:, 0] + steps[:, 1] * steps[:, 1]
    inverse = 1.0 / np.where(squared > 0, squared, 1.0)
    # From the start of the piece to each pixel centre: (pieces, 1, window) across, (pieces, window, 1) down.
    across = (columns + 0.5 - starts[:, :1])[:, None, :].astype(np.float32)
    down = (rows + 0.5 - starts[:, 1:])[:, :, None].astype(np.float32)
    step_across = steps[:, 0].astype(np.float32)[:, None, None]
    step_down = steps[:, 1].astype(np.float32)[:, None, None]
    along = (across * step_across + down * step_down) * inverse.astype(np.float32)[:, None, None]
    np.clip(along, 0.0, 1.0, out=along)
    gap_across = across - along * step_across
    gap_down = down - along * step_down
    distance = np.sqrt(gap_across * gap_across + gap_down * gap_down)
    # A pixel counts fully half a pixel inside the edge of the pen and not at all half a pixel outside.
    coverage = np.clip(radii[owners].astype(np.float32)[:, None, None] + np.float32(0.5) - distance, 0.0, 1.0)
    inside = ((rows >= 0) & (rows < height))[:, :, None] & ((columns >= 0) & (columns < width))[:, None, :]
    base = owners.astype(np.int64)[:, None, None] * (height * width)
    place = base + rows.astype(np.int64)[:, :, None] * width + columns.astype(np.int64)[:, None, :]
    place = np.where(inside, place, len(canvas) - 1)
    np.maximum.at(canvas, place.ravel(), coverage.ravel())
