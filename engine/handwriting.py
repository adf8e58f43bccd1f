"""Built-in handwriting: digits written by a program, so that training works on a machine without any data.

Each digit takes one of its shapes (`engine.digit_shapes`), moves the points that the pen passes, bends and
leans the whole, and is drawn by the rasteriser with a pen of its own. No real digit was used to make them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray

from engine.digit_shapes import SHAPES, WIDTHS, Shape, StrokeShape
from engine.digits import CLASSES, Digits
from engine.errors import DataError
from engine.ink import Ink, Point
from engine.normaliser import SIDE, normalise_polylines
from engine.rasteriser import Polyline

NAME = "built-in handwriting"

_AT_ONCE = 1000
_SAMPLES_A_SEGMENT = 6
_INK_UNITS = 1000.0
_MS_A_POINT = 12.0


def make_handwriting(
    count: int,
    seed: int,
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Digits:
    """Write digits, as many of each as of any other; 0.2 ms each.

    Args:
        count: How many, 1 or more.
        seed: The same seed gives the same bits.
        on_progress: Told the share done, 0 to 1.
        is_cancelled: Asked now and then whether to give up.

    Returns:
        `count` digits in random order.

    Raises:
        DataError: `count` is not positive, or the writing was cancelled.
    """
    if count < 1:
        raise DataError("At least one digit must be written.")
    random = np.random.default_rng(seed)
    labels = random.permutation(np.arange(count) % CLASSES)
    images = np.empty((count, SIDE * SIDE), dtype=np.uint8)
    for first in range(0, count, _AT_ONCE):
        if is_cancelled is not None and is_cancelled():
            raise DataError("The writing of digits was cancelled.")
        part = labels[first : first + _AT_ONCE]
        images[first : first + len(part)] = _draw(part, random)
        if on_progress is not None:
            on_progress((first + len(part)) / count)
    return Digits(torch.from_numpy(images), torch.from_numpy(labels.astype(np.int64)), NAME)


def random_ink(label: int, seed: int) -> Ink:
    """One digit as ink, in units of 1,000 for its height, with the times of a calm hand.

    Args:
        label: 0 to 9.
        seed: The same seed gives the same ink.
    """
    random = np.random.default_rng(seed)
    polylines = _write(np.array([label]), random)[0]
    strokes = []
    time_ms = 0.0
    for polyline in polylines:
        points = []
        for x, y in polyline:
            points.append(Point(float(x) * _INK_UNITS, float(y) * _INK_UNITS, 1.0, time_ms))
            time_ms += _MS_A_POINT
        strokes.append(tuple(points))
        time_ms += 10 * _MS_A_POINT
    return Ink(tuple(strokes))


def _draw(labels: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.uint8]:
    """(count,) labels to (count, 784) uint8."""
    drawings = _write(labels, random)
    pen_widths = np.clip(random.normal(2.6, 0.7, len(labels)), 1.2, 4.8)
    images = normalise_polylines(drawings, pen_widths)
    # Scanned ink is softer than a drawn line: some of each pixel comes from its neighbours.
    softness = random.uniform(0.0, 0.5, (len(labels), 1, 1)).astype(np.float32)
    fields = images.reshape(-1, SIDE, SIDE)
    fields += softness * (_smoothed(fields) - fields)
    gain = random.uniform(1.0, 1.5, (len(labels), 1, 1)).astype(np.float32)
    soft: NDArray[np.uint8] = (np.clip(fields * gain, 0, 1) * 255 + 0.5).astype(np.uint8)
    return soft.reshape(len(labels), -1)


def _smoothed(fields: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each pixel and its neighbours, weighted 1 2 1 along both axes."""
    padded = np.pad(fields, ((0, 0), (1, 1), (1, 1)))
    rows = (padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]) / 4
    smoothed: NDArray[np.float32] = (rows[:, :, :-2] + 2 * rows[:, :, 1:-1] + rows[:, :, 2:]) / 4
    return smoothed


def _write(labels: NDArray[np.int64], random: np.random.Generator) -> list[list[Polyline]]:
    """Polylines for each label; the height of a digit is about 1."""
    drawings: list[list[Polyline]] = [[] for _ in labels]
    for label in range(CLASSES):
        places = np.flatnonzero(labels == label)
        shapes = SHAPES[label]
        shares = np.array([shape.share for shape in shapes])
        chosen = random.choice(len(shapes), size=len(places), p=shares / shares.sum())
        for index, shape in enumerate(shapes):
            mine = places[chosen == index]
            if len(mine):
                for place, polylines in zip(mine, _write_shape(shape, label, len(mine), random), strict=True):
                    drawings[place] = polylines
    return drawings


def _write_shape(shape: Shape, label: int, count: int, random: np.random.Generator) -> list[list[Polyline]]:
    """`count` digits of one shape, all strokes of each moved by the same map."""
    written = []
    spread = random.uniform(0.012, 0.05, (count, 1, 1))
    for stroke in shape.strokes:
        points = np.array([point[:2] for point in stroke]) - 0.5
        points[:, 0] *= WIDTHS[label]
        moved = points + spread * random.standard_normal((count, len(points), 2))
        # The whole stroke may be set a little off its place, and its end written shorter or longer.
        moved += 0.025 * random.standard_normal((count, 1, 2)) * (len(shape.strokes) > 1)
        reach = random.normal(0.0, 0.14, (count, 1))
        moved[:, -1] += reach * (moved[:, -1] - moved[:, -2])
        written.append(_spline_matrix(stroke) @ moved)
    bent = _bend(written, count, random)
    return [[stroke[index] for stroke in bent] for index in range(count)]


def _bend(
    strokes: list[NDArray[np.float64]], count: int, random: np.random.Generator
) -> list[NDArray[np.float64]]:
    """Lean, turn, stretch and bend each digit: (count, points, 2) for each stroke, one map for each digit."""
    lean = random.normal(0.16, 0.24, (count, 1))
    turn = random.normal(0.0, 0.09, (count, 1))
    width = np.exp(random.normal(0.03, 0.26, (count, 1)))
    # Where the waist sits: how large the upper part is against the lower one.
    waist = random.normal(0.0, 0.08, (count, 1))
    amplitude = random.normal(0.0, 0.05, (count, 2, 3, 1))
    phase = random.uniform(0, 2 * np.pi, (count, 2, 3, 1))
    bent = []
    for stroke in strokes:
        x, y = stroke[:, :, 0] * width, stroke[:, :, 1]
        y = y + waist * np.cos(np.pi * np.clip(y, -0.5, 0.5))
        x_bend, y_bend = (
            amplitude[:, axis, 0] * np.sin(3 * y + phase[:, axis, 0])
            + amplitude[:, axis, 1] * np.sin(4 * x + phase[:, axis, 1])
            + amplitude[:, axis, 2] * np.sin(5 * (x + y) + phase[:, axis, 2])
            for axis in (0, 1)
        )
        x, y = x + x_bend, y + y_bend
        x = x - lean * y
        bent.append(
            np.stack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)], axis=2)
        )
    return bent


def _spline_matrix(stroke: StrokeShape) -> NDArray[np.float64]:
    """(samples, points) weights of a Catmull-Rom spline through the points of a stroke.

    A corner is passed twice, so that the curve arrives and leaves without rounding it.
    """
    order = [index for index, point in enumerate(stroke) for _ in range(2 if len(point) > 2 else 1)]
    rows = []
    for segment in range(len(order) - 1):
        if order[segment] == order[segment + 1]:
            continue
        neighbours = [order[max(0, min(len(order) - 1, segment + offset))] for offset in (-1, 0, 1, 2)]
        for sample in range(_SAMPLES_A_SEGMENT):
            t = sample / _SAMPLES_A_SEGMENT
            weights = (
                (-t + 2 * t**2 - t**3) / 2,
                (2 - 5 * t**2 + 3 * t**3) / 2,
                (t + 4 * t**2 - 3 * t**3) / 2,
                (-(t**2) + t**3) / 2,
            )
            row = np.zeros(len(stroke))
            for neighbour, weight in zip(neighbours, weights, strict=True):
                row[neighbour] += weight
            rows.append(row)
    last = np.zeros(len(stroke))
    last[-1] = 1.0
    rows.append(last)
    return np.array(rows)
