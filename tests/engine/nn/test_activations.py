"""Slopes of activations, against automatic differentiation and against what they stand for."""

import pytest
import torch

from engine.nn.activations import ELU, LeakyReLU, ReLU, Sigmoid, Tanh

LAYERS = [ReLU(), LeakyReLU(), LeakyReLU(0.3), ELU(), ELU(0.5), Tanh(), Sigmoid()]


def points():
    values = torch.randn(9, 5, generator=torch.Generator().manual_seed(0)) * 3
    values[4] = values[3]  # a unit that does not move
    return values


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_the_derivative_is_that_of_automatic_differentiation(layer):
    watched = points().requires_grad_()
    outputs = layer(watched)
    outputs.sum().backward()
    torch.testing.assert_close(layer.derivative(outputs.detach()), watched.grad)


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_mean_slopes_lead_from_each_point_to_the_next(layer):
    inputs = points()
    outputs = layer(inputs)
    slopes = layer.mean_slopes(inputs, outputs)
    assert slopes.shape == (8, 5)
    torch.testing.assert_close(slopes * inputs.diff(dim=0), outputs.diff(dim=0))
    torch.testing.assert_close(slopes[3], layer.derivative(outputs[3]))
