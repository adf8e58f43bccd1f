"""Many networks: the weights of each layer stacked, and steps that all of them take together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor

from engine.data.classes import DIGITS, Classes
from engine.levels.stepping import Batch
from engine.nn.network import Network, Weights
from engine.settings import TrainingSettings
from engine.training.learner import architecture_of
from engine.training.many.average import ManyAverage
from engine.training.many.evaluation import evaluate_many
from engine.training.many.layers import LayerStack
from engine.training.many.optimisers import Pairs, many_optimiser
from engine.training.many.stepper import Stepper
from engine.training.stretches.stretches import Reading


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
        classes: Classes = DIGITS,
    ) -> None:
        """Build them as `Network` would one by one.

        Args:
            trials: Settings of each; they differ in seed, learning rate, momentum and weight decay alone.
            order_seeds: Networks of the same one see the same mini-batches, and are next to each other.
            device: Where all of them live.
            classes: That they tell apart.
        """
        self.architecture = architecture_of(trials[0], classes)
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
        self._steppers: dict[int, Stepper] = {}

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
        length = len(batches[0][1])
        stepper = self._steppers.get(length)
        if stepper is None:
            stepper = self._steppers[length] = Stepper(
                self._stacks, length, self.order_seeds, self.architecture.activation
            )
        stepper.find_gradients(batches, self._optimiser.carried)
        self._optimiser.step(share)
        if self._average is not None:
            self._average.update(self._parameters())
        return stepper.losses.is_full

    @torch.inference_mode()
    def read_losses(self) -> Reading:
        """What the steps since the last reading came to; it is forgotten."""
        lengths, losses, correct = [], [], []
        # An epoch's last mini-batch, the only one that may be shorter, comes last.
        for length, stepper in sorted(self._steppers.items(), reverse=True):
            if stepper.losses.steps:
                lengths += [length] * stepper.losses.steps
                some_losses, some_correct = stepper.losses.read()
                losses.append(some_losses)
                correct.append(some_correct)
        return Reading(torch.cat(losses).T.tolist(), tuple(lengths), torch.stack(correct).sum(0).tolist())

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
        self._optimiser.keep(chosen, self._pairs())
        if self._average is not None:
            self._average.keep(chosen)

    def _judged(self) -> list[tuple[Tensor, Tensor]]:
        """Weights and bias of each layer of all networks."""
        tensors = self._parameters() if self._average is None else self._average.averages
        return list(zip(tensors[::2], tensors[1::2], strict=True))

    def _pairs(self) -> Pairs:
        return [pair for stack in self._stacks for pair in stack.pairs]

    def _parameters(self) -> list[Tensor]:
        return [parameters for parameters, _ in self._pairs()]
