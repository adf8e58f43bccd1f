"""Excited units: which ones, and what they look for at this drawing."""

import numpy as np
import pytest
import torch

from engine.explain.top_units import top_units, unit_at
from engine.explain.weight_images import unit_images
from engine.nn.registry import ACTIVATIONS
from tests.engine.explain.explaining import STANDARDISE, drawing, random_network


def test_with_one_hidden_layer_the_images_are_the_weights():
    network, vector = random_network((784, 12, 10)), drawing()
    found = top_units(network, STANDARDISE, vector, 4)
    activations = network.layers[1](network.layers[0](STANDARDISE(torch.from_numpy(vector)[None])))[0]
    assert [each.unit for each in found] == activations.argsort(descending=True)[:4].tolist()
    assert [each.activation for each in found] == activations.sort(descending=True).values[:4].tolist()
    images = unit_images(network.snapshot()).numpy()
    for each in found:
        np.testing.assert_array_equal(each.image, images[each.unit])


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_behind_other_layers_the_images_are_gradients(activation):
    network, vector = random_network((784, 30, 20, 15, 10), activation), drawing()
    watched = STANDARDISE(torch.from_numpy(vector)[None]).requires_grad_()
    outputs = watched
    for layer in network.layers[:5]:
        outputs = layer(outputs)
    for each in top_units(network, STANDARDISE, vector, 3):
        (expected,) = torch.autograd.grad(outputs[0, each.unit], watched, retain_graph=True)
        np.testing.assert_allclose(each.image, expected.reshape(28, 28).numpy(), rtol=1e-4, atol=1e-6)


def test_any_unit_may_be_asked_about():
    network, vector = random_network(), drawing()
    (first,) = top_units(network, STANDARDISE, vector, 1)
    again = unit_at(network, STANDARDISE, vector, first.unit)
    assert again.activation == first.activation
    np.testing.assert_array_equal(again.image, first.image)
    for absent in (20, -1):
        with pytest.raises(IndexError, match="no unit"):
            unit_at(network, STANDARDISE, vector, absent)
    with pytest.raises(IndexError):
        unit_at(random_network((784, 10)), STANDARDISE, vector, 0)


def test_there_may_be_fewer_units_than_asked_for_or_none():
    assert len(top_units(random_network((784, 3, 10)), STANDARDISE, drawing(), 8)) == 3
    assert top_units(random_network((784, 10)), STANDARDISE, drawing(), 8) == []
