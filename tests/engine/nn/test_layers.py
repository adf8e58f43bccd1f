"""Layers against torch.nn, in value and gradient, and against central differences."""

import math

import pytest
import torch
from torch import nn

from engine.nn.activations import ELU, LeakyReLU, ReLU
from engine.nn.layers import Linear
from engine.nn.registry import ACTIVATIONS

PAIRS = [(ReLU(), nn.ReLU()), (LeakyReLU(), nn.LeakyReLU(0.01)), (ELU(), nn.ELU()), (ELU(0.5), nn.ELU(0.5))]


def values(seed=0, *shape):
    return torch.randn(*(shape or (17, 9)), generator=torch.Generator().manual_seed(seed)) * 3


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=repr)
def test_activations_equal_torch_s(ours, theirs):
    mine, other = (values().requires_grad_() for _ in range(2))
    got, expected = ours(mine), theirs(other)
    torch.testing.assert_close(got, expected)
    weights = values(1)
    (got * weights).sum().backward()
    (expected * weights).sum().backward()
    torch.testing.assert_close(mine.grad, other.grad)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_stand_extremes(name):
    inputs = torch.tensor([[-1e30, -100.0, -1e-30, 1e-30, 100.0, 1e30]], requires_grad=True)
    outputs = ACTIVATIONS[name].layer_class()(inputs)
    outputs.sum().backward()
    assert outputs.isfinite().all()
    assert inputs.grad.isfinite().all()


def test_linear_equals_torch_s():
    ours = Linear(9, 4, torch.Generator().manual_seed(0))
    theirs = nn.Linear(9, 4)
    with torch.no_grad():
        ours.bias.copy_(values(2, 4))
        theirs.weight.copy_(ours.weights.T)
        theirs.bias.copy_(ours.bias)
    inputs = values()
    torch.testing.assert_close(ours(inputs), theirs(inputs))
    (ours(inputs) ** 2).sum().backward()
    (theirs(inputs) ** 2).sum().backward()
    torch.testing.assert_close(ours.weights.grad, theirs.weight.grad.T)
    torch.testing.assert_close(ours.bias.grad, theirs.bias.grad)


def test_linear_starts_scaled_and_seeded():
    first, again, other = (Linear(784, 100, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    assert torch.equal(first.weights, again.weights)
    assert not torch.equal(first.weights, other.weights)
    assert float(first.weights.detach().std()) == pytest.approx(math.sqrt(2 / 784), rel=0.02)
    assert not first.bias.any()


@pytest.mark.parametrize("layer", [ReLU(), LeakyReLU(), ELU()], ids=repr)
def test_gradients_equal_central_differences_in_float64(layer):
    inputs = values().double().requires_grad_()
    layer(inputs).sum().backward()
    step = 1e-6
    with torch.no_grad():
        difference = (layer(inputs + step) - layer(inputs - step)) / (2 * step)
    away = inputs.detach().abs() > 10 * step  # from the corner, where there is no derivative
    torch.testing.assert_close(inputs.grad[away], difference[away], rtol=1e-6, atol=1e-8)


def test_linear_equals_central_differences_in_float64():
    layer = Linear(5, 3, torch.Generator().manual_seed(0))
    layer.weights = layer.weights.detach().double().requires_grad_()
    layer.bias = values(6, 3).double().requires_grad_()
    inputs = values(4, 7, 5).double().requires_grad_()
    (layer(inputs).sin()).sum().backward()
    step = 1e-6
    for tensor in (layer.weights, layer.bias, inputs):
        difference = torch.zeros_like(tensor)
        with torch.no_grad():
            flat = tensor.view(-1)
            for index in range(tensor.numel()):
                flat[index] += step
                above = layer(inputs).sin().sum()
                flat[index] -= 2 * step
                below = layer(inputs).sin().sum()
                flat[index] += step
                difference.view(-1)[index] = (above - below) / (2 * step)
        torch.testing.assert_close(tensor.grad, difference, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=repr)
def test_gradients_at_exactly_zero_are_torch_s(ours, theirs):
    mine, other = (torch.tensor([0.0, -0.0]).requires_grad_() for _ in range(2))
    ours(mine).sum().backward()
    theirs(other).sum().backward()
    assert mine.grad.tolist() == other.grad.tolist()


def test_layers_are_named_by_what_they_are():
    linear = Linear(784, 100, torch.Generator())
    assert [repr(each) for each in (linear, ReLU(), LeakyReLU(0.3), ELU(0.5))] == [
        "Linear(784, 100)",
        "ReLU()",
        "LeakyReLU(slope=0.3)",
        "ELU(alpha=0.5)",
    ]
