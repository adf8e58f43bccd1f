"""Unit images: weights as pictures, the most used units first."""

import pytest
import torch

from engine.explain.weight_images import layer_count, most_used, unit_images
from engine.nn.network import Architecture, Network


def test_the_images_of_the_first_layer_are_its_weights():
    weights = Network(Architecture((784, 10))).snapshot()
    images = unit_images(weights)
    assert images.shape == (10, 28, 28)
    assert images[3, 2, 5] == weights["0.weights"][2 * 28 + 5, 3]
    assert layer_count(weights) == 1


def test_a_later_layer_is_seen_through_those_before_it():
    network = Network(Architecture((784, 7, 5, 10)))
    weights = network.snapshot()
    image = unit_images(weights, 1)[2].flatten()
    pixels = torch.rand(784, generator=torch.Generator().manual_seed(0))
    through = pixels @ weights["0.weights"] @ weights["1.weights"]
    assert float(image @ pixels) == pytest.approx(float(through[2]), rel=1e-4)
    assert unit_images(weights, 2).shape == (10, 28, 28)
    assert layer_count(weights) == 3
    with pytest.raises(KeyError):
        unit_images(weights, 3)


def test_the_unit_that_the_next_layer_hears_most_of_comes_first():
    architecture = Architecture((784, 3, 10))
    weights = {name: torch.zeros(shape) for name, shape in architecture.shapes().items()}
    weights["0.weights"][0] = torch.tensor([1.0, 2.0, 3.0])
    weights["1.weights"][:] = torch.tensor([[1.0], [5.0], [0.1]])  # uses 1, 10 and 0.3
    inputs = torch.zeros(4, 784)
    inputs[:, 0] = 1.0
    assert most_used(architecture, weights, inputs).tolist() == [1, 0, 2]
    # A unit that the digits never wake is not used, whatever its weights are.
    assert most_used(architecture, {**weights, "0.bias": torch.tensor([0.0, -9.0, 0.0])}, inputs)[0] == 0


def test_units_of_the_last_layer_are_digits_in_order():
    architecture = Architecture((784, 3, 10))
    weights = Network(architecture).snapshot()
    assert most_used(architecture, weights, torch.rand(5, 784), 1).tolist() == list(range(10))
