"""Mini-batches: a data set in a new order every epoch, a few samples at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

Prepare = Callable[[Tensor], Tensor]
"""Makes of (samples, features) as they are stored what a network takes, sample by sample."""


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
    good until the next batch is asked for, which may be written into the same memory.
    """

    def __init__(
        self,
        inputs: Tensor,
        targets: Tensor,
        batch_size: int,
        seed: int,
        prepare: Prepare | None = None,
        at_once: int = 1,
    ) -> None:
        """Copy nothing.

        Args:
            inputs: (samples, features).
            targets: (samples,).
            batch_size: Samples in a mini-batch.
            seed: Of the orders.
            prepare: What is done to inputs on their way; nothing by default.
            at_once: Mini-batches that are samples out and prepared together, since each operation costs its
                beginning.
        """
        self.inputs = inputs
        self.targets = targets
        self.batch_size = batch_size
        self._shuffle = Shuffle(len(inputs), seed)
        self._prepare = prepare
        self._several = batch_size * at_once
        self._buffer = inputs.new_empty(min(self._several, len(inputs)), *inputs.shape[1:])

    def __len__(self) -> int:
        """Mini-batches in an epoch."""
        return -(-len(self.inputs) // self.batch_size)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield (batch, features) inputs and (batch,) targets."""
        order = self._shuffle.order().to(self.inputs.device)
        targets = torch.split(self.targets[order], self.batch_size)
        first = 0
        for chosen in torch.split(order, self._several):
            samples = torch.index_select(self.inputs, 0, chosen, out=self._buffer[: len(chosen)])
            inputs = torch.split(self._prepare(samples) if self._prepare else samples, self.batch_size)
            yield from zip(inputs, targets[first : first + len(inputs)], strict=True)
            first += len(inputs)
