"""Programs: what takes the steps of a stretch in memory that stays where it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from torch import Tensor

from engine.nn.losses import log_softmax
from engine.nn.network import Weights

Room = tuple[Tensor, ...]
"""Where a program keeps what came of each digit; each tensor has digits along its first axis."""


class Average(Protocol):
    """A running average of the weights."""

    def snapshot(self) -> Weights:
        """A copy on the CPU."""
        ...


class Program(Protocol):
    """Takes steps that can be recorded, of one network or of several at once."""

    @property
    def state(self) -> Sequence[Tensor]:
        """Everything that a step changes and the next one needs."""
        ...

    @property
    def average(self) -> Average | None:
        """Of the weights after each step, if it is asked for."""
        ...

    def room(self, digits: int, like: Tensor) -> Room:
        """Room for so many digits, on the device of `like`."""
        ...

    def step(self, inputs: Tensor, targets: Tensor, numbers: Tensor, room: Room) -> None:
        """One step.

        Args:
            inputs: (batch, 784) float32.
            targets: (batch,) int64.
            numbers: Of the step, (networks, `engine.training.stretches.numbers.COLUMNS`) float32 there.
            room: The mini-batch's part of the room.
        """
        ...

    def tally(self, room: Room, targets: Tensor) -> tuple[Tensor, Tensor]:
        """What came of each digit before its step.

        Args:
            room: Where that was kept.
            targets: (digits,) int64.

        Returns:
            (networks, digits) float32 losses, and (networks, digits) what is 1 where a digit was read
            correctly, and 0 where not.
        """
        ...


class LogitsRoom:
    """For programs that keep the logits of each step and look at them afterwards, all at once."""

    def __init__(self, classes: int) -> None:
        self._classes = classes

    def room(self, digits: int, like: Tensor) -> Room:
        """(digits, classes) float32."""
        return (like.new_zeros(digits, self._classes),)

    def tally(self, room: Room, targets: Tensor) -> tuple[Tensor, Tensor]:
        """Log-probabilities are logits, too: their log-softmax is themselves."""
        (logits,) = room
        losses = -log_softmax(logits).gather(1, targets[:, None])[:, 0]
        return losses[None], (logits.argmax(dim=1) == targets)[None]
