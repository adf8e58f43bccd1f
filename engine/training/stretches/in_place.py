"""The program of level 7 by PyTorch's operations: where there is nothing that fuses them."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.levels.in_place import InPlaceStepping
from engine.nn.protocols import TrainableNetwork
from engine.nn.weight_average import WeightAverage
from engine.settings import TrainingSettings
from engine.training.stretches.moves import Move, move_of
from engine.training.stretches.numbers import SHARE
from engine.training.stretches.program import LogitsRoom, Room


class InPlaceProgram(LogitsRoom):
    """Steps that write over what the last step wrote. See `engine.training.stretches.program.Program`."""

    def __init__(
        self, stepping: InPlaceStepping, move: Move, classes: int, average: WeightAverage | None
    ) -> None:
        super().__init__(classes)
        self._gradients, self._move = stepping.gradients, move
        self.average = average

    @classmethod
    def of(
        cls, stepping: InPlaceStepping, network: TrainableNetwork, settings: TrainingSettings
    ) -> InPlaceProgram | None:
        """The program of these parts; None if the optimiser cannot be recorded."""
        values, gradients = stepping.gradients.state
        move = move_of(values, gradients, settings, stepping.gradients.momentum)
        if move is None:
            return None
        average = WeightAverage(network) if settings.averaging else None
        return cls(stepping, move, network.architecture.sizes[-1], average)

    @property
    def state(self) -> list[Tensor]:
        """Parameters, gradients, which may be velocities, and what optimiser and average remember."""
        return [*self._gradients.state, *self._move.state, *(self.average.averages if self.average else ())]

    @torch.no_grad()
    def step(self, inputs: Tensor, targets: Tensor, numbers: Tensor, room: Room) -> None:
        """Forward, backward, and against the gradient."""
        output = self._gradients(inputs, targets)
        room[0].copy_(output.logits)
        self._move(numbers[0])
        if self.average:
            self.average.update(numbers[0, SHARE])
