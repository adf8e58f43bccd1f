"""Sources: where the inputs of quick steps come from."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.mini_batches.preparation import Preparation
from engine.training.quick.calls import Floats

# Mini-batches of few features that are fetched together.
_AT_ONCE = 64
# Rows of a room that begin at so many bytes' multiples are quicker to multiply.
_ALIGNED = 16


class Source(Protocol):
    """All points, or all digits, of a training."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def at_once(self, batch: int) -> int:
        """Mini-batches of so many that are worth fetching together."""
        ...

    def room(self, count: int) -> Floats:
        """Room for so many, (count, features + 1) float32, with ones in the last column."""
        ...

    def fetch(self, chosen: NDArray[np.int64], room: Floats) -> None:
        """Write those at the places `chosen` into as many rows of a room."""
        ...


class Table:
    """Points with few features, each as a network takes it."""

    def __init__(self, inputs: Floats) -> None:
        """`inputs` are (points, features) float32."""
        self._inputs = np.hstack([inputs, np.ones_like(inputs[:, :1])])

    def __len__(self) -> int:
        """See `Source`."""
        return len(self._inputs)

    def at_once(self, batch: int) -> int:
        """See `Source`."""
        return max(1, min(len(self) // batch, _AT_ONCE))

    def room(self, count: int) -> Floats:
        """See `Source`."""
        return np.ones((count, self._inputs.shape[1]), np.float32)

    def fetch(self, chosen: NDArray[np.int64], room: Floats) -> None:
        """See `Source`."""
        # Without "clip" NumPy writes to a copy first, to leave all as it was if a place were wrong; none is.
        np.take(self._inputs, chosen, 0, room, "clip")


class Pictures:
    """Digits as bytes, prepared as those of other steps are, in the same order."""

    def __init__(self, images: Tensor, preparation: Preparation) -> None:
        """Copy nothing.

        Args:
            images: (digits, pixels) uint8, on the processor.
            preparation: Of mini-batches.
        """
        self._images, self._prepare = images, preparation
        self._fetched = images.new_empty(0, images.shape[1])

    def __len__(self) -> int:
        """See `Source`."""
        return len(self._images)

    def at_once(self, batch: int) -> int:
        """See `Source`."""
        return max(1, min(len(self) // batch, self._prepare.at_once(batch)))

    def room(self, count: int) -> Floats:
        """See `Source`."""
        columns = self._images.shape[1] + 1
        room = np.ones((count, -(-columns // _ALIGNED) * _ALIGNED), np.float32)
        return room[:, :columns]

    def fetch(self, chosen: NDArray[np.int64], room: Floats) -> None:
        """See `Source`."""
        if len(self._fetched) < len(chosen):
            self._fetched = self._images.new_empty(len(chosen), self._images.shape[1])
        fetched = self._fetched[: len(chosen)]
        torch.index_select(self._images, 0, torch.from_numpy(chosen), out=fetched)
        self._prepare(fetched, torch.from_numpy(room[:, :-1]))
