"""Losses against torch.nn.functional, in value and gradient, at usual and at extreme logits."""

import pytest
import torch
from torch.nn import functional

from engine.losses import (
    binary_cross_entropy,
    cross_entropy,
    log_softmax,
    negative_log_likelihood,
    sigmoid,
    softmax,
)

TARGETS = torch.tensor([3, 0, 9, 9, 1])
LABELS = (torch.arange(50).view(5, 10) % 3 == 0).float()
CASES = {
    "log-softmax": (
        lambda x: log_softmax(x).pow(2).sum(),
        lambda x: functional.log_softmax(x, 1).pow(2).sum(),
    ),
    "softmax": (lambda x: softmax(x).pow(2).sum(), lambda x: functional.softmax(x, 1).pow(2).sum()),
    "cross-entropy": (lambda x: cross_entropy(x, TARGETS), lambda x: functional.cross_entropy(x, TARGETS)),
    "sigmoid": (lambda x: sigmoid(x).pow(2).sum(), lambda x: torch.sigmoid(x).pow(2).sum()),
    "binary cross-entropy": (
        lambda x: binary_cross_entropy(x, LABELS),
        lambda x: functional.binary_cross_entropy_with_logits(x, LABELS),
    ),
}


def logits(scale, dtype=torch.float32):
    return (torch.randn(5, 10, generator=torch.Generator().manual_seed(4)) * scale).to(dtype).requires_grad_()


@pytest.mark.parametrize("scale", [1e-3, 1.0, 30.0, 1e4])
@pytest.mark.parametrize("name", CASES)
def test_values_and_gradients_equal_torch_s(name, scale):
    ours, theirs = CASES[name]
    mine, other = logits(scale), logits(scale)
    got, expected = ours(mine), theirs(other)
    torch.testing.assert_close(got, expected, rtol=2e-5, atol=1e-6)
    got.backward()
    expected.backward()
    assert mine.grad.isfinite().all()
    torch.testing.assert_close(mine.grad, other.grad, rtol=1e-4, atol=1e-5 * max(1.0, scale / 10))


@pytest.mark.parametrize("name", CASES)
def test_gradients_equal_central_differences_in_float64(name):
    ours, _ = CASES[name]
    inputs = logits(2.0, torch.float64)
    ours(inputs).backward()
    step = 1e-6
    difference = torch.zeros_like(inputs)
    with torch.no_grad():
        for index in range(inputs.numel()):
            moved = torch.zeros(inputs.numel(), dtype=torch.float64)
            moved[index] = step
            moved = moved.view_as(inputs)
            difference.view(-1)[index] = (ours(inputs + moved) - ours(inputs - moved)) / (2 * step)
    torch.testing.assert_close(inputs.grad, difference, rtol=1e-5, atol=1e-8)


def test_probabilities_sum_to_one():
    torch.testing.assert_close(softmax(logits(50.0)).sum(1), torch.ones(5))


def test_likelihood_picks_the_true_class():
    log_probabilities = torch.log(torch.tensor([[0.2, 0.8], [0.5, 0.5]]))
    expected = -(torch.log(torch.tensor(0.8)) + torch.log(torch.tensor(0.5))) / 2
    torch.testing.assert_close(negative_log_likelihood(log_probabilities, torch.tensor([1, 0])), expected)
