"""Evaluation of many networks: all of them read a set together, so that it is fetched from memory once."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from engine.nn.matmul_backend import backend_for
from engine.nn.registry import ACTIVATIONS

# Numbers that a layer of all networks puts out at a time, and digits that make a product efficient.
_NUMBERS_AT_ONCE = 1 << 21
_FEWEST_DIGITS, _MOST_DIGITS = 64, 4096


@torch.inference_mode()
def evaluate_many(
    layers: Sequence[tuple[Tensor, Tensor]], activation: str, inputs: Tensor, targets: Tensor
) -> list[tuple[float, float]]:
    """Read a whole set with each network.

    Args:
        layers: Weights, (networks, outputs, inputs), and bias, (networks, outputs, 1), of each layer.
        activation: A name in `engine.nn.registry.ACTIVATIONS`.
        inputs: (digits, inputs) float32, standardised, on the same device.
        targets: (digits,) int64.

    Returns:
        Mean negative log-likelihood, and share read correctly, of each network.
    """
    largest = max(bias.numel() for _, bias in layers)
    at_once = min(_MOST_DIGITS, max(_FEWEST_DIGITS, _NUMBERS_AT_ONCE // largest))
    losses, correct = [], []
    for some, truth in zip(torch.split(inputs, at_once), torch.split(targets, at_once), strict=True):
        logits = _logits(layers, activation, some)
        right = truth.expand(len(logits), 1, -1)
        losses.append((logits.logsumexp(1) - logits.gather(1, right)[:, 0]).sum(1))
        correct.append((logits.argmax(1) == truth).sum(1))
    sums = torch.stack(losses).sum(0).tolist()
    counts = torch.stack(correct).sum(0).tolist()
    return [(loss / len(targets), count / len(targets)) for loss, count in zip(sums, counts, strict=True)]


def _logits(layers: Sequence[tuple[Tensor, Tensor]], activation: str, inputs: Tensor) -> Tensor:
    """(networks, classes, digits) float32."""
    activate = ACTIVATIONS[activation].layer_class()
    values = inputs.T
    for number, (weights, bias) in enumerate(layers):
        networks, units, width = weights.shape
        with backend_for(networks * units, width, inputs.shape[0], weights.device):
            if number == 0:
                flat = torch.addmm(bias.flatten(0, 1), weights.flatten(0, 1), values)
                values = flat.view(networks, units, -1)
            else:
                values = torch.baddbmm(bias, weights, values)
        if number < len(layers) - 1:
            values = activate.forward_in_place(values, torch.empty_like(values))
    return values
