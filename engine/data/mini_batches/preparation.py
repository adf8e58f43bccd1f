"""Batch preparation: from pictures as they are stored to what a network takes, a mini-batch at a time."""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor

from engine.data.digits import Standardisation
from engine.data.mini_batches.augmentation import Warps

# Samples prepared together: more of them would not stay in a processor's caches until they are used.
_SAMPLES_AT_ONCE = 1024


class InputPreparation(Protocol):
    """Makes of samples as they are stored what a network takes."""

    def at_once(self, batch_size: int) -> int:
        """Mini-batches worth preparing together."""
        ...

    def __call__(self, stored: Tensor, /) -> Tensor:
        """One mini-batch or several, (samples, features); good until the next are prepared."""
        ...


class Unchanged:
    """Samples are stored as a network takes them."""

    def at_once(self, batch_size: int) -> int:
        """See `InputPreparation`."""
        return max(1, _SAMPLES_AT_ONCE // batch_size)

    def __call__(self, stored: Tensor, /) -> Tensor:
        """The same."""
        return stored


class Preparation:
    """Warps if asked for, and standardises.

    The data stay bytes, a quarter of the memory that has to be read in a shuffled order; turning a mini-batch
    into numbers costs less than that saves.
    """

    def __init__(self, standardisation: Standardisation, warps: Warps | None = None, seed: int = 0) -> None:
        self._standardise = standardisation
        self._warps = warps
        self._generator = torch.Generator().manual_seed(seed)
        self._buffers: dict[int, Tensor] = {}
        self._scale = 1 / (255 * standardisation.standard_deviation)
        self._shift: Tensor | None = None

    def at_once(self, batch_size: int) -> int:
        """Mini-batches worth preparing together.

        Warps are drawn for one at a time, so that they are the same in whatever company it is prepared, and
        take so long that nothing else counts.
        """
        return 1 if self._warps is not None else max(1, _SAMPLES_AT_ONCE // batch_size)

    def __call__(self, images: Tensor, room: Tensor | None = None) -> Tensor:
        """One mini-batch or several; good until the next of the same length are prepared.

        Args:
            images: (batch, 784) uint8, 0 background to 255 ink.
            room: Where to put them, (batch, 784) float32 on the same device; memory of its own by default.

        Returns:
            (batch, 784) float32 on the same device, mean 0 and standard deviation 1 over the training set.
        """
        if self._warps is not None:
            # Warps work on intensities, so that what comes in at the edges is paper.
            intensities = self._buffer(images).copy_(images).mul_(1 / 255)
            warped = self._standardise(self._warps(intensities, self._generator))
            return warped if room is None else room.copy_(warped)
        if self._shift is None:
            shift = -self._standardise.mean / self._standardise.standard_deviation
            self._shift = torch.tensor(shift, device=images.device)
        inputs = (self._buffer(images) if room is None else room).copy_(images)
        return torch.add(self._shift, inputs, alpha=self._scale, out=inputs)

    def _buffer(self, images: Tensor) -> Tensor:
        buffer = self._buffers.get(len(images))
        if buffer is None:
            buffer = self._buffers[len(images)] = torch.empty(images.shape, device=images.device)
        return buffer
