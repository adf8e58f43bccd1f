"""Synthetic digits: digits written by the program itself, so that training needs no data of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.data.handwriting.digit_writer import write
from engine.data.handwriting.written_digits import Handwriting
from engine.preprocessing.ink import Ink, Point, Stroke
from engine.preprocessing.rasteriser import Polyline

if TYPE_CHECKING:
    from engine.data.digits import Digits

_DIGITS = 10

# Random ink lies in a square of 1000 by 1000 and fills 700 of it.
_INK_SIDE, _INK_EXTENT = 1000.0, 700.0
# Points of the curve for each hundredth of a digit's height, fine enough to be walked along.
_INK_DENSITY = 1.0
_SAMPLE_MS = 10.0
_PEN_UP_MS = 180.0
# Time that a unit takes straight on, and what a bend of one radian for each twenty units adds to it.
_STRAIGHT_MS, _BEND_MS, _BEND_UNITS = 1.1, 2.75, 20.0


def make_handwriting(
    count: int,
    seed: int,
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Digits:
    """Write digits: as many of each as of any other, give or take one, in random order.

    Args:
        count: Digits to write, 1 or more.
        seed: 0 or more; the same seed writes the same digits.
        on_progress: Told the share done, rising to 1.
        is_cancelled: Asked some times a second whether to stop.

    Raises:
        DataError: There is nothing to write, or `is_cancelled` said so.
    """
    writing = Handwriting(count, seed)
    writing.write_rest(on_progress, is_cancelled)
    return writing.digits()


def random_ink(label: int, seed: int) -> Ink:
    """One digit as a pen would have left it: points every 10 ms, closer together where the pen turns.

    Args:
        label: The digit, 0 to 9.
        seed: 0 or more; the same seed writes the same digit.

    Returns:
        Strokes within 0 to 1000, y downwards, in the order of writing.

    Raises:
        ValueError: The label is no digit.
    """
    if not 0 <= label < _DIGITS:
        raise ValueError(f"a digit is 0 to 9, not {label}")
    generator = np.random.default_rng(seed)
    strokes = write(label, 1, generator, _INK_DENSITY)[0]
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = _INK_EXTENT / float((high - low).max())
    time_ms = 0.0
    written: list[Stroke] = []
    for stroke in strokes:
        places, times = _walk(stroke)
        placed = (places - (low + high) / 2) * scale + _INK_SIDE / 2
        rows = zip(placed.tolist(), (times + time_ms).tolist(), strict=True)
        written.append(tuple(Point(x, y, 1.0, moment) for (x, y), moment in rows))
        time_ms += float(times[-1]) + _PEN_UP_MS
    return Ink(tuple(written))


def _walk(curve: Polyline) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places (n, 2) of a pen every 10 ms on its way along a curve, and the times (n,) from 0 on.

    A hand slows down in bends: its speed falls with the cube root of the curvature (F. Lacquaniti,
    C. Terzuolo, P. Viviani, "The law relating the kinematic and figural aspects of drawing movements", 1983).
    """
    steps = np.diff(curve, axis=0)
    lengths = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-6)
    headings = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    bends = np.abs(np.gradient(headings)) / lengths * _BEND_UNITS
    durations = lengths * (_STRAIGHT_MS + _BEND_MS * np.cbrt(bends))
    times = np.concatenate([[0.0], np.cumsum(durations)])
    count = max(2, int(times[-1] / _SAMPLE_MS) + 1)
    moments = np.linspace(0.0, times[-1], count)
    places = np.stack([np.interp(moments, times, curve[:, axis]) for axis in range(2)], axis=1)
    return places, moments
