"""Losses of many networks: their derivative, and their values left on the device until they are read."""

from __future__ import annotations

import torch
from torch import Tensor

# Steps whose losses are kept until they are read, bounded by the numbers kept for them.
_MOST_STEPS = 256
_MOST_NUMBERS = 1 << 20


class CrossEntropies:
    """Softmax and negative log-likelihood of all networks, for mini-batches of one length."""

    def __init__(self, outputs: Tensor, gradient: Tensor) -> None:
        """Allocate.

        Args:
            outputs: (networks, classes, batch) float32, the logits as the last layer leaves them.
            gradient: The same shape, to be written.
        """
        networks, _, batch = outputs.shape
        self._outputs, self._gradient, self._batch = outputs, gradient, batch
        self._column = outputs.new_empty(networks, 1, batch)
        self._truth = torch.full_like(self._column, -1 / batch)
        capacity = max(1, min(_MOST_STEPS, _MOST_NUMBERS // (networks * batch)))
        self._true_logits = outputs.new_empty(capacity, networks, 1, batch)
        self._sums = torch.empty_like(self._true_logits)
        # One view for each step: taking them out anew costs as much as the sums themselves.
        self._slots = list(zip(self._true_logits, self._sums, strict=True))
        self.steps = 0

    @property
    def is_full(self) -> bool:
        """Whether the losses have to be read before the next step."""
        return self.steps == len(self._slots)

    def backward(self, targets: Tensor) -> None:
        """Write the gradient: prediction minus truth for each network and digit; a loss is a mean.

        Args:
            targets: (networks, 1, batch) int64.
        """
        true_logits, sums = self._slots[self.steps]
        largest = torch.amax(self._outputs, 1, keepdim=True, out=self._column)
        powers = torch.sub(self._outputs, largest, out=self._gradient)  # none of them overflows
        torch.gather(powers, 1, targets, out=true_logits)
        torch.sum(powers.exp_(), 1, keepdim=True, out=sums)
        powers.div_(torch.mul(sums, self._batch, out=self._column))
        powers.scatter_add_(1, targets, self._truth)
        self.steps += 1

    def read(self) -> tuple[Tensor, Tensor]:
        """What was kept since the last reading; it is forgotten.

        Returns:
            (steps, networks) float32 losses, and (networks,) int64 digits whose true class had the largest
            logit.
        """
        true_logits, sums = self._true_logits[: self.steps, :, 0], self._sums[: self.steps, :, 0]
        self.steps = 0
        # The largest logit was subtracted: that of the true class is 0 where the answer is right.
        return (sums.log() - true_logits).mean(2), (true_logits == 0).sum((0, 2))
