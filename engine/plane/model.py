"""A network as a model of the plane: from points to probabilities, and to what each of its units puts out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.nn.losses import log_softmax
from engine.nn.network import Architecture, Network, Weights
from engine.plane.features import Scaling, features_of


@dataclass(frozen=True, slots=True, eq=False)
class PlaneNetwork:
    """A network that training does not change any more.

    Attributes:
        architecture: As many inputs as features, as many outputs as classes.
        weights: Of the network.
        features: Names in `engine.plane.features.FEATURES`.
        scaling: Of those features.
    """

    architecture: Architecture
    weights: Weights
    features: tuple[str, ...]
    scaling: Scaling

    @property
    def classes(self) -> int:
        """Number of classes."""
        return self.architecture.sizes[-1]

    def probabilities(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """(points, 2) coordinates to (points, classes) float64."""
        return np.exp(self.log_probabilities(coordinates))

    @torch.inference_mode()
    def log_probabilities(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """(points, 2) coordinates to logarithms of probabilities, (points, classes) float64."""
        logits = self._network()(self._inputs(coordinates))
        found: NDArray[np.float64] = log_softmax(logits).double().numpy()
        return found

    def predict(self, coordinates: NDArray[np.float64]) -> NDArray[np.int64]:
        """(points, 2) coordinates to classes, (points,) int64."""
        return np.asarray(self.probabilities(coordinates).argmax(axis=1))

    @torch.inference_mode()
    def unit_outputs(self, coordinates: NDArray[np.float64]) -> list[NDArray[np.float32]]:
        """(points, 2) coordinates to what each hidden layer's activation puts out, (points, units)."""
        values, found = self._inputs(coordinates), []
        for place, layer in enumerate(self._network().layers[:-1]):
            values = layer(values)
            if place % 2:
                found.append(values.numpy())
        return found

    def _network(self) -> Network:
        return Network.from_weights(self.architecture, self.weights)

    def _inputs(self, coordinates: NDArray[np.float64]) -> torch.Tensor:
        return torch.from_numpy(self.scaling(features_of(coordinates, self.features)))
