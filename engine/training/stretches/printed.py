"""The program of levels 5 and 6: the steps that the lesson prints, as they stand."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from engine.levels import optimisers
from engine.levels.optimiser_part import OwnOptimiser
from engine.levels.stepping import PrintedStepping
from engine.nn.protocols import TrainableNetwork
from engine.nn.weight_average import WeightAverage
from engine.settings import TrainingSettings
from engine.training.stretches.numbers import RATE, SHARE
from engine.training.stretches.program import LogitsRoom, Room

_RECORDED = (optimisers.SGD, optimisers.SGDWithMomentum, optimisers.Adam)


class PrintedProgram(LogitsRoom):
    """Printed steps, told the rate as a number on the device.

    See `engine.training.stretches.program.Program`.
    """

    def __init__(
        self, stepping: PrintedStepping, optimiser: Any, network: TrainableNetwork, is_averaged: bool
    ) -> None:
        super().__init__(network.architecture.sizes[-1])
        self._stepping, self._optimiser, self._network = stepping, optimiser, network
        counts = isinstance(optimiser, optimisers.Adam)
        if counts:
            # Counted on the device: in Python, every step would have the number of the recorded one.
            device = network.parameters()[0].device
            self._optimiser.steps = torch.zeros((), dtype=torch.float64, device=device)
        self.average = WeightAverage(network) if is_averaged else None

    @classmethod
    def of(
        cls, stepping: PrintedStepping, network: TrainableNetwork, settings: TrainingSettings
    ) -> PrintedProgram | None:
        """The program of these parts; None if the optimiser is not one of the printed ones."""
        optimiser: Any = stepping.optimiser
        while isinstance(optimiser, OwnOptimiser):
            optimiser = optimiser.printed
        known = isinstance(optimiser, _RECORDED)
        return cls(stepping, optimiser, network, settings.averaging) if known else None

    @property
    def state(self) -> list[Tensor]:
        """Parameters, and what optimiser and average remember."""
        remembered: list[Tensor] = []
        for name, value in vars(self._optimiser).items():
            if name not in ("parameters", "learning_rate"):
                each = value if isinstance(value, list) else [value]
                remembered += [tensor for tensor in each if isinstance(tensor, Tensor)]
        parameters = [each.detach() for each in self._network.parameters()]
        return [*parameters, *remembered, *(self.average.averages if self.average else ())]

    def step(self, inputs: Tensor, targets: Tensor, numbers: Tensor, room: Room) -> None:
        """As it is printed."""
        self._optimiser.learning_rate = numbers[0, RATE]
        output = self._stepping.step(inputs, targets)
        with torch.no_grad():
            room[0].copy_(output.logits)
            if self.average:
                self.average.update(numbers[0, SHARE])
