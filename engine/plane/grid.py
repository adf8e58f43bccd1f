"""Grid: the part of the plane that is looked at, and the places in it that a model is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.plane.points import REACH, Points

_USUAL = 1.1 * REACH
_MARGIN = 0.06
_BRUSH = 0.04

_Number = TypeVar("_Number", bound=np.floating)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle of the plane.

    Attributes:
        left: Smallest x.
        right: Largest x.
        bottom: Smallest y.
        top: Largest y.
    """

    left: float = -_USUAL
    right: float = _USUAL
    bottom: float = -_USUAL
    top: float = _USUAL

    @classmethod
    def around(cls, points: Points) -> Bounds:
        """What made and painted points need; around points from elsewhere, with a margin on each side."""
        if not len(points):
            return cls()
        low, high = points.coordinates.min(axis=0), points.coordinates.max(axis=0)
        spread = np.where(high > low, high - low, np.maximum(1.0, np.abs(high)))
        (left, bottom), (right, top) = low - _MARGIN * spread, high + _MARGIN * spread
        usual = cls()
        is_usual = np.abs(points.coordinates).max() <= _USUAL and spread.max() >= _USUAL / 2
        return usual if is_usual else cls(float(left), float(right), float(bottom), float(top))

    @property
    def is_usual(self) -> bool:
        """Whether x and y have one scale."""
        return self == Bounds()

    @property
    def brush(self) -> tuple[float, float]:
        """Radii, along x and y, of a brush that suits this part of the plane."""
        return _BRUSH * (self.right - self.left), _BRUSH * (self.top - self.bottom)

    def grid(self, side: int) -> Grid:
        """`side` places along x and y, each in the middle of its cell."""
        middles = (np.arange(side) + 0.5) / side
        return Grid(
            self.left + (self.right - self.left) * middles, self.bottom + (self.top - self.bottom) * middles
        )


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Places in rows and columns.

    Attributes:
        x: (columns,) float64, ascending.
        y: (rows,) float64, ascending.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]

    @property
    def coordinates(self) -> NDArray[np.float64]:
        """(rows * columns, 2) float64, row by row from the bottom."""
        x, y = np.meshgrid(self.x, self.y)
        return np.stack([x.ravel(), y.ravel()], axis=1)

    def arranged(self, values: NDArray[_Number]) -> NDArray[_Number]:
        """(rows * columns, anything) values of `coordinates` as (rows, columns, anything)."""
        return values.reshape(len(self.y), len(self.x), -1)
