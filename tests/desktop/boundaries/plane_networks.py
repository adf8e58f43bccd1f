"""Networks of the plane for tests, untrained or with weights that the test chooses."""

import numpy as np

from engine.nn.network import Architecture, Network
from engine.plane.features import Scaling
from engine.plane.grid import Bounds
from engine.plane.maps import unit_maps
from engine.plane.model import PlaneNetwork


def plane_network(hidden=(3, 4), classes=2, features=("x", "y"), **weights):
    """`weights` replace those of the same name, with _ for the point."""
    architecture = Architecture((len(features), *hidden, classes), "relu")
    values = Network(architecture, seed=5).snapshot()
    for name, tensor in weights.items():
        values[name.removeprefix("of_").replace("_", ".")] = tensor
    count = len(features)
    return PlaneNetwork(architecture, values, features, Scaling(np.zeros(count), np.ones(count)))


def maps_of(network, side=24):
    return unit_maps(network, Bounds().grid(side))
