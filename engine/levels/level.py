"""Level: what training asks of each level, and how levels 1 to 6 are put together from what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor

from engine.data.mini_batches.preparation import InputPreparation
from engine.levels import descriptions
from engine.levels.network_part import LevelNetwork
from engine.levels.shown import Shown
from engine.levels.stepping import LoopPart, PrintedStepping, Stepping
from engine.nn.network import Architecture
from engine.nn.protocols import BatchSource, TrainableNetwork
from engine.settings import TrainingSettings


class Level(Protocol):
    """One choice of parts."""

    @property
    def is_in_place(self) -> bool:
        """Whether steps write over the last ones' numbers and never differentiate automatically.

        Such steps may run in inference mode, and those that say so can be captured.
        """
        ...

    def make_network(
        self, architecture: Architecture, seed: int = 0, device: torch.device | str = "cpu"
    ) -> TrainableNetwork:
        """A network with the random weights of that seed, which are the same at every level."""
        ...

    def make_batches(
        self, inputs: Tensor, targets: Tensor, batch_size: int, seed: int, preparation: InputPreparation
    ) -> BatchSource:
        """Mini-batches of (samples, features) inputs and (samples,) targets, alike at every level."""
        ...

    def make_stepping(
        self, network: Any, settings: TrainingSettings, keeps_gradients: bool = True
    ) -> Stepping:
        """What takes steps.

        Args:
            network: From `make_network`.
            settings: Of the optimiser.
            keeps_gradients: Whether the network's gradients are wanted after each step.
        """
        ...

    def parts(self, settings: TrainingSettings) -> dict[str, tuple[Shown, ...]]:
        """What runs with these settings, by the names in `engine.levels.descriptions.PARTS`."""
        ...


class _NetworkPart(Protocol):
    def __call__(self, architecture: Architecture, seed: int, device: torch.device | str) -> LevelNetwork: ...

    def shown(self, settings: TrainingSettings, /) -> tuple[Shown, ...]: ...


class _BatchesPart(Protocol):
    def __call__(
        self, inputs: Tensor, targets: Tensor, batch_size: int, seed: int, preparation: InputPreparation
    ) -> BatchSource: ...

    def shown(self, settings: TrainingSettings, /) -> tuple[Shown, ...]: ...


class _OptimiserPart(Protocol):
    def __call__(self, parameters: Sequence[Tensor], settings: TrainingSettings) -> Any: ...

    def shown(self, settings: TrainingSettings, /) -> tuple[Shown, ...]: ...


@dataclass(frozen=True, slots=True)
class PrintedLevel:
    """A level whose parts are printed in the lesson, as they run.

    Attributes:
        batches: Makes mini-batches.
        network: Makes the network.
        product: Where matrices are multiplied; None where that is the library's layers' business.
        loss: Where the loss is computed.
        gradients: What differentiates.
        zeroing: What forgets the last gradients.
        optimiser: Makes the optimiser.
        loop: Calls all of them.
    """

    batches: _BatchesPart
    network: _NetworkPart
    product: Shown | None
    loss: Shown
    gradients: tuple[Shown, ...]
    zeroing: Shown
    optimiser: _OptimiserPart
    loop: LoopPart

    @property
    def is_in_place(self) -> bool:
        """No: each step makes new tensors."""
        return False

    def make_network(
        self, architecture: Architecture, seed: int = 0, device: torch.device | str = "cpu"
    ) -> LevelNetwork:
        """See `Level`."""
        return self.network(architecture, seed, device)

    def make_batches(
        self, inputs: Tensor, targets: Tensor, batch_size: int, seed: int, preparation: InputPreparation
    ) -> BatchSource:
        """See `Level`."""
        return self.batches(inputs, targets, batch_size, seed, preparation)

    def make_stepping(
        self, network: LevelNetwork, settings: TrainingSettings, keeps_gradients: bool = True
    ) -> PrintedStepping:
        """See `Level`."""
        return PrintedStepping(self.loop, network.model, self.optimiser(network.parameters(), settings))

    def parts(self, settings: TrainingSettings) -> dict[str, tuple[Shown, ...]]:
        """See `Level`."""
        parts: dict[str, tuple[Shown, ...]] = {
            descriptions.BATCHES: self.batches.shown(settings),
            descriptions.NETWORK: self.network.shown(settings),
        }
        if self.product is not None:
            parts[descriptions.PRODUCT] = (self.product,)
        return parts | {
            descriptions.LOSS: (self.loss,),
            descriptions.GRADIENTS: self.gradients,
            descriptions.ZEROING: (self.zeroing,),
            descriptions.OPTIMISER: self.optimiser.shown(settings),
            descriptions.LOOP: self.loop.shown(settings),
        }
