"""Maps of units and features: the right values at the right places."""

import numpy as np
import pytest
import torch

from engine.nn.network import Architecture, Network
from engine.plane.features import Scaling, features_of
from engine.plane.grid import Bounds
from engine.plane.maps import feature_maps, unit_maps
from engine.plane.model import PlaneNetwork


def network_of(sizes, features=("x", "y")):
    architecture = Architecture(sizes, "tanh")
    scaling = Scaling(np.zeros(len(features)), np.ones(len(features)))
    return PlaneNetwork(architecture, Network(architecture, seed=3).snapshot(), features, scaling)


def test_a_map_for_each_unit_of_each_hidden_layer():
    maps = unit_maps(network_of((2, 3, 5, 2)), Bounds().grid(6))
    assert [each.shape for each in maps] == [(6, 6, 3), (6, 6, 5)]
    assert unit_maps(network_of((2, 4)), Bounds().grid(6)) == []


def test_units_at_their_places():
    network, grid = network_of((2, 3, 2)), Bounds(0, 1, 5, 9).grid(4)
    first, _ = (torch.as_tensor(network.weights[f"0.{part}"]).numpy() for part in ("weights", "bias"))
    bias = network.weights["0.bias"].numpy()
    at = np.array([grid.x[2], grid.y[1]], dtype=np.float32)
    assert unit_maps(network, grid)[0][1, 2] == pytest.approx(np.tanh(at @ first + bias), abs=1e-5)


def test_features_are_scaled():
    grid = Bounds().grid(5)
    given = features_of(grid.coordinates, ("x", "y²"))
    maps = feature_maps(("x", "y²"), Scaling.of(given), grid)
    assert maps.shape == (5, 5, 2)
    assert maps.reshape(-1, 2).mean(axis=0) == pytest.approx([0, 0], abs=1e-6)
    assert (np.diff(maps[0, :, 0]) > 0).all()
    assert maps[0, 0, 1] == maps[4, 0, 1] > maps[2, 0, 1]
