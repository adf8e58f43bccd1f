"""Slopes of activations, against automatic differentiation and against what they stand for."""

import pytest
import torch

from engine.nn.activation_derivatives import derivative_at, derivatives_between
from engine.nn.layers import ELU, LeakyReLU, Linear, ReLU

LAYERS = [ReLU(), LeakyReLU(), LeakyReLU(0.3), ELU(), ELU(0.5)]


def points():
    values = torch.randn(9, 5, generator=torch.Generator().manual_seed(0)) * 3
    values[4] = values[3]  # a unit that does not move
    return values


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_the_derivative_is_that_of_automatic_differentiation(layer):
    watched = points().requires_grad_()
    outputs = layer(watched)
    outputs.sum().backward()
    torch.testing.assert_close(derivative_at(layer, outputs.detach()), watched.grad)


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_mean_slopes_lead_from_each_point_to_the_next(layer):
    inputs = points()
    outputs = layer(inputs)
    slopes = derivatives_between(layer, inputs, outputs)
    assert slopes.shape == (8, 5)
    torch.testing.assert_close(slopes * inputs.diff(dim=0), outputs.diff(dim=0))
    torch.testing.assert_close(slopes[3], derivative_at(layer, outputs[3]))


def test_a_layer_with_an_unknown_derivative_is_refused():
    with pytest.raises(TypeError, match="derivative of Linear"):
        derivative_at(Linear(3, 3, torch.Generator()), torch.zeros(3))
