"""Painting: points sprayed with a brush, and erased with it."""

from __future__ import annotations

import numpy as np

from engine.plane.points import LARGEST, MOST_POINTS, Points


def paint(
    points: Points,
    x: float,
    y: float,
    label: int,
    radius: float,
    count: int,
    generator: np.random.Generator,
) -> Points:
    """Add points of one class within a circle.

    Args:
        points: That are there; they stay as they are. There are never more than `MOST_POINTS`.
        x: Middle of the brush.
        y: Middle of the brush.
        label: Class to paint, 0 to 7.
        radius: Of the brush; 0 puts all points into the middle.
        count: How many.
        generator: Places them.
    """
    count = max(0, min(count, MOST_POINTS - len(points)))
    angles = 2 * np.pi * generator.random(count)
    # The root spreads them evenly over the circle.
    radii = radius * np.sqrt(generator.random(count))
    coordinates = np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], axis=1)
    return points.joined(
        Points(np.clip(coordinates, -LARGEST, LARGEST), np.full(count, label, dtype=np.int64))
    )


def erase(points: Points, x: float, y: float, radius: float) -> Points:
    """What is left outside the brush."""
    distances = np.hypot(*(points.coordinates - [x, y]).T)
    return points.take(distances > radius)
