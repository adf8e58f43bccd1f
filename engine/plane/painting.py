"""Painting: points sprayed with a brush, and erased with it."""

from __future__ import annotations

import numpy as np

from engine.plane.points import LARGEST, MOST_POINTS, Points


def paint(
    points: Points,
    x: float,
    y: float,
    label: int,
    radii: tuple[float, float],
    count: int,
    generator: np.random.Generator,
) -> Points:
    """Add points of one class under a round brush.

    Args:
        points: That are there; they stay as they are. There are never more than `MOST_POINTS`.
        x: Middle of the brush.
        y: Middle of the brush.
        label: Class to paint, 0 to 7.
        radii: Of the brush along x and y, 0 or more.
        count: How many.
        generator: Places them.
    """
    count = max(0, min(count, MOST_POINTS - len(points)))
    angles = 2 * np.pi * generator.random(count)
    # The root spreads them evenly over the circle.
    distances = np.sqrt(generator.random(count))[:, None]
    around = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    coordinates = [x, y] + distances * around * radii
    return points.joined(
        Points(np.clip(coordinates, -LARGEST, LARGEST), np.full(count, label, dtype=np.int64))
    )


def erase(points: Points, x: float, y: float, radii: tuple[float, float]) -> Points:
    """What is left outside the brush, whose radii along x and y are above 0."""
    distances = np.hypot(*((points.coordinates - [x, y]) / radii).T)
    return points.take(distances > 1)
