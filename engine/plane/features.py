"""Features: what a network is told of a point, x and y or more than that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import SettingsError

_Floats = NDArray[np.float64]

FEATURES: dict[str, Callable[[_Floats, _Floats], _Floats]] = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "x²": lambda x, y: x * x,
    "y²": lambda x, y: y * y,
    "xy": lambda x, y: x * y,
    "sin x": lambda x, y: np.sin(x),
    "sin y": lambda x, y: np.sin(y),
}
"""The features by their names."""

USUAL_FEATURES = ("x", "y")


def features_of(coordinates: _Floats, names: Sequence[str] = USUAL_FEATURES) -> _Floats:
    """(points, 2) coordinates to (points, features) float64.

    Raises:
        SettingsError: There are no names, or unknown ones; the field is ``features``.
    """
    check_features(names)
    x, y = coordinates.T
    return np.stack([FEATURES[name](x, y) for name in names], axis=1)


def check_features(names: Sequence[str]) -> None:
    """Do nothing if there are such features.

    Raises:
        SettingsError: There are no names, or unknown ones; the field is ``features``.
    """
    if not names or any(name not in FEATURES for name in names):
        raise SettingsError("features", f"Choose one feature or more of {', '.join(FEATURES)}.")


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """Means and standard deviations of the training points' features, which every input is freed of.

    Attributes:
        means: (features,) float64.
        deviations: (features,) float64, above 0.
    """

    means: _Floats
    deviations: _Floats

    @classmethod
    def of(cls, features: _Floats) -> Scaling:
        """Measured on (points, features), one point or more; one that never changes keeps its size."""
        deviations = features.std(axis=0)
        return cls(features.mean(axis=0), np.where(deviations > 0, deviations, 1.0))

    def __call__(self, features: _Floats) -> NDArray[np.float32]:
        """(points, features) to the same with mean 0 and standard deviation 1 over the training points."""
        return ((features - self.means) / self.deviations).astype(np.float32)
