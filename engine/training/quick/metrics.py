"""Metrics of quick steps: logits are set aside, and looked at many steps at once."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.nn.losses import log_softmax
from engine.training.quick.calls import Floats
from engine.training.running_metrics import RunningMeans

# Memory for so many digits' logits, or for so many steps, whichever is less.
_MOST_DIGITS = 65_536
_MOST_STEPS = 256


class QuickMetrics:
    """Losses and correct answers of some steps on mini-batches of one length, and of a shorter last one."""

    def __init__(self, labels: NDArray[np.int64], classes: int, batch: int) -> None:
        """Make room.

        Args:
            labels: Of all digits, (digits,).
            classes: That a network tells apart.
            batch: Digits in a mini-batch.
        """
        self._labels, self._batch = labels, batch
        self._most = max(1, min(_MOST_STEPS, _MOST_DIGITS // batch))
        self._room = np.empty((self._most, classes, batch), np.float32)
        self._rest: Floats | None = None
        self._steps = 0
        self._places: list[NDArray[np.int64]] = []

    @property
    def is_full(self) -> bool:
        """Whether it has to be read before the next step."""
        return self._steps == self._most or self._rest is not None

    def add(self, logits: Floats, places: NDArray[np.int64]) -> None:
        """Copy the logits of a mini-batch, (classes, digits), of the digits at these places."""
        if len(places) == self._batch:
            self._room[self._steps] = logits
            self._steps += 1
        else:
            self._rest = logits.copy()
        self._places.append(places)

    def read(self) -> RunningMeans:
        """What was added since the last reading; it is forgotten."""
        parts = [self._room[: self._steps]] if self._steps else []
        if self._rest is not None:
            parts.append(self._rest[None])
        losses: list[float] = []
        correct, first = 0, 0
        for part in parts:
            places = np.concatenate(self._places[first : first + len(part)])
            targets = torch.from_numpy(self._labels[places].reshape(len(part), -1))
            means, right = _figures(torch.from_numpy(part), targets)
            losses += means
            correct += right
            first += len(part)
        lengths = tuple(map(len, self._places))
        self._steps, self._rest, self._places = 0, None, []
        return RunningMeans(tuple(losses), lengths, correct)


def _figures(logits: Tensor, targets: Tensor) -> tuple[list[float], int]:
    """The loss of each step, and how many digits were read correctly.

    Args:
        logits: (steps, classes, digits) float32.
        targets: (steps, digits) int64.
    """
    logarithms = log_softmax(logits.transpose(1, 2))
    losses = -logarithms.gather(2, targets[:, :, None])[:, :, 0].mean(1)
    return losses.tolist(), int((logits.argmax(1) == targets).sum())
