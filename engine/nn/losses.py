"""Losses, and the functions that turn logits into probabilities.

All take logits, (batch, classes) float32, because logarithms of probabilities that were rounded to 0
cannot be repaired afterwards.
"""

from __future__ import annotations

import torch
from torch import Tensor


def log_softmax(logits: Tensor) -> Tensor:
    """Logarithms of the softmax over the last axis, shape kept, through log-sum-exp.

    ``log(exp(x) / sum(exp(x))) = x - log(sum(exp(x)))``; the largest logit is subtracted first, which
    changes nothing in exact arithmetic and keeps ``exp`` from overflowing.
    """
    shifted = logits - logits.amax(dim=-1, keepdim=True).detach()
    return shifted - shifted.exp().sum(dim=-1, keepdim=True).log()


def softmax(logits: Tensor) -> Tensor:
    """Probabilities over the last axis: positive, sum 1, shape kept. One label is right."""
    return log_softmax(logits).exp()


def negative_log_likelihood(log_probabilities: Tensor, targets: Tensor) -> Tensor:
    """Mean of minus the log-probability given to the true class.

    Args:
        log_probabilities: (batch, classes) float32, from `log_softmax`.
        targets: (batch,) int64 classes.

    Returns:
        () float32, 0 or more.
    """
    return -log_probabilities.gather(1, targets[:, None]).mean()


def sigmoid(logits: Tensor) -> Tensor:
    """``1 / (1 + exp(-x))`` element by element: each label is right or not, whatever the others are."""
    # exp of a negative number only, so that neither side overflows.
    small = torch.exp(-_magnitude(logits))
    return torch.where(logits >= 0, 1 / (1 + small), small / (1 + small))


def _magnitude(logits: Tensor) -> Tensor:
    """``|x|``, whose gradient at 0 is 1: that of `torch.abs` is 0 there, and sigmoid would have none at 0."""
    return torch.where(logits >= 0, logits, -logits)
