"""Mini-batches: a data set in a new order every epoch, a few samples at a time."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor


class Shuffle:
    """All indices of a set, in a new order every epoch; the same seed gives the same orders."""

    def __init__(self, count: int, seed: int) -> None:
        self._count = count
        self._generator = torch.Generator().manual_seed(seed)

    def __len__(self) -> int:
        """Indices in an epoch."""
        return self._count

    def __iter__(self) -> Iterator[int]:
        """Yield the indices of one epoch, one by one."""
        return iter(self.order().tolist())

    def order(self) -> Tensor:
        """The indices of one epoch, (count,) int64."""
        return torch.randperm(self._count, generator=self._generator)


class Batches:
    """Shuffled mini-batches of inputs and targets that are already on the device.

    Iterating once is one epoch; each epoch has another order, and the same seed gives the same orders on
    every device. The last batch may be short: weigh it by its length when averaging. The inputs are
    good until the next batch is asked for, which is written into the same memory.
    """

    def __init__(self, inputs: Tensor, targets: Tensor, batch_size: int, seed: int) -> None:
        """Take (samples, features) inputs and (samples,) targets; nothing is copied."""
        self.inputs = inputs
        self.targets = targets
        self.batch_size = batch_size
        self._shuffle = Shuffle(len(inputs), seed)
        self._room = inputs.new_empty(batch_size, *inputs.shape[1:])

    def __len__(self) -> int:
        """Mini-batches in an epoch."""
        return -(-len(self.inputs) // self.batch_size)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield (batch, features) inputs and (batch,) targets."""
        order = self._shuffle.order().to(self.inputs.device)
        shuffled = self.targets[order]
        for chosen, targets in zip(
            torch.split(order, self.batch_size), torch.split(shuffled, self.batch_size), strict=True
        ):
            room = self._room if len(chosen) == self.batch_size else self._room[: len(chosen)]
            yield torch.index_select(self.inputs, 0, chosen, out=room), targets
