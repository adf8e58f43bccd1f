"""Marks that mean nothing: scribbles, dots, dashes, shapes; what hands leave on a pad that is no digit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.preprocessing.rasteriser import Polyline

Drawing = list[Polyline]
_POINTS = 80
# The ends of corner-to-corner shapes in a square from -1 to 1.
_SHAPES: tuple[tuple[tuple[tuple[float, float], ...], ...], ...] = (
    (((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)),),  # a box
    (((0, -1), (1, 1), (-1, 1), (0, -1)),),  # a triangle
    (((-1, 1), (0, -1), (1, 1)),),
    (((-1, -1), (0, 1), (1, -1)),),
    (((-1, 0.2), (-0.4, 1), (1, -1)),),  # a tick
    (((-1, -1), (1, 1)), ((-1, 1), (1, -1))),  # a cross
    (((0, -1), (1, 0), (0, 1), (-1, 0), (0, -1)),),  # a diamond
    (((-1, 1), (-0.5, -1), (0, 1), (0.5, -1), (1, 1)),),
    (((0, -1), (0.6, 1), (-1, -0.2), (1, -0.2), (-0.6, 1), (0, -1)),),  # a star
    (((-1, 0), (1, 0)), ((0.4, -0.5), (1, 0), (0.4, 0.5))),  # an arrow
    (((-1, -1), (-1, 1)), ((1, -1), (1, 1)), ((-1, 0), (1, 0))),
    (((-1, -0.4), (1, -0.4)), ((-1, 0.4), (1, 0.4))),  # two lines
    (((-0.4, -1), (-0.4, 1)), ((0.4, -1), (0.4, 1))),
    (((-1, -0.5), (1, -0.5)), ((-1, 0.5), (1, 0.5)), ((-0.5, -1), (-0.5, 1)), ((0.5, -1), (0.5, 1))),
)


def make_marks(count: int, random: np.random.Generator) -> list[Drawing]:
    """Draw so many, a kind for each by chance.

    Returns:
        For each its strokes, (points, 2) float64, in any unit.
    """
    kinds = random.choice(len(_KINDS), size=count, p=_SHARES)
    return [_KINDS[kind](random) for kind in kinds]


def _waves(random: np.random.Generator) -> Drawing:
    """A smooth curve that goes about by chance, so long that it is unlikely to be like a digit."""
    t = np.linspace(0, random.uniform(1.4, 3), _POINTS)[:, None]
    waves = int(random.integers(4, 9))
    cycles = random.uniform(0.6, 4.0, waves)
    phases = random.uniform(0, 2 * np.pi, (2, waves))
    sizes = random.normal(0, 1, (2, waves)) / np.sqrt(cycles)
    places = [(sizes[axis] * np.sin(2 * np.pi * cycles * t + phases[axis])).sum(axis=1) for axis in (0, 1)]
    return [np.stack(places, axis=1)]


def _walk(random: np.random.Generator) -> Drawing:
    """A hasty scribble: straight on for a little, then elsewhere."""
    corners = random.normal(0, 1, (int(random.integers(8, 24)), 2)) * random.uniform(0.3, 1, 2)
    return [corners]


def _zigzag(random: np.random.Generator) -> Drawing:
    """To and fro, as one fills an area or crosses something out."""
    turns = int(random.integers(6, 18))
    along = np.linspace(-1, 1, turns) + random.normal(0, 0.05, turns)
    across = np.where(np.arange(turns) % 2, 1.0, -1.0) * random.uniform(0.2, 1.2)
    across += random.normal(0, 0.1, turns)
    return [_turned(np.stack([along, across], axis=1), random.uniform(0, 2 * np.pi))]


def _spiral(random: np.random.Generator) -> Drawing:
    """Round and round, so far inwards that it is no thick zero."""
    angle = np.linspace(0, random.uniform(2.6, 7) * 2 * np.pi, 2 * _POINTS)
    radius = np.linspace(random.uniform(0, 0.2), 1, 2 * _POINTS)
    radius += 0.08 * random.normal() * np.sin(3.3 * angle)
    return [np.stack([radius * np.cos(angle), random.uniform(0.5, 1) * radius * np.sin(angle)], axis=1)]


def _dot(random: np.random.Generator) -> Drawing:
    """Where the pen only touched, or trembled."""
    places = np.cumsum(random.normal(0, 0.3, (int(random.integers(1, 6)), 2)), axis=0)
    return [places if random.random() < 0.5 else places[:1]]


def _dots(random: np.random.Generator) -> Drawing:
    """Two to five of them."""
    centres = random.uniform(-1, 1, (int(random.integers(2, 6)), 2))
    return [centre + random.normal(0, 0.02, (2, 2)) for centre in centres]


def _dash(random: np.random.Generator) -> Drawing:
    """A line that lies: what stands, or leans, may be a 1."""
    angle = np.radians(random.uniform(-18, 18))
    length = np.linspace(-1, 1, 12)
    line = np.stack([length, random.normal(0, 0.05) * np.sin(np.pi * length) ** 2], axis=1)
    return [_turned(line, angle)]


def _shape(random: np.random.Generator) -> Drawing:
    """Of `_SHAPES`, drawn by a hand that is not steady."""
    chosen = _SHAPES[random.integers(len(_SHAPES))]
    stretched = np.diag(random.uniform(0.5, 1, 2))
    angle = random.normal(0, 0.15)
    return [
        _turned((np.array(line) + random.normal(0, 0.08, (len(line), 2))) @ stretched, angle)
        for line in chosen
    ]


def _several(random: np.random.Generator) -> Drawing:
    """Three to seven short strokes here and there, as hatching or rain."""
    angle, spread = random.uniform(0, np.pi), random.choice([0.1, 0.6])
    lines = []
    for _ in range(int(random.integers(3, 8))):
        line = _turned(np.array([[-1.0, 0.0], [1.0, 0.0]]), angle + random.normal(0, spread))
        lines.append(random.uniform(0.3, 0.8) * line + random.uniform(-1, 1, 2))
    return lines


def _turned(points: Polyline, angle: float) -> Polyline:
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(points @ turn)


_KINDS: tuple[Callable[[np.random.Generator], Drawing], ...] = (
    _waves, _walk, _zigzag, _spiral, _dot, _dots, _dash, _shape, _several,
)  # fmt: skip
_SHARES = np.array([6, 4, 3, 2, 1, 1, 2, 5, 2]) / 26
