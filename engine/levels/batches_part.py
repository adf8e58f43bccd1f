"""Mini-batches of our own: what the lesson does not print, such as their preparation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.data.mini_batches.preparation import InputPreparation
from engine.levels.shown import Shown, Source
from engine.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class OwnBatchesPart:
    """Picks samples out of tensors.

    Attributes:
        make: What is printed: from inputs, targets, batch size and a generator of random numbers to one
            epoch's mini-batches.
    """

    make: Source

    def __call__(
        self, inputs: Tensor, targets: Tensor, batch_size: int, seed: int, preparation: InputPreparation
    ) -> OwnBatches:
        """Mini-batches of (samples, features) inputs and (samples,) targets."""
        return OwnBatches(self.make, inputs, targets, batch_size, seed, preparation)

    def shown(self, _settings: TrainingSettings) -> tuple[Shown, ...]:
        """The function that makes them."""
        return (self.make,)


class OwnBatches:
    """Mini-batches, prepared one by one, in the order that all levels have."""

    def __init__(
        self,
        make: Source,
        inputs: Tensor,
        targets: Tensor,
        batch_size: int,
        seed: int,
        preparation: InputPreparation,
    ) -> None:
        self._make = make
        self._inputs, self._targets = inputs, targets
        self._batch_size = batch_size
        self._generator = torch.Generator().manual_seed(seed)
        self._prepare = preparation

    def __len__(self) -> int:
        """Mini-batches in an epoch."""
        return -(-len(self._inputs) // self._batch_size)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield (batch, features) float32 inputs and (batch,) targets."""
        batches = self._make(self._inputs, self._targets, self._batch_size, self._generator)
        for inputs, targets in batches:
            yield self._prepare(inputs), targets
