"""Stepping: what takes the steps of a training, one mini-batch after another, at any level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from torch import Tensor

from engine.levels.shown import Shown, Source
from engine.nn.protocols import Optimiser
from engine.nn.step_output import StepOutput
from engine.settings import TrainingSettings

Batch = tuple[Tensor, Tensor]
"""(batch, features) float32 inputs and (batch,) int64 targets."""


class Stepping(Protocol):
    """Takes steps.

    Attributes:
        optimiser: What moves the network.
    """

    optimiser: Optimiser

    def step(self, inputs: Tensor, targets: Tensor) -> StepOutput:
        """Forward, backward, and against the gradient."""
        ...

    def epoch(self, batches: Iterable[Batch]) -> Iterator[StepOutput]:
        """A step for each mini-batch, when the next result is asked for."""
        ...


@dataclass(frozen=True, slots=True)
class LoopPart:
    """The printed loop of a level.

    Attributes:
        step: From network, optimiser, inputs and targets to log-probabilities and loss.
        epoch: From network, optimiser and mini-batches to an iterator over the same.
    """

    step: Source
    epoch: Source

    def shown(self, _settings: TrainingSettings) -> tuple[Shown, ...]:
        """Both."""
        return (self.step, self.epoch)


class PrintedStepping:
    """Steps by a printed loop.

    Attributes:
        optimiser: What moves the network.
    """

    def __init__(self, loop: LoopPart, model: Any, optimiser: Any) -> None:
        """Put together what the lesson prints.

        Args:
            loop: Of the level.
            model: A network as it is printed.
            optimiser: Has one as it is printed in ``printed``.
        """
        self.optimiser: Optimiser = optimiser
        self._loop = loop
        self._printed = model, optimiser.printed

    def step(self, inputs: Tensor, targets: Tensor) -> StepOutput:
        """Forward, backward, and against the gradient."""
        log_probabilities, loss = self._loop.step(*self._printed, inputs, targets)
        return StepOutput(log_probabilities.detach(), targets, loss.detach())

    def epoch(self, batches: Iterable[Batch]) -> Iterator[StepOutput]:
        """A step for each mini-batch, when the next result is asked for."""
        watched = _Watched(batches)
        for log_probabilities, loss in self._loop.epoch(*self._printed, watched):
            yield StepOutput(log_probabilities.detach(), watched.targets, loss.detach())


class _Watched:
    """Remembers the targets of the mini-batch that was handed out last."""

    targets: Tensor

    def __init__(self, batches: Iterable[Batch]) -> None:
        self._batches = batches

    def __iter__(self) -> Iterator[Batch]:
        for inputs, targets in self._batches:
            self.targets = targets
            yield inputs, targets
