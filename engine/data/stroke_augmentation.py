"""Stroke augmentation: other ways in which the same person might have written the same digit.

Where `engine.data.mini_batches.augmentation` bends finished pictures, this bends the strokes before they
are painted: the pen keeps its width, and the normaliser sees the new shape just as it would see a drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.rasteriser import Polyline

# Waves that a bend is made of, and their longest and shortest length in units of the digit's longer side.
_WAVES = 4
_LONGEST_WAVE, _SHORTEST_WAVE = 2.0, 0.6


@dataclass(frozen=True, slots=True)
class StrokeWarps:
    """Sizes of the random changes; lengths are shares of the digit's longer side.

    Attributes:
        turn_degrees: Bound of the rotation.
        shear: Bound of the sideways shift for each unit of height.
        stretch: Bound of the logarithm of the change of width against height.
        bend: Standard deviation of the smooth displacement of points.
        drift: Standard deviation of the shift of each stroke against the others.
        narrowest: Least diameter of the pen, in pixels of the 28.
        widest: Greatest diameter of the pen, in pixels of the 28.
    """

    turn_degrees: float = 12.0
    shear: float = 0.3
    stretch: float = 0.25
    bend: float = 0.035
    drift: float = 0.03
    narrowest: float = 2.0
    widest: float = 2.9

    def __call__(self, polylines: Sequence[Polyline], random: np.random.Generator) -> list[Polyline]:
        """Warp one drawing.

        Args:
            polylines: (points, 2) float64 each, in any unit.
            random: Source of the changes.

        Returns:
            As many polylines of as many points, in units of the digit's longer side.
        """
        points = np.concatenate(list(polylines))
        low, high = points.min(axis=0), points.max(axis=0)
        side = float((high - low).max()) or 1.0
        moved = self._bent((points - (low + high) / 2) / side, random) @ self._affine(random).T
        ends = np.cumsum([len(polyline) for polyline in polylines])[:-1]
        return [part + random.normal(0.0, self.drift, 2) for part in np.split(moved, ends)]

    def pen_widths(self, count: int, random: np.random.Generator) -> NDArray[np.float64]:
        """(count,) float64 diameters of the pen in pixels of the 28."""
        return random.uniform(self.narrowest, self.widest, count)

    def _affine(self, random: np.random.Generator) -> NDArray[np.float64]:
        """(2, 2) float64 from a column vector to its place after leaning, stretching and turning."""
        turn, shear, stretch = random.uniform(-1, 1, 3)
        angle = np.radians(self.turn_degrees) * turn
        across = np.exp(self.stretch * stretch / 2)
        rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        return np.asarray(rotation @ np.diag([across, 1 / across]) @ [[1.0, self.shear * shear], [0.0, 1.0]])

    def _bent(self, points: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
        """Move (points, 2) float64 along a few random plane waves."""
        lengths = random.uniform(_SHORTEST_WAVE, _LONGEST_WAVE, _WAVES)
        headings = random.uniform(0, 2 * np.pi, _WAVES)
        waves = 2 * np.pi / lengths * np.stack([np.cos(headings), np.sin(headings)])  # (2, waves)
        phases = random.uniform(0, 2 * np.pi, _WAVES)
        # A sine has a mean square of 1/2, so that this makes the sum's standard deviation that of the bend.
        amplitudes = random.normal(0.0, self.bend * np.sqrt(2 / _WAVES), (_WAVES, 2))
        return np.asarray(points + np.sin(points @ waves + phases) @ amplitudes)
