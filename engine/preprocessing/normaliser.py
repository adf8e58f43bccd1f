"""Normaliser: any drawing or grey picture of a digit to the 784-vector that MNIST's makers would have made.

The recipe (Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits"): the digit is fitted
into a box of 20 by 20 pixels with its aspect kept, and the box is put into a field of 28 by 28 so that the
centre of mass lies in the middle, moved by whole pixels. Ink is rasterised at that final size with a pen
width set after scaling, so neither the size of the pad nor its pen matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import InkError
from engine.preprocessing.ink import Ink
from engine.preprocessing.photographs.ink_finding import find_ink
from engine.preprocessing.photographs.pen_width import stroke_width, traced
from engine.preprocessing.rasteriser import Polyline, rasterise
from engine.preprocessing.resampling import resampled

VERSION = 1
"""Stored in model files: a network must be fed by the normaliser it was trained with."""

SIDE = 28
"""Rows and columns of the field."""
BOX = 20
"""Longer side of the digit in it, pen width included."""
PEN_WIDTH = 2.4
"""Diameter of the pen at the final size, in pixels."""

LEAST_PEN_WIDTH = 1.0
"""Thinner strokes of a picture, in pixels at the final size, are drawn anew with a pen of `PEN_WIDTH`.
MNIST's are wider: of a thousand digits the thinnest has 1.27, or about 1.1 once its pixels were enlarged."""

MARGIN = 14
"""Pixels around the box so that it can be moved by its centre of mass before the field is cut out."""
FIELD = BOX + 2 * MARGIN
"""Rows and columns of the box with this margin."""

# A drawing that spans no more (in its own unit) is a dot; dividing by it could overflow.
_LEAST_EXTENT = 1e-100


def normalise_ink(ink: Ink) -> NDArray[np.float32]:
    """Normalise one drawing.

    Returns:
        (784,) float32, 0 background to 1 ink, row by row.

    Raises:
        InkError: The ink is empty.
    """
    vector: NDArray[np.float32] = normalise_inks([ink])[0]
    return vector


def normalise_inks(inks: Sequence[Ink], pen_width: float = PEN_WIDTH) -> NDArray[np.float32]:
    """Normalise many drawings at once: (inks, 784) float32, 0 background to 1 ink.

    Raises:
        InkError: One of them is empty.
    """
    return normalise_polylines([to_polylines(ink) for ink in inks], pen_width)


def to_polylines(ink: Ink) -> list[Polyline]:
    """The strokes of ink as (points, 2) float64 arrays of x and y, in the ink's own unit."""
    return [np.array([point[:2] for point in stroke], dtype=np.float64) for stroke in ink.strokes if stroke]


def normalise_polylines(
    drawings: Sequence[Sequence[Polyline]], pen_width: float | NDArray[np.float64] = PEN_WIDTH
) -> NDArray[np.float32]:
    """Normalise drawings given as polylines in any unit.

    Args:
        drawings: Polylines of (points, 2) for each drawing, none without a point.
        pen_width: Diameter of the pen in pixels of the field, one number or one for each drawing.

    Returns:
        (drawings, 784) float32, 0 background to 1 ink.

    Raises:
        InkError: A drawing has no points.
    """
    return centre(fit_polylines(drawings, pen_width))


def normalise_picture(grey: NDArray[np.generic]) -> NDArray[np.float32]:
    """Normalise one grey picture as a single digit, dark on light or light on dark.

    Args:
        grey: (height, width) of any real type and range.

    Returns:
        (784,) float32, 0 background to 1 ink.

    Raises:
        PictureError: The array is not a picture, or nothing is drawn on it.
    """
    vector: NDArray[np.float32] = centre(fit_pictures([find_ink(grey).ink]))[0]
    return vector


def fit_polylines(
    drawings: Sequence[Sequence[Polyline]], pen_width: float | NDArray[np.float64] = PEN_WIDTH
) -> NDArray[np.float32]:
    """Drawings fitted to the box of 20 by 20 pixels and painted, not yet centred.

    Args:
        drawings: Polylines of (points, 2) for each drawing, none without a point.
        pen_width: Diameter of the pen in pixels of the field, one number or one for each drawing.

    Returns:
        (drawings, FIELD, FIELD) float32, 0 background to 1 ink, the box from `MARGIN` on.

    Raises:
        InkError: A drawing has no points.
    """
    widths = np.full(len(drawings), pen_width, dtype=np.float64)
    fitted = [
        BoxFit.of(polylines, float(width)).placed(polylines)
        for polylines, width in zip(drawings, widths, strict=True)
    ]
    return rasterise(fitted, widths, FIELD, FIELD)


def fit_pictures(inks: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Pictures of ink on blank paper fitted to the box of 20 by 20 pixels, not yet centred.

    Args:
        inks: (height, width) each, 0 background to 1 ink, none without ink.

    Returns:
        (inks, FIELD, FIELD) float32, 0 background to 1 ink, the box from `MARGIN` on.
    """
    fields = np.zeros((len(inks), FIELD, FIELD), dtype=np.float32)
    for field, ink in zip(fields, inks, strict=True):
        rows = np.flatnonzero(ink.any(axis=1))
        columns = np.flatnonzero(ink.any(axis=0))
        digit = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float64)
        scale = BOX / max(digit.shape)
        # What is as small as MNIST's own digits has all the width that its pixels can show.
        if scale < 1 and stroke_width(digit) * scale < LEAST_PEN_WIDTH:
            field[:] = _drawn_anew(digit, scale)
            continue
        height, width = (max(1, round(length * scale)) for length in digit.shape)
        fitted = resampled(digit, height, width)
        field[MARGIN : MARGIN + height, MARGIN : MARGIN + width] = np.clip(fitted, 0, 1)
    return fields


def _drawn_anew(digit: NDArray[np.float64], scale: float) -> NDArray[np.float32]:
    """A digit of thin strokes, (FIELD, FIELD), as if a pen of `PEN_WIDTH` had followed them."""
    lines, width = traced(digit)
    # The pen adds to what is there already. One of less than a pixel would leave the middle of a stroke grey.
    pen_width = max(PEN_WIDTH - width * scale, 1.0)
    return BoxFit.of(lines, pen_width).painted(lines)


@dataclass(frozen=True, slots=True)
class BoxFit:
    """How a drawing comes into the box: so that, painted, it fills its longer side and starts at its corner.

    Attributes:
        left: Of the drawing, in its own unit.
        top: Of the drawing, in its own unit.
        scale: Pixels of the field to one of its units.
        pen_width: Diameter of the pen in pixels of the field.
    """

    left: float
    top: float
    scale: float
    pen_width: float

    @classmethod
    def of(cls, polylines: Sequence[Polyline], pen_width: float = PEN_WIDTH) -> BoxFit:
        """For polylines of (points, 2).

        Raises:
            InkError: There are none.
        """
        if not polylines:
            raise InkError("There is no digit to read: draw one first.")
        points = polylines[0] if len(polylines) == 1 else np.concatenate(polylines)
        left, top = points.min(axis=0).tolist()
        right, bottom = points.max(axis=0).tolist()
        extent = max(right - left, bottom - top)
        scale = (BOX - pen_width) / extent if extent > _LEAST_EXTENT else 1.0
        return cls(left, top, scale, pen_width)

    def placed(self, polylines: Sequence[Polyline]) -> list[Polyline]:
        """Polylines in pixels of the field."""
        corner, start = np.array((self.left, self.top)), MARGIN + self.pen_width / 2
        return [(polyline - corner) * self.scale + start for polyline in polylines]

    def painted(
        self, polylines: Sequence[Polyline], onto: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """Polylines painted, (FIELD, FIELD) float32, on top of what is there; that is not written to."""
        start = None if onto is None else onto[None]
        field: NDArray[np.float32] = rasterise([self.placed(polylines)], self.pen_width, FIELD, FIELD, start)[
            0
        ]
        return field


def centre(fields: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cut 28 by 28 out of larger fields so that the centre of mass lies in the middle, by whole pixels."""
    index = np.arange(FIELD)
    mass = fields.sum(axis=(1, 2), dtype=np.float64)
    down = (fields.sum(axis=2, dtype=np.float64) * index).sum(axis=1) / mass
    across = (fields.sum(axis=1, dtype=np.float64) * index).sum(axis=1) / mass
    has_ink = fields > 0
    # MNIST's own digits have their centre of mass at pixel 14 (index, not edge) of the 28.
    tops = _without_cutting(np.floor(down + 0.5).astype(int) - SIDE // 2, np.asarray(has_ink.any(axis=2)))
    lefts = _without_cutting(np.floor(across + 0.5).astype(int) - SIDE // 2, np.asarray(has_ink.any(axis=1)))
    span = np.arange(SIDE)
    which = np.arange(len(fields))[:, None, None]
    cut = fields[which, (tops[:, None] + span)[:, :, None], (lefts[:, None] + span)[:, None, :]]
    return np.ascontiguousarray(cut.reshape(len(fields), SIDE * SIDE))


def _without_cutting(starts: NDArray[np.int_], has_ink: NDArray[np.bool_]) -> NDArray[np.int_]:
    """Move where the 28 pixels start, (fields,), so far that no ink is left out, (fields, pixels).

    None of MNIST's digits needs it; a drawing with nearly all of its ink on one side does.
    """
    first = has_ink.argmax(axis=1)
    last = FIELD - 1 - has_ink[:, ::-1].argmax(axis=1)
    moved: NDArray[np.int_] = np.minimum(np.maximum(starts, last - SIDE + 1), first)
    return moved
