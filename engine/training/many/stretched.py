"""Many networks in recorded stretches of fused steps, on a device that is faster with them."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from engine.data.digits import Digits, Standardisation
from engine.nn.network import Network, Weights
from engine.settings import TrainingSettings
from engine.training.learner import architecture_of
from engine.training.many.evaluation import evaluate_many
from engine.training.stretches import fused
from engine.training.stretches.stretches import Reading, Stretches
from engine.training.stretches.way import StretchWay, way_of

# Parameters of each network begin where four of them can be read at once.
_ALIGNED = 16


class NotBuiltError(Exception):
    """The kernels of fused steps could not be built."""


class StretchedNetworks:
    """Networks of one architecture that train side by side and see the same mini-batches.

    Attributes:
        architecture: Of each of them.
        order_seeds: Of the order of the digits of each of them; all the same.
    """

    def __init__(
        self,
        trials: Sequence[TrainingSettings],
        order_seed: int,
        way: StretchWay,
        training: Digits,
        standardisation: Standardisation,
        total_steps: int,
        device: torch.device | str,
    ) -> None:
        """Build them as `Network` would one by one.

        Args:
            trials: Settings of each; they differ in seed and learning rate alone.
            order_seed: Of the mini-batches of all of them.
            way: How to record.
            training: To learn from.
            standardisation: Of the inputs.
            total_steps: Of the whole run.
            device: Where all of it lives.

        Raises:
            NotBuiltError: There are no kernels for them here.
        """
        self.architecture = architecture_of(trials[0], training.classes, training.images.shape[1])
        self.order_seeds = [order_seed] * len(trials)
        self._settings, self._precision = trials[0], way.precision
        starts = [self._block_of(Network(self.architecture, trial.seed).snapshot()) for trial in trials]
        parameters = torch.stack(starts).to(device)
        self._program = self._program_of(parameters)
        self._rates = [trial.learning_rate for trial in trials]
        on_device = training.on(device)
        self._stretches = Stretches(
            self._program,
            way.recorder,
            on_device,
            trials[0],
            standardisation,
            total_steps,
            device,
            self._rates,
            order_seed,
        )

    def __len__(self) -> int:
        return len(self.order_seeds)

    @property
    def distinct_order_seeds(self) -> list[int]:
        """The one that there is."""
        return self.order_seeds[:1]

    def begin_epoch(self, step: int) -> None:
        """Go on with an epoch of its own order; `step` is its first, counted from 0."""
        self._stretches.begin_epoch(step)

    def take(self, longest_s: float) -> Reading:
        """A stretch at least, and as many as the time or the epoch allow."""
        return self._stretches.take(longest_s)

    def evaluate(self, inputs: Tensor, targets: Tensor) -> list[tuple[float, float]]:
        """See `engine.training.many.networks.ManyNetworks`."""
        layers = [
            (weights.mT.contiguous(), bias[:, :, None])
            for weights, bias in zip(*[iter(self._tensors(self._judged()).values())] * 2, strict=True)
        ]
        return evaluate_many(layers, self.architecture.activation, inputs, targets)

    def snapshots(self) -> list[Weights]:
        """Copies of what `evaluate` judges on the CPU, network by network."""
        tensors = self._tensors(self._judged().cpu())
        return [{name: each[place].clone() for name, each in tensors.items()} for place in range(len(self))]

    def keep(self, places: Sequence[int]) -> None:
        """Go on with the networks at these places, in their order; what the others took is freed."""
        self.order_seeds = [self.order_seeds[place] for place in places]
        self._rates = [self._rates[place] for place in places]
        chosen = torch.tensor(places, dtype=torch.int64, device=self._program.state[0].device)
        states = [each[chosen] for each in self._program.state]
        if places:
            self._program = self._program_of(states[0])
            for place, state in zip(self._program.state, states, strict=True):
                place.copy_(state)
        self._stretches.change(self._program, self._rates)

    def _program_of(self, parameters: Tensor) -> fused.FusedProgram:
        program = fused.make_program(self.architecture, parameters, self._settings, self._precision)
        if program is None:
            raise NotBuiltError
        return program

    def _judged(self) -> Tensor:
        averages = self._program.averages
        return self._program.state[0] if averages is None else averages

    def _tensors(self, block: Tensor) -> dict[str, Tensor]:
        """(networks, parameters) to views of each parameter of all networks, by name."""
        tensors, first = {}, 0
        for name, shape in self.architecture.shapes().items():
            last = first + torch.Size(shape).numel()
            tensors[name] = block[:, first:last].view(len(block), *shape)
            first = last
        return tensors

    def _block_of(self, weights: Weights) -> Tensor:
        """All parameters of a network in a row, (parameters,) float32."""
        row = torch.cat([weights[name].flatten() for name in self.architecture.shapes()])
        return torch.cat([row, row.new_zeros(-len(row) % _ALIGNED)])


def stretched_networks(
    trials: Sequence[TrainingSettings],
    order_seeds: Sequence[int],
    way: StretchWay | None,
    training: Digits,
    standardisation: Standardisation,
    total_steps: int,
    device: torch.device | str,
) -> StretchedNetworks | None:
    """Networks in stretches, where there are fused steps for them; else None.

    They have to see the same mini-batches, and to differ in seed and learning rate alone. The arguments are
    those of `StretchedNetworks`; without a way, that of the device is taken.
    """
    way = way_of(device) if way is None else way
    alike = {(trial.momentum, trial.weight_decay) for trial in trials}
    if way is None or not way.is_fused or len(alike) > 1 or len(set(order_seeds)) > 1:
        return None
    if not fused.knows(trials[0]) or not fused.has_triton(torch.device(device).type):
        return None
    seed = order_seeds[0]
    try:
        return StretchedNetworks(trials, seed, way, training, standardisation, total_steps, device)
    except NotBuiltError:
        return None
