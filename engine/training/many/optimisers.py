"""Optimisers of many networks: those of `engine.nn.optimisers`, with its own numbers for each network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Tensor

from engine.nn.optimisers import SGD, Adam
from engine.nn.registry import OPTIMISERS
from engine.settings import TrainingSettings

Pairs = Sequence[tuple[Tensor, Tensor]]
"""Parameters and their gradients, (networks, ..., ...) float32 each."""

# Numbers of one tensor that Adam works on at a time: its four tensors then stay in a processor's cache from
# one operation to the next. Fewer would have threads wait for each other more often.
_NUMBERS_AT_ONCE = 1 << 18


class ManyOptimiser(Protocol):
    """Moves the parameters of all networks.

    Attributes:
        carried: Share of the last gradients that the new ones are to be added to.
    """

    carried: float

    def step(self, share: float) -> None:
        """Move the parameters of each network at `share` of its learning rate."""
        ...

    def keep(self, chosen: Tensor, pairs: Pairs) -> None:
        """Go on with the networks at some places.

        Args:
            chosen: (networks kept,) int64.
            pairs: What is left of the parameters and gradients.
        """
        ...


def many_optimiser(pairs: Pairs, trials: Sequence[TrainingSettings]) -> ManyOptimiser:
    """The optimiser that the settings name; what has no form for many networks moves one after another."""
    optimiser_class = OPTIMISERS[trials[0].optimiser].optimiser_class
    if optimiser_class is SGD:
        return _ManySGD(pairs, trials)
    if optimiser_class is Adam:
        return _ManyAdam(pairs, trials)
    return _OneByOne(pairs, trials)


class _ManySGD:
    """What is in the gradients is the velocity: momentum costs no sum of its own where all have the same."""

    def __init__(self, pairs: Pairs, trials: Sequence[TrainingSettings]) -> None:
        self._pairs = pairs
        device = pairs[0][0].device
        self._rates = _column([trial.learning_rate for trial in trials], device)
        momenta, decays = [trial.momentum for trial in trials], [trial.weight_decay for trial in trials]
        is_common = len(set(momenta)) == 1
        self.carried = momenta[0] if is_common else 1.0
        self._momenta = None if is_common else _column(momenta, device)
        self._decays = _column(decays, device) if any(decays) else None

    def step(self, share: float) -> None:
        """``v = momentum * v + g + weight_decay * p``, ``p = p - learning_rate * v``."""
        steps = -share * self._rates
        for parameters, velocities in self._pairs:
            if self._decays is not None:
                velocities.addcmul_(parameters, self._decays)
            parameters.addcmul_(velocities, steps)
            if self._momenta is not None:
                velocities.mul_(self._momenta)  # for the next step, whose gradients are added to it

    def keep(self, chosen: Tensor, pairs: Pairs) -> None:
        """The velocities are among the gradients."""
        self._pairs = pairs
        self._rates = self._rates[chosen]
        self._momenta = None if self._momenta is None else self._momenta[chosen]
        self._decays = None if self._decays is None else self._decays[chosen]


class _ManyAdam:
    """Adam with a learning rate, momentum and weight decay for each network; it uses up the gradients."""

    carried = 0.0

    def __init__(self, pairs: Pairs, trials: Sequence[TrainingSettings]) -> None:
        device = pairs[0][0].device
        usual = Adam([torch.zeros(1)], trials[0].learning_rate)
        self._decay, self._epsilon = usual.decay, usual.epsilon
        self._steps = 0
        momenta, decays = [trial.momentum for trial in trials], [trial.weight_decay for trial in trials]
        # On the CPU: float64, which what is missing of the means is worked out in, is not on every device.
        self._rates = torch.tensor([trial.learning_rate for trial in trials], dtype=torch.float64)
        self._momenta = torch.tensor(momenta, dtype=torch.float64)
        self._common_momentum = momenta[0] if len(set(momenta)) == 1 else None
        self._new_shares = _column([1 - momentum for momentum in momenta], device)
        self._decays = _column(decays, device) if any(decays) else None
        self._means = [torch.zeros_like(parameters) for parameters, _ in pairs]
        self._squares = [torch.zeros_like(parameters) for parameters, _ in pairs]
        self._parts = _parts(pairs, self._means, self._squares)

    def step(self, share: float) -> None:
        """As `engine.nn.optimisers.Adam` does."""
        self._steps += 1
        # sqrt(s / missing) + epsilon is (sqrt(s) + epsilon * root) / root: one sum less for each parameter.
        root = math.sqrt(1 - self._decay**self._steps)
        steps = -share * root * self._rates / (1 - self._momenta**self._steps)
        steps = steps.float().to(self._new_shares.device)[:, None, None]
        for places, parameters, gradients, means, squares in self._parts:
            if self._decays is not None:
                gradients.addcmul_(parameters, self._decays[places])
            if self._common_momentum is not None:
                means.lerp_(gradients, 1 - self._common_momentum)
            else:
                means.lerp_(gradients, self._new_shares[places])
            squares.mul_(self._decay).addcmul_(gradients, gradients, value=1 - self._decay)
            sizes = torch.sqrt(squares, out=gradients).add_(self._epsilon * root)
            parameters.addcmul_(torch.div(means, sizes, out=sizes), steps[places])

    def keep(self, chosen: Tensor, pairs: Pairs) -> None:
        """The running means go with the parameters."""
        self._parts = []
        self._rates, self._momenta = self._rates[chosen.cpu()], self._momenta[chosen.cpu()]
        self._new_shares = self._new_shares[chosen]
        self._decays = None if self._decays is None else self._decays[chosen]
        for kept in (self._means, self._squares):
            for number, each in enumerate(kept):
                kept[number] = each[chosen]
        self._parts = _parts(pairs, self._means, self._squares)


def _parts(
    pairs: Pairs, means: Sequence[Tensor], squares: Sequence[Tensor]
) -> list[tuple[slice, Tensor, Tensor, Tensor, Tensor]]:
    """Some networks at a time: their places, parameters, gradients, means and squares."""
    parts = []
    for (parameters, gradients), mean, square in zip(pairs, means, squares, strict=True):
        at_once = max(1, _NUMBERS_AT_ONCE // parameters.shape[1:].numel())
        for first in range(0, len(parameters), at_once):
            places = slice(first, first + at_once)
            parts.append((places, parameters[places], gradients[places], mean[places], square[places]))
    return parts


class _OneByOne:
    """An optimiser of the registry for each network."""

    carried = 0.0

    def __init__(self, pairs: Pairs, trials: Sequence[TrainingSettings]) -> None:
        make = OPTIMISERS[trials[0].optimiser].optimiser_class
        self._rates = [trial.learning_rate for trial in trials]
        self._optimisers = [
            make(_of_one(pairs, place), trial.learning_rate, trial.momentum, trial.weight_decay)
            for place, trial in enumerate(trials)
        ]

    def step(self, share: float) -> None:
        """Each moves its network."""
        for optimiser, rate in zip(self._optimisers, self._rates, strict=True):
            optimiser.learning_rate = share * rate
            optimiser.step()

    def keep(self, chosen: Tensor, pairs: Pairs) -> None:
        """Each goes on with what it knows, and with its network's parameters where they are now."""
        places = chosen.tolist()
        self._rates = [self._rates[place] for place in places]
        self._optimisers = [self._optimisers[place] for place in places]
        for place, optimiser in enumerate(self._optimisers):
            optimiser.parameters[:] = _of_one(pairs, place)


def _of_one(pairs: Pairs, place: int) -> list[Tensor]:
    """The parameters of one network, each with its ``grad``; both as they live."""
    parameters = []
    for stacked, gradients in pairs:
        parameter = stacked[place]
        parameter.grad = gradients[place]
        parameters.append(parameter)
    return parameters


def _column(numbers: Sequence[float], device: torch.device) -> Tensor:
    """(networks, 1, 1) float32: one number for all parameters of each network."""
    return torch.tensor(numbers, device=device)[:, None, None]
