"""Patterns: points made by a rule and some chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import SettingsError
from engine.plane.points import MOST_CLASSES, MOST_POINTS, REACH, Points

MOST_NOISE = 3.0

_Floats = NDArray[np.float64]
_Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way to place points.

    Attributes:
        title: What to call it in front of a user.
        place: From (points,) labels, the number of classes and a generator to (points, 2), without noise.
        fewest: Classes at least.
        most: Classes at most.
        usual: Classes to begin with.
    """

    title: str
    place: Callable[[_Labels, int, np.random.Generator], _Floats]
    fewest: int = 2
    most: int = 2
    usual: int = 2


def make_points(
    pattern: str, count: int = 500, classes: int | None = None, noise: float = 0.3, seed: int = 1
) -> Points:
    """Make points.

    Args:
        pattern: A name in `PATTERNS`.
        count: How many, as evenly among the classes as can be.
        classes: How many; by default as many as that pattern usually has.
        noise: Standard deviation of what is added to x and y, 0 to 3; the plane reaches 6 to every side.
        seed: Decides all that is left to chance. Other noise moves the same points farther or less far.

    Raises:
        SettingsError: There is no such pattern, or it has no such number of classes; names the field.
    """
    if pattern not in PATTERNS:
        raise SettingsError("pattern", f"The pattern must be one of {', '.join(PATTERNS)}.")
    chosen = PATTERNS[pattern]
    classes = chosen.usual if classes is None else classes
    if not chosen.fewest <= classes <= chosen.most:
        bounds = f"{chosen.fewest}" if chosen.fewest == chosen.most else f"{chosen.fewest} to {chosen.most}"
        raise SettingsError("classes", f"{chosen.title} have {bounds} classes.")
    if not 0 <= count <= MOST_POINTS:
        raise SettingsError("count", f"Make up to {MOST_POINTS:,} points.")
    if not 0 <= noise <= MOST_NOISE:
        raise SettingsError("noise", f"Noise must be from 0 to {MOST_NOISE:g}.")
    if seed < 0:
        raise SettingsError("seed", "The seed must be a whole number, 0 or more.")
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.arange(count, dtype=np.int64) % classes)
    # Drawn first: the same chance, whatever the pattern makes of its own.
    shifts = generator.standard_normal((count, 2))
    places = chosen.place(labels, classes, generator)
    return Points(places + noise * shifts, labels)


def _colours(labels: _Labels, _classes: int, generator: np.random.Generator) -> _Floats:
    """Clouds of four colours that run into each other, as the lesson draws them."""
    middles = np.array([[-0.5, 2.7], [1.7, 1.3], [-1.4, -1.9], [2.3, -2.5]])
    return middles[labels] + 1.1 * generator.standard_normal((len(labels), 2))


def _moons(labels: _Labels, _classes: int, generator: np.random.Generator) -> _Floats:
    """Two half circles, each of which reaches into the other."""
    angles = np.pi * generator.random(len(labels))
    upper = np.stack([np.cos(angles) - 0.5, np.sin(angles) - 0.25], axis=1)
    return 0.5 * REACH * np.where(labels[:, None] == 0, upper, -upper)


def _circles(labels: _Labels, classes: int, generator: np.random.Generator) -> _Floats:
    """A ring around a ring around the middle."""
    angles = 2 * np.pi * generator.random(len(labels))
    radii = 0.9 * REACH * (labels + 0.2 + 0.5 * generator.random(len(labels))) / classes
    return _polar(radii, angles)


def _spirals(labels: _Labels, classes: int, generator: np.random.Generator) -> _Floats:
    """Arms that start near the middle and turn around it."""
    along = generator.random(len(labels))
    turns = 1.75 * 2 / classes  # more arms, shorter ones, lie no closer to each other
    return _polar(0.9 * REACH * (0.05 + 0.95 * along), 2 * np.pi * (turns * along + labels / classes))


def _xor(labels: _Labels, _classes: int, generator: np.random.Generator) -> _Floats:
    """Squares of a chessboard: class 0 where x and y have one sign."""
    places = 0.85 * REACH * (0.05 + 0.95 * generator.random((len(labels), 2)))
    signs = generator.choice([-1.0, 1.0], len(labels))
    return np.asarray(places * np.stack([signs, np.where(labels == 0, signs, -signs)], axis=1))


def _blobs(labels: _Labels, classes: int, generator: np.random.Generator) -> _Floats:
    """Gaussian clouds around a circle."""
    middles = _polar(np.full(classes, 0.6 * REACH), 2 * np.pi * np.arange(classes) / classes + np.pi / 4)
    return middles[labels] + 0.8 * generator.standard_normal((len(labels), 2))


def _stripes(labels: _Labels, classes: int, generator: np.random.Generator) -> _Floats:
    """Upright stripes, each class in two of them."""
    stripe = labels + classes * generator.integers(0, 2, len(labels))
    x = (stripe + 0.1 + 0.8 * generator.random(len(labels))) / (2 * classes)
    return 0.9 * REACH * (2 * np.stack([x, generator.random(len(labels))], axis=1) - 1)


def _polar(radii: _Floats, angles: _Floats) -> _Floats:
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)


PATTERNS: dict[str, Pattern] = {
    "colours": Pattern("Four colours", _colours, 4, 4, 4),
    "moons": Pattern("Two moons", _moons),
    "circles": Pattern("Circles", _circles, 2, MOST_CLASSES),
    "spirals": Pattern("Spirals", _spirals, 2, 5),
    "xor": Pattern("XOR", _xor),
    "blobs": Pattern("Blobs", _blobs, 2, MOST_CLASSES, 3),
    "stripes": Pattern("Stripes", _stripes, 2, MOST_CLASSES),
}
"""The patterns by the names that settings use."""
