"""Maps: what the features and the units of a network put out all over the plane, as small pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.plane.features import Scaling, features_of

if TYPE_CHECKING:
    from engine.plane.grid import Grid
    from engine.plane.model import PlaneNetwork


def unit_maps(network: PlaneNetwork, grid: Grid) -> list[NDArray[np.float32]]:
    """What the units of each hidden layer put out at the places of a grid.

    Returns:
        For each hidden layer (rows, columns, units) float32, the first row at the smallest y.
    """
    return [grid.arranged(layer) for layer in network.unit_outputs(grid.coordinates)]


def feature_maps(features: Sequence[str], scaling: Scaling, grid: Grid) -> NDArray[np.float32]:
    """The features as the network gets them, scaled: (rows, columns, features) float32."""
    return grid.arranged(scaling(features_of(grid.coordinates, features)))
