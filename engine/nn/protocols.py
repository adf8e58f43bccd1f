"""Protocols: the interfaces of what training is put together from, which our parts and the library's fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from torch import Tensor

from engine.nn.network import Architecture, Weights

Loss = Callable[[Tensor, Tensor], Tensor]
"""(batch, classes) float32 log-probabilities and (batch,) int64 targets to () float32."""


class TrainableNetwork(Protocol):
    """A network that training can change and look into."""

    architecture: Architecture

    def log_probabilities(self, inputs: Tensor) -> Tensor:
        """(batch, sizes[0]) float32 to (batch, sizes[-1]) float32."""
        ...

    def named_parameters(self) -> dict[str, Tensor]:
        """The live parameters by the names and in the shapes of `Weights`."""
        ...

    def parameters(self) -> Sequence[Tensor]:
        """The tensors that an optimiser moves and that hold their gradients."""
        ...

    def gradients(self) -> Weights:
        """Copies of the gradients on the CPU, by the names and in the shapes of `Weights`."""
        ...

    def snapshot(self) -> Weights:
        """Copies of the parameters on the CPU."""
        ...

    def load(self, weights: Weights) -> None:
        """Put copies of `weights` in place of the present ones."""
        ...


class Optimiser(Protocol):
    """Moves parameters by their gradients."""

    @property
    def parameters(self) -> Sequence[Tensor]:
        """What is moved."""
        ...

    learning_rate: float

    def step(self) -> None:
        """Move each parameter once."""
        ...


class BatchSource(Protocol):
    """Mini-batches; iterating once is one epoch."""

    def __len__(self) -> int:
        """Mini-batches in an epoch."""
        ...

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield (batch, features) float32 inputs and (batch,) targets; the next may be written over these."""
        ...
