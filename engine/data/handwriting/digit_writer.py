"""Digit writer: the shapes of `digit_shapes`, written by as many hands as are asked for.

A digit begins as a mixture of the variants of one family, moved away from their mean a little: a table has
only so many variants, and people's digits differ more. Its points are then moved at random and joined by
smooth curves; the curves are bent by gentle waves, stretched, leant and turned.
"""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.data.handwriting.digit_shapes import Family, families
from engine.preprocessing.rasteriser import Polyline

Floats = NDArray[np.float64]

PAINTING_DENSITY = 0.2
"""Points of a curve for each hundredth of a digit's height: one for each pixel of a normalised digit."""

# Concentration of the mixture of variants, over all of them: so low that one or two stand out in each digit.
_MIXING = 0.7
# Distance of a digit from its family's mean, over that of its mixture. At 1.5, strangers are read less well.
_SPREAD = 1.3
# Standard deviations of what moves a digit about, in its own unit: a hundredth of its height.
_POINT_JITTER = 2.0
_END_JITTER = 4.0
_STROKE_SHIFT = 2.5
_WAVE = 5.0
_WAVES = 3
# Cycles of a wave over the height of a digit: standard deviation, across and down.
_WAVE_NUMBER = 0.45
_TURN = 0.11
_LEAN_MEAN, _LEAN = 0.16, 0.27
# Most bars lean to the right, and some of them far.
_BAR_LEAN_MEAN, _BAR_LEAN = 0.22, 0.30
# Of the logarithm of width to height.
_ASPECT = 0.2
_MIDDLE = (35.0, 50.0)


def write(
    digit: int, count: int, generator: np.random.Generator, density: float = PAINTING_DENSITY
) -> list[list[Polyline]]:
    """Write one digit many times.

    Args:
        digit: 0 to 9.
        count: How many.
        generator: Source of everything random.
        density: Points for each hundredth of the digit's height along a curve.

    Returns:
        For each digit its strokes, (points, 2) float64, x to the right and y downwards; about 100 high, with
        the middle near (0, 0).
    """
    ways = families(digit)
    shares = np.array([family.share for family in ways])
    drawings: list[list[Polyline]] = []
    for family, times in zip(ways, generator.multinomial(count, shares / shares.sum()), strict=True):
        if times:
            curves = _curves(family, density)
            points = _written(family, curves, digit == 1, int(times), generator)
            cuts = np.cumsum([0, *map(len, curves)]).tolist()
            spans = list(itertools.pairwise(cuts))
            drawings += [[drawing[start:end] for start, end in spans] for drawing in points]
    return [drawings[index] for index in generator.permutation(count)]


def _written(
    family: Family, curves: tuple[Floats, ...], is_bar: bool, count: int, generator: np.random.Generator
) -> Floats:
    """(count, samples, 2): the strokes of digits of one family, one behind the other."""
    mixture = generator.dirichlet(np.full(len(family.variants), _MIXING / len(family.variants)), count)
    mean = family.variants.mean(axis=0)
    points = _SPREAD * (np.einsum("nv,vpc->npc", mixture, family.variants) - mean) + mean - _MIDDLE
    points += generator.normal(0, _POINT_JITTER, points.shape)
    written = []
    end = 0
    for curve in curves:
        start, end = end, end + curve.shape[1]
        points[:, [start, end - 1]] += generator.normal(0, _END_JITTER, (count, 2, 2))
        points[:, start:end] += generator.normal(0, _STROKE_SHIFT, (count, 1, 2))
        written.append(np.matmul(curve, points[:, start:end]))
    return _lean(_wave(np.concatenate(written, axis=1), generator), is_bar, generator)


def _wave(points: Floats, generator: np.random.Generator) -> Floats:
    """Bend digits, (count, points, 2), by a few gentle waves of random direction each."""
    count = len(points)
    for _ in range(_WAVES):
        direction = generator.normal(0, 2 * np.pi * _WAVE_NUMBER / 100, (count, 2, 1))
        phase = generator.uniform(0, 2 * np.pi, (count, 1))
        height = generator.normal(0, _WAVE, (count, 1, 2))
        points = points + np.sin(np.matmul(points, direction)[:, :, 0] + phase)[:, :, None] * height
    return points


def _lean(points: Floats, is_bar: bool, generator: np.random.Generator) -> Floats:
    """Stretch, lean and turn digits, (count, points, 2), each in its own way."""
    count = len(points)
    aspect = np.exp(generator.normal(0, _ASPECT, count))
    mean, deviation = (_BAR_LEAN_MEAN, _BAR_LEAN) if is_bar else (_LEAN_MEAN, _LEAN)
    # Down is positive, so a lean to the right moves what is low to the left.
    lean = -generator.normal(mean, deviation, count)
    turn = generator.normal(0, _TURN, count)
    cosine, sine = np.cos(turn), np.sin(turn)
    maps = np.array(
        [[cosine * aspect, cosine * lean - sine], [sine * aspect, sine * lean + cosine]]
    )  # (2, 2, count)
    mapped: Floats = np.matmul(points, maps.transpose(2, 1, 0))
    return mapped


@cache
def _curves(family: Family, density: float) -> tuple[Floats, ...]:
    """For each stroke, (samples, points): the weights that make a curve of its points."""
    mean = family.variants.mean(axis=0)
    curves = []
    end = 0
    for length in family.strokes:
        start, end = end, end + length
        curves.append(_curve(mean[start:end], family.corners[start:end], density))
    return tuple(curves)


def _curve(points: Floats, corners: NDArray[np.bool_], density: float) -> Floats:
    """(samples, points): weights of smooth curves from corner to corner through all points."""
    breaks = [0, *(np.flatnonzero(corners[1:-1]) + 1).tolist(), len(points) - 1]
    rows: list[Floats] = []
    for first, last in itertools.pairwise(breaks):
        weights = _smooth(points[first : last + 1], density)
        piece = np.zeros((len(weights), len(points)))
        piece[:, first : last + 1] = weights
        rows.append(piece[1:] if rows else piece)
    return np.concatenate(rows)


def _smooth(points: Floats, density: float) -> Floats:
    """(samples, points): weights of a centripetal Catmull-Rom spline; straight through two points."""
    count = len(points)
    lengths = np.hypot(*np.diff(points, axis=0).T)
    knots = np.sqrt(np.maximum(lengths, 1.0))
    unit = np.eye(count)
    slopes = np.diff(unit, axis=0) / knots[:, None]
    tangents = np.empty((count, count))
    tangents[0], tangents[-1] = slopes[0], slopes[-1]
    if count > 2:
        before, after = knots[:-1, None], knots[1:, None]
        tangents[1:-1] = (slopes[:-1] * after + slopes[1:] * before) / (before + after)
        # The bend of a parabola goes on to the ends.
        tangents[0] = 1.5 * slopes[0] - 0.5 * tangents[1]
        tangents[-1] = 1.5 * slopes[-1] - 0.5 * tangents[-2]
    rows = [unit[:1]]
    for index, (knot, length) in enumerate(zip(knots, lengths, strict=True)):
        share = np.linspace(0, 1, max(1, round(length * density)) + 1)[1:, None]
        rows.append(
            (1 + 2 * share) * (1 - share) ** 2 * unit[index]
            + share**2 * (3 - 2 * share) * unit[index + 1]
            + share * (1 - share) ** 2 * knot * tangents[index]
            + share**2 * (share - 1) * knot * tangents[index + 1]
        )
    return np.concatenate(rows)
