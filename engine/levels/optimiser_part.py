"""Optimisers of our own: what the lesson does not print, such as which one the settings ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from engine.levels.shown import Shown, Source
from engine.nn.protocols import Optimiser
from engine.nn.registry import OPTIMISERS
from engine.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class PrintedOptimiser:
    """The printed forms of an optimiser.

    Attributes:
        usual: Made of parameters, learning rate and momentum.
        without_momentum: Made of parameters and learning rate, for a momentum of 0; None if it makes no
            difference to the code.
        helpers: Functions that the two call.
    """

    usual: Source
    without_momentum: Source | None = None
    helpers: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnOptimiserPart:
    """An optimiser of our own.

    Attributes:
        printed: Those that are printed, by their names in the registry. Another one is used as it was
            registered.
        decay: What is printed of weight decay: changes parameters' gradients by that share.
    """

    printed: Mapping[str, PrintedOptimiser]
    decay: Source

    def __call__(self, parameters: Sequence[Tensor], settings: TrainingSettings) -> OwnOptimiser:
        """The optimiser that the settings ask for."""
        printed = self.printed.get(settings.optimiser)
        rate, momentum, decay = settings.learning_rate, settings.momentum, settings.weight_decay
        if printed is None:
            make = OPTIMISERS[settings.optimiser].optimiser_class
            return OwnOptimiser(make(parameters, rate, momentum, decay))
        if not momentum and printed.without_momentum is not None:
            optimiser = printed.without_momentum(parameters, rate)
        else:
            optimiser = printed.usual(parameters, rate, momentum)
        return OwnOptimiser(_Decaying(optimiser, self.decay, decay) if decay else optimiser)

    def shown(self, settings: TrainingSettings) -> tuple[Shown, ...]:
        """What the settings need, and nothing else."""
        printed = self.printed.get(settings.optimiser)
        if printed is None:
            return (OPTIMISERS[settings.optimiser].optimiser_class.step,)
        plain = printed.without_momentum if not settings.momentum else None
        decay = (self.decay,) if settings.weight_decay else ()
        return (*decay, plain or printed.usual, *printed.helpers)


class OwnOptimiser:
    """What a printed step calls, and what training asks of every optimiser.

    Attributes:
        printed: What a printed step calls.
    """

    def __init__(self, optimiser: Any) -> None:
        self.printed: Optimiser = optimiser

    @property
    def parameters(self) -> Sequence[Tensor]:
        """What is moved."""
        return self.printed.parameters

    @property
    def learning_rate(self) -> float:
        """May be changed between steps, as a schedule does."""
        return self.printed.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self.printed.learning_rate = rate

    def step(self) -> None:
        """Move each parameter once."""
        self.printed.step()


class _Decaying(OwnOptimiser):
    """Decays weights before each step; after it, the gradients are those of the loss again, to be seen."""

    def __init__(self, optimiser: Any, decay: Source, weight_decay: float) -> None:
        super().__init__(optimiser)
        self._decay = decay
        self._weight_decay = weight_decay

    def step(self) -> None:
        gradients = [parameter.grad for parameter in self.parameters]
        self._decay(self.parameters, self._weight_decay)
        super().step()
        for parameter, gradient in zip(self.parameters, gradients, strict=True):
            parameter.grad = gradient
