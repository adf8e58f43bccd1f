"""Stepper: the way forward and back of many networks together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor

from engine.levels.stepping import Batch
from engine.nn.registry import ACTIVATIONS
from engine.training.many.layers import FirstLayer, InnerLayer, LayerStack
from engine.training.many.losses import CrossEntropies


class Stepper:
    """Forward and backward of all networks for mini-batches of one length.

    Attributes:
        losses: Of the steps taken.
    """

    def __init__(
        self, stacks: Sequence[LayerStack], length: int, order_seeds: Sequence[int], activation: str
    ) -> None:
        """Allocate.

        Args:
            stacks: The layers.
            length: Of the mini-batches.
            order_seeds: Networks of the same one see the same mini-batches, and are next to each other.
            activation: A name in `engine.nn.registry.ACTIVATIONS`.
        """
        distinct = list(dict.fromkeys(order_seeds))
        starts = [order_seeds.index(seed) for seed in distinct]
        bands = [slice(first, last) for first, last in pairwise([*starts, len(order_seeds)])]
        device = stacks[0].weights.device
        self._band_of = torch.tensor([distinct.index(seed) for seed in order_seeds], device=device)
        layer_class = ACTIVATIONS[activation].layer_class
        activations = [*(layer_class() for _ in stacks[1:]), None]
        self._first = FirstLayer(stacks[0], length, activations[0], bands)
        self._inner = [
            InnerLayer(stack, length, activation)
            for stack, activation in zip(stacks[1:], activations[1:], strict=True)
        ]
        last = self._inner[-1] if self._inner else self._first
        self.losses = CrossEntropies(last.outputs, last.gradient)

    def find_gradients(self, batches: Sequence[Batch], carried: float) -> None:
        """Add the gradients of a mini-batch for each band to that share of what there is."""
        digits = [inputs for inputs, _ in batches]
        values = self._first.forward(digits)
        for layer in self._inner:
            values = layer.forward(values)
        self.losses.backward(self._targets([targets for _, targets in batches]))
        before = [self._first, *self._inner]
        for layer, layer_before in zip(reversed(self._inner), reversed(before[:-1]), strict=True):
            layer.backward(layer_before.outputs, layer_before.gradient, carried)
        self._first.backward(digits, carried)

    def _targets(self, targets: Sequence[Tensor]) -> Tensor:
        """Those of each band to (networks, 1, batch)."""
        if len(targets) == 1:
            return targets[0].expand(len(self._band_of), 1, -1)
        return torch.stack(list(targets)).index_select(0, self._band_of)[:, None]
