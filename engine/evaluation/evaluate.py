"""Evaluation: how well a network reads a labelled set."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.nn.losses import log_softmax
from engine.nn.network import Network

# Enough for the matrix products to be efficient, small enough for 784-512-256-10 to stay within 50 MB.
_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of one network on one set.

    Attributes:
        loss: Mean negative log-likelihood.
        accuracy: Share read correctly, 0 to 1.
        confusion: ``confusion[label][answer]`` counts.
    """

    loss: float
    accuracy: float
    confusion: tuple[tuple[int, ...], ...]


def predict(logits: Tensor) -> Tensor:
    """(batch, classes) logits to (batch,) int64, the class of the largest."""
    return logits.argmax(dim=1)


def accuracy(logits: Tensor, targets: Tensor) -> Tensor:
    """Share of (batch,) targets that (batch, classes) logits answer correctly, () float32."""
    return (predict(logits) == targets).float().mean()


def confusion_counts(labels: Tensor, predictions: Tensor, classes: int) -> tuple[tuple[int, ...], ...]:
    """``counts[label][prediction]`` of (digits,) int64 labels and predictions."""
    pairs = torch.bincount(labels * classes + predictions, minlength=classes * classes)
    return tuple(tuple(row) for row in pairs.view(classes, classes).tolist())


@torch.no_grad()
def logits_of(network: Network, inputs: Tensor) -> Tensor:
    """Logits of a whole set, (digits, classes) float32 on its device, a part at a time.

    Args:
        network: On the same device as the set.
        inputs: (digits, 784) float32, standardised.
    """
    return torch.cat([network(part) for part in torch.split(inputs, _AT_ONCE)])


@torch.no_grad()
def evaluate(network: Network, inputs: Tensor, targets: Tensor) -> Evaluation:
    """Read a whole set.

    Args:
        network: On the same device as the set.
        inputs: (digits, 784) float32, standardised.
        targets: (digits,) int64.
    """
    logits = logits_of(network, inputs)
    loss = -log_softmax(logits).gather(1, targets[:, None]).mean()
    predictions = predict(logits)
    return Evaluation(
        loss=float(loss),
        accuracy=float((predictions == targets).double().mean()),
        confusion=confusion_counts(targets, predictions, logits.shape[1]),
    )
