"""Losses against torch.nn.functional, in value and gradient, at usual and at extreme logits."""

import pytest
import torch
from torch.nn import functional

from engine.nn.losses import (
    log_softmax,
    negative_log_likelihood,
    sigmoid,
    softmax,
)

TARGETS = torch.tensor([3, 0, 9, 9, 1])
CASES = {
    "log-softmax": (
        lambda x: log_softmax(x).pow(2).sum(),
        lambda x: functional.log_softmax(x, 1).pow(2).sum(),
    ),
    "softmax": (lambda x: softmax(x).pow(2).sum(), lambda x: functional.softmax(x, 1).pow(2).sum()),
    "cross-entropy": (lambda x: cross_entropy(x, TARGETS), lambda x: functional.cross_entropy(x, TARGETS)),
    "sigmoid": (lambda x: sigmoid(x).pow(2).sum(), lambda x: torch.sigmoid(x).pow(2).sum()),
}


def cross_entropy(logits, targets):
    return negative_log_likelihood(log_softmax(logits), targets)


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


EXTREMES = torch.tensor([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [0.0, 1e4, 1e4], [-1e4, 0.0, 1e4]])


def test_extreme_logits_are_as_sure_as_arithmetic_says():
    mine = EXTREMES.clone().requires_grad_()
    targets = torch.tensor([0, 1, 2, 0])
    loss = cross_entropy(mine, targets)
    loss.backward()
    # Sure and right costs nothing, three or two alike cost log 3 and log 2, sure and wrong costs the gap.
    expected = (0 + torch.log(torch.tensor(3.0)) + torch.log(torch.tensor(2.0)) + 2e4) / 4
    torch.testing.assert_close(loss.detach(), expected)
    third = 1 / 3
    by_hand = torch.tensor([[0, 0, 0], [third, -2 * third, third], [0, 0.5, -0.5], [-1, 0, 1.0]]) / 4
    torch.testing.assert_close(mine.grad, by_hand, rtol=1e-6, atol=1e-7)


def test_extreme_logits_have_probabilities_of_0_half_and_1():
    assert sigmoid(EXTREMES).unique().tolist() == [0, 0.5, 1]


def test_labels_that_are_all_of_one_class_are_no_special_case():
    mine = logits(1.0)
    cross_entropy(mine, torch.full((5,), 4)).backward()
    assert mine.grad[:, 4].max() < 0
    torch.testing.assert_close(mine.grad.sum(1), torch.zeros(5), rtol=0, atol=1e-7)


@pytest.mark.parametrize("name", CASES)
def test_gradients_at_exactly_zero_are_torch_s(name):
    """Where a network that starts from zeros begins."""
    ours, theirs = CASES[name]
    mine, other = (torch.zeros(5, 10, requires_grad=True) for _ in range(2))
    ours(mine).backward()
    theirs(other).backward()
    torch.testing.assert_close(mine.grad, other.grad)
