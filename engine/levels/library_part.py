"""The library's parts: what `engine.levels.library` needs, and the lesson does not print.

With `engine.levels.library`, the only modules of the engine where torch.nn, torch.optim and torch.utils.data
are allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn, optim

from engine.data.mini_batches.batches import Shuffle
from engine.data.mini_batches.preparation import InputPreparation
from engine.levels.network_part import LevelNetwork
from engine.levels.shown import Excerpt, Shown, Source
from engine.nn.network import Architecture
from engine.nn.registry import ACTIVATIONS, OPTIMISERS
from engine.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class LibraryNetworkPart:
    """The library's layers.

    Attributes:
        make: What is printed: from sizes and a class of torch.nn to a module.
    """

    make: Source

    def __call__(self, architecture: Architecture, seed: int, device: torch.device | str) -> LevelNetwork:
        """The network."""
        activation = getattr(nn, ACTIVATIONS[architecture.activation].torch_nn)
        # The layers' own random start asks the generator that everyone shares.
        with torch.random.fork_rng(devices=[]):
            model: nn.Module = self.make(architecture.sizes, activation).to(device)
        linear = [layer for layer in model.modules() if isinstance(layer, nn.Linear)]
        return LevelNetwork(architecture, model, [(each.weight, each.bias, True) for each in linear], seed)

    def shown(self, _settings: TrainingSettings) -> tuple[Shown, ...]:
        """The function that makes it."""
        return (self.make,)


@dataclass(frozen=True, slots=True)
class LibraryBatchesPart:
    """The library's loader.

    Attributes:
        make: What is printed: from inputs, targets, batch size and a sampler to mini-batches.
    """

    make: Source

    def __call__(
        self, inputs: Tensor, targets: Tensor, batch_size: int, seed: int, preparation: InputPreparation
    ) -> LibraryBatches:
        """Mini-batches of (samples, features) inputs and (samples,) targets."""
        return LibraryBatches(self.make, inputs, targets, batch_size, seed, preparation)

    def shown(self, _settings: TrainingSettings) -> tuple[Shown, ...]:
        """The function that makes it."""
        return (self.make,)


class LibraryBatches:
    """A loader's mini-batches, prepared, in the order that all levels have."""

    def __init__(
        self,
        make: Source,
        inputs: Tensor,
        targets: Tensor,
        batch_size: int,
        seed: int,
        preparation: InputPreparation,
    ) -> None:
        self._loader = make(inputs, targets, batch_size, Shuffle(len(inputs), seed))
        self._prepare = preparation

    def __len__(self) -> int:
        """Mini-batches in an epoch."""
        return len(self._loader)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield (batch, features) float32 inputs and (batch,) targets."""
        # A loader asks the generator that everyone shares for a number for its workers, even if it has none.
        with torch.random.fork_rng(devices=[]):
            batches = iter(self._loader)
        for inputs, targets in batches:
            yield self._prepare(inputs), targets


@dataclass(frozen=True, slots=True)
class LibraryOptimiserPart:
    """Such as torch.optim.SGD.

    Attributes:
        make: What is printed: from a class of torch.optim, parameters, learning rate and options to one.
        step: Where its step is called.
    """

    make: Source
    step: Source

    def __call__(self, parameters: Sequence[Tensor], settings: TrainingSettings) -> LibraryOptimiser:
        """The optimiser that the settings ask for, without the options that they do not need."""
        entry = OPTIMISERS[settings.optimiser]
        options = entry.torch_options(settings.momentum, settings.weight_decay)
        used = {name: value for name, value in options.items() if value}
        kind = getattr(optim, entry.torch_optim)
        return LibraryOptimiser(self.make(kind, parameters, settings.learning_rate, **used))

    def shown(self, _settings: TrainingSettings) -> tuple[Shown, ...]:
        """How it is made, and called."""
        return (self.make, Excerpt(self.step, "optimiser.step()"))


class LibraryOptimiser:
    """One of torch.optim's behind the interface of our own.

    Attributes:
        printed: What a printed step calls.
    """

    def __init__(self, optimiser: optim.Optimizer) -> None:
        self.printed = optimiser

    @property
    def parameters(self) -> Sequence[Tensor]:
        """What is moved."""
        return list(self.printed.param_groups[0]["params"])

    @property
    def learning_rate(self) -> float:
        """May be changed between steps, as a schedule does."""
        return float(self.printed.param_groups[0]["lr"])

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self.printed.param_groups[0]["lr"] = rate

    def step(self) -> None:
        """Move each parameter once."""
        self.printed.step()
