"""Digits of a stretch: fetched in a shuffled order, warped if asked for, and standardised, all together."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.data.digits import Digits, Standardisation
from engine.data.mini_batches.augmentation import Warps
from engine.data.mini_batches.batches import Shuffle
from engine.training.stretches.plan import Lengths


def sent(tensor: Tensor, device: torch.device) -> Tensor:
    """A copy on a device; a card goes on with what it is doing meanwhile."""
    if device.type != "cuda":
        return tensor.to(device)
    return tensor.pin_memory().to(device, non_blocking=True)


class StretchDigits:
    """All digits to learn from, on the device, in the orders that mini-batches one by one have, too."""

    def __init__(
        self,
        training: Digits,
        standardisation: Standardisation,
        warps: Warps | None,
        seed: int,
        device: torch.device | str,
    ) -> None:
        """Copy the digits to the device.

        Args:
            training: To learn from.
            standardisation: Of what a network takes.
            warps: None for none. On the CPU they are those of mini-batches one by one; another device draws
                its own, the same for the same seed.
            seed: Of the orders and the warps.
            device: Where everything lives.
        """
        self._images, self._labels = training.images.to(device), training.labels.to(device)
        self._standardise, self._warps = standardisation, warps
        self._shuffle = Shuffle(len(training), seed)
        self._generator = torch.Generator(device).manual_seed(seed)
        self._scale = 1 / (255 * standardisation.standard_deviation)
        shift = -standardisation.mean / standardisation.standard_deviation
        self._shift = torch.tensor(shift, device=device)
        self.device = self._images.device

    def __len__(self) -> int:
        return len(self._labels)

    def order(self) -> Tensor:
        """Of the next epoch, (digits,) int64 on the device."""
        return sent(self._shuffle.order(), self.device)

    def draw(self, lengths: Lengths) -> Tensor | None:
        """Random numbers of the warps of a stretch's digits; None without warps."""
        if self._warps is None:
            return None
        if self.device.type == "cpu":
            return torch.cat([self._warps.draw(length, self._generator) for length in lengths])
        return self._warps.draw(sum(lengths), self._generator)

    def placeholder(self, count: int) -> Tensor | None:
        """Memory for what `draw` draws for so many digits."""
        if self._warps is None:
            return None
        return torch.zeros_like(self._warps.draw(count, torch.Generator(self.device)))

    def prepare(self, chosen: Tensor, drawn: Tensor | None) -> tuple[Tensor, Tensor]:
        """What a network learns from.

        Args:
            chosen: (digits,) int64 places.
            drawn: From `draw`, for as many digits.

        Returns:
            (digits, 784) float32, mean 0 and standard deviation 1 over the training set, and (digits,) int64.
        """
        inputs = self._images.index_select(0, chosen).float()
        targets = self._labels.index_select(0, chosen)
        if self._warps is not None and drawn is not None:
            # Warps work on intensities, so that what comes in at the edges is paper.
            return self._standardise(self._warps.apply(inputs.mul_(1 / 255), drawn)), targets
        return torch.add(self._shift, inputs, alpha=self._scale, out=inputs), targets
