"""Optimisers in quick steps: all parameters of a network in one block, (parameters,) float32."""

from __future__ import annotations

from functools import partial
from typing import Protocol

import numpy as np

from engine.nn.optimisers import SGD, Adam
from engine.nn.registry import OPTIMISERS
from engine.settings import TrainingSettings
from engine.training.quick.calls import Call, Floats, number
from engine.training.quick.tensor_optimisers import TensorAdam, TensorSGD

# Parameters; a pass through fewer of them takes less time than to begin one of PyTorch's calls.
_MANY = 8192


class QuickOptimiser(Protocol):
    """The calls of an optimiser.

    Attributes:
        learning_rate: May be changed between steps.
        carried: Share of the last gradients that the new ones are to be added to.
        wants_means: Whether the gradients are to be those of a mini-batch's mean loss already.
    """

    learning_rate: float

    def __init__(self, parameters: Floats, gradients: Floats, settings: TrainingSettings) -> None: ...

    @property
    def carried(self) -> float:
        """See above."""
        ...

    @property
    def wants_means(self) -> bool:
        """See above."""
        ...

    def calls(self, share: float) -> list[Call]:
        """Move the parameters against their gradients.

        Args:
            share: What makes them those of the mini-batch's mean loss; 1 if they are already.
        """
        ...


class QuickSGD:
    """Stochastic gradient descent, as in `engine.nn.optimisers.SGD`.

    Attributes:
        carried: See `QuickOptimiser`.
        wants_means: Likewise.
    """

    carried, wants_means = 0.0, False

    def __init__(self, parameters: Floats, gradients: Floats, settings: TrainingSettings) -> None:
        self._parameters, self._gradients = parameters, gradients
        self._momentum, self._decay = settings.momentum, settings.weight_decay
        self._velocities, self._scratch = np.zeros_like(parameters), np.empty_like(parameters)
        self._rates: list[tuple[Floats, float]] = []
        self.learning_rate = settings.learning_rate

    @property
    def learning_rate(self) -> float:
        """May be changed between steps."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self._learning_rate = rate
        for array, share in self._rates:
            array.fill(rate * share)

    def calls(self, share: float) -> list[Call]:
        """See `QuickOptimiser`."""
        if not (self._momentum or self._decay):
            return self._move(self._gradients, share)
        found = _real_gradients(self._gradients, self._parameters, self._scratch, share, self._decay)
        if not self._momentum:
            return found + self._move(self._gradients, 1)
        velocities = self._velocities
        found.append(partial(np.multiply, velocities, number(self._momentum), velocities))
        found.append(partial(np.add, velocities, self._gradients, velocities))
        return found + self._move(velocities, 1)

    def _move(self, against: Floats, share: float) -> list[Call]:
        rate = number(self._learning_rate * share)
        self._rates.append((rate, share))
        return [
            partial(np.multiply, against, rate, self._scratch),
            partial(np.subtract, self._parameters, self._scratch, self._parameters),
        ]


class QuickAdam:
    """Steps of about one learning rate, as in `engine.nn.optimisers.Adam`.

    The root of what the mean square lacks multiplies the whole fraction here: so it is a factor of the rate
    instead of a division for every parameter.

    Attributes:
        learning_rate: May be changed between steps.
        carried: See `QuickOptimiser`.
        wants_means: Likewise.
    """

    DECAY, EPSILON = 0.999, 1e-8
    carried, wants_means = 0.0, False

    def __init__(self, parameters: Floats, gradients: Floats, settings: TrainingSettings) -> None:
        self._parameters, self._gradients = parameters, gradients
        self._momentum, self._weight_decay = settings.momentum, settings.weight_decay
        self._means, self._squares = np.zeros_like(parameters), np.zeros_like(parameters)
        self._scratch = np.empty_like(parameters)
        self._rate, self._epsilon = number(0), number(0)
        self._steps = 0
        self.learning_rate = settings.learning_rate

    def calls(self, share: float) -> list[Call]:
        """See `QuickOptimiser`."""
        gradients, means, squares, scratch = self._gradients, self._means, self._squares, self._scratch
        found: list[Call] = [self._count]
        if self._weight_decay:
            found += _real_gradients(gradients, self._parameters, scratch, share, self._weight_decay)
            share = 1
        return [
            *found,
            partial(np.multiply, means, number(self._momentum), means),
            partial(np.multiply, gradients, number(share * (1 - self._momentum)), scratch),
            partial(np.add, means, scratch, means),
            partial(np.multiply, squares, number(self.DECAY), squares),
            partial(np.multiply, gradients, number(share * (1 - self.DECAY) ** 0.5), gradients),
            partial(np.multiply, gradients, gradients, gradients),
            partial(np.add, squares, gradients, squares),
            partial(np.sqrt, squares, scratch),
            partial(np.add, scratch, self._epsilon, scratch),
            partial(np.divide, means, scratch, scratch),
            partial(np.multiply, scratch, self._rate, scratch),
            partial(np.subtract, self._parameters, scratch, self._parameters),
        ]

    def _count(self) -> None:
        self._steps += 1
        missing = (1 - self.DECAY**self._steps) ** 0.5
        self._epsilon.fill(self.EPSILON * missing)
        self._rate.fill(self.learning_rate * missing / (1 - self._momentum**self._steps))


def _real_gradients(
    gradients: Floats, parameters: Floats, scratch: Floats, share: float, decay: float
) -> list[Call]:
    """Multiplied with their share, and pulled by the weights."""
    found: list[Call] = [partial(np.multiply, gradients, number(share), gradients)]
    if decay:
        found.append(partial(np.multiply, parameters, number(decay), scratch))
        found.append(partial(np.add, gradients, scratch, gradients))
    return found


def quick_optimiser(
    parameters: Floats, gradients: Floats, settings: TrainingSettings
) -> QuickOptimiser | None:
    """The quick form of the optimiser that the settings ask for; None if there is none."""
    are_few = len(parameters) < _MANY
    forms: dict[object, type[QuickOptimiser]] = {
        SGD: QuickSGD if are_few else TensorSGD,
        Adam: QuickAdam if are_few else TensorAdam,
    }
    form = forms.get(OPTIMISERS[settings.optimiser].optimiser_class)
    return None if form is None else form(parameters, gradients, settings)
