"""Many networks: the weights of each layer stacked, and steps that all of them take together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from engine.levels.stepping import Batch
from engine.nn.network import Network, Weights
from engine.settings import TrainingSettings
from engine.training.learner import architecture_of
from engine.training.many.average import ManyAverage
from engine.training.many.evaluation import evaluate_many
from engine.training.many.layers import LayerStack
from engine.training.many.optimisers import Pairs, many_optimiser
from engine.training.many.stepper import Stepper

# Parameters of the networks that take a step together: they and their gradients stay in a core's cache.
_NUMBERS_AT_ONCE = 640_000


@dataclass(frozen=True, slots=True)
class LossReading:
    """What some steps came to.

    Attributes:
        losses: For each network, that of each step's mini-batch before the step.
        lengths: Digits in each step's mini-batch.
        correct: For each network, digits of all these mini-batches that it read correctly.
    """

    losses: list[list[float]]
    lengths: tuple[int, ...]
    correct: list[int]


class ManyNetworks:
    """Networks of one architecture that train side by side.

    Attributes:
        architecture: Of each of them.
        order_seeds: Of the order of the digits of each of them; those of one seed are next to each other.
    """

    def __init__(
        self,
        trials: Sequence[TrainingSettings],
        order_seeds: Sequence[int],
        device: torch.device | str = "cpu",
    ) -> None:
        """Build them as `Network` would one by one.

        Args:
            trials: Settings of each; they differ in seed, learning rate, momentum and weight decay alone.
            order_seeds: Networks of the same one see the same mini-batches, and are next to each other.
            device: Where all of them live.
        """
        self.architecture = architecture_of(trials[0])
        self.order_seeds = list(order_seeds)
        self._stacks = [
            LayerStack.zeros(len(trials), inputs, outputs, device)
            for inputs, outputs in pairwise(self.architecture.sizes)
        ]
        for place, trial in enumerate(trials):
            start = Network(self.architecture, trial.seed).snapshot()
            for number, stack in enumerate(self._stacks):
                stack.weights[place] = start[f"{number}.weights"].T
                stack.bias[place, :, 0] = start[f"{number}.bias"]
        self._optimiser = many_optimiser(self._pairs(), trials)
        self._average = ManyAverage(self._parameters()) if trials[0].averaging else None
        self._blocks = self._make_blocks()
        self._steppers: dict[int, list[Stepper]] = {}

    def __len__(self) -> int:
        return len(self.order_seeds)

    @property
    def distinct_order_seeds(self) -> list[int]:
        """Each once, in the order of the networks."""
        return list(dict.fromkeys(self.order_seeds))

    @torch.inference_mode()
    def take_step(self, batches: Sequence[Batch], share: float = 1.0) -> bool:
        """One step of every network.

        Args:
            batches: For each of the distinct order seeds a mini-batch, all of one length: (batch, sizes[0])
                float32 and (batch,) int64.
            share: Of each network's learning rate, as a schedule has it.

        Returns:
            Whether losses have to be read before the next step.
        """
        steppers = self._steppers_for(len(batches[0][1]))
        self._optimiser.begin_step(share)
        # Each block on its own, so that what one product has written is in the cache for the next.
        for places, stepper in zip(self._blocks, steppers, strict=True):
            stepper.find_gradients(batches, self._optimiser.carried)
            self._optimiser.move(places)
        if self._average is not None:
            self._average.update(self._parameters())
        return any(stepper.losses.is_full for stepper in steppers)

    @torch.inference_mode()
    def read_losses(self) -> LossReading:
        """What the steps since the last reading came to; it is forgotten."""
        lengths: list[int] = []
        losses, correct = [], []
        # An epoch's last mini-batch, the only one that may be shorter, comes last.
        for length, steppers in sorted(self._steppers.items(), reverse=True):
            if steppers[0].losses.steps:
                lengths += [length] * steppers[0].losses.steps
                of_blocks = [stepper.losses.read() for stepper in steppers]
                losses.append(torch.cat([block for block, _ in of_blocks], 1))
                correct.append(torch.cat([block for _, block in of_blocks]))
        return LossReading(torch.cat(losses).T.tolist(), tuple(lengths), torch.stack(correct).sum(0).tolist())

    def evaluate(self, inputs: Tensor, targets: Tensor) -> list[tuple[float, float]]:
        """Loss and accuracy, 0 to 1, of each network (of its averages, if they are asked for) on a set.

        Args:
            inputs: (digits, sizes[0]) float32, standardised, on the same device.
            targets: (digits,) int64.
        """
        return evaluate_many(self._judged(), self.architecture.activation, inputs, targets)

    def snapshots(self) -> list[Weights]:
        """Copies of what `evaluate` judges on the CPU, network by network."""
        copies: list[dict[str, Tensor]] = [{} for _ in range(len(self))]
        for number, (weights, bias) in enumerate(self._judged()):
            # Each a piece of memory of its own: whoever keeps one network keeps no other.
            for copy, one_weights, one_bias in zip(copies, weights.cpu(), bias.cpu(), strict=True):
                copy[f"{number}.weights"] = one_weights.T.clone(memory_format=torch.contiguous_format)
                copy[f"{number}.bias"] = one_bias[:, 0].clone()
        return list(copies)

    def keep(self, places: Sequence[int]) -> None:
        """Go on with the networks at these places, in their order; what the others took is freed."""
        self._steppers.clear()
        self.order_seeds = [self.order_seeds[place] for place in places]
        chosen = torch.tensor(places, dtype=torch.int64, device=self._stacks[0].weights.device)
        for stack in self._stacks:
            stack.keep(chosen)
        self._blocks = self._make_blocks()
        self._optimiser.keep(chosen, self._pairs())
        if self._average is not None:
            self._average.keep(chosen)

    def _make_blocks(self) -> list[slice]:
        """Places of networks that take their steps together, all networks in blocks of about one size."""
        numbers = sum(parameters[:1].numel() for parameters in self._parameters())
        # A graphics card has no such cache, and waits for every operation to be sent.
        is_cpu = self._stacks[0].weights.device.type == "cpu"
        most = max(1, _NUMBERS_AT_ONCE // max(1, numbers)) if is_cpu else max(1, len(self))
        count = max(1, -(-len(self) // most))
        return [slice(*bounds) for bounds in pairwise(len(self) * part // count for part in range(count + 1))]

    def _steppers_for(self, length: int) -> list[Stepper]:
        """Of each block; made once for each length of mini-batch."""
        steppers = self._steppers.get(length)
        if steppers is None:
            distinct = self.distinct_order_seeds
            bands = [distinct.index(seed) for seed in self.order_seeds]
            steppers = self._steppers[length] = [
                Stepper(
                    [stack.part(places) for stack in self._stacks],
                    length,
                    bands[places],
                    self.architecture.activation,
                )
                for places in self._blocks
            ]
        return steppers

    def _judged(self) -> list[tuple[Tensor, Tensor]]:
        """Weights and bias of each layer of all networks."""
        tensors = self._parameters() if self._average is None else self._average.averages
        return list(zip(tensors[::2], tensors[1::2], strict=True))

    def _pairs(self) -> Pairs:
        return [pair for stack in self._stacks for pair in stack.pairs]

    def _parameters(self) -> list[Tensor]:
        return [parameters for parameters, _ in self._pairs()]
