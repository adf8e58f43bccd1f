"""Variants: what each of many networks has for itself, and which trainings can go side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from engine.settings import TrainingSettings
from engine.training.learner import architecture_of

_FLOAT_BYTES = 4
# Parameters, their gradients, and two copies that leave the training: a result is made while the caller still
# has the last one.
_COPIES = 4
# What an optimiser other than SGD keeps: Adam has two numbers for each parameter.
_OPTIMISER_COPIES = 2
# Outputs, their gradients and memory to compute in, for whole mini-batches and for an epoch's last.
_BUFFERS = 6


@dataclass(frozen=True, slots=True)
class Variant:
    """What one of many networks has for itself.

    Attributes:
        seed: Of its first weights.
        learning_rate: Of its steps; the peak of a schedule.
        momentum: Of its optimiser; None for that of the common settings.
        weight_decay: Of its optimiser; None for that of the common settings.
        order_seed: Of the order of its digits and of its warps; None for the seed of the common settings.
            Networks that have the same one see the same mini-batches, which are made once for all of them.
    """

    seed: int
    learning_rate: float
    momentum: float | None = None
    weight_decay: float | None = None
    order_seed: int | None = None

    @classmethod
    def of(cls, settings: TrainingSettings) -> Variant:
        """The network that `fit` trains with these settings: one seed decides weights, order and warps."""
        return cls(
            settings.seed, settings.learning_rate, settings.momentum, settings.weight_decay, settings.seed
        )

    def within(self, common: TrainingSettings) -> TrainingSettings:
        """The common settings, with what this network has for itself in their place."""
        return replace(
            common,
            seed=self.seed,
            learning_rate=self.learning_rate,
            momentum=common.momentum if self.momentum is None else self.momentum,
            weight_decay=common.weight_decay if self.weight_decay is None else self.weight_decay,
        )


def groups_of(trials: Sequence[TrainingSettings], most_bytes: int | None = None) -> list[tuple[int, ...]]:
    """Put together what `fit_many` can train side by side.

    Trials of a group differ in seed, learning rate, momentum and weight decay alone. Those of one seed are
    next to each other, since they share their mini-batches.

    Args:
        trials: The settings of each training.
        most_bytes: Memory that a group may take (see `bytes_for`); larger groups are split into parts of
            about one size. A network that takes more by itself is a group of its own.

    Returns:
        For each group the places of its trials in `trials`; each place is in one group.
    """
    groups: dict[TrainingSettings, list[int]] = {}
    for place, trial in enumerate(trials):
        common = replace(trial, seed=0, learning_rate=1.0, momentum=0.0, weight_decay=0.0)
        groups.setdefault(common, []).append(place)
    parts = []
    for common, places in groups.items():
        places.sort(key=lambda place: trials[place].seed)
        most = len(places) if most_bytes is None else max(1, most_bytes // bytes_for(common))
        count = -(-len(places) // most)
        bounds = [len(places) * part // count for part in range(count + 1)]
        parts += [tuple(places[first:last]) for first, last in pairwise(bounds)]
    return parts


def bytes_for(settings: TrainingSettings, networks: int = 1) -> int:
    """Memory that networks take in training, in bytes, the copies of their weights in results included.

    The digits come on top of it, which all networks share, and for each seed their order.
    """
    architecture = architecture_of(settings)
    parameters = sum(math.prod(shape) for shape in architecture.shapes().values())
    copies = _COPIES + settings.averaging + _OPTIMISER_COPIES * (settings.optimiser != "sgd")
    buffers = _BUFFERS * sum(architecture.sizes[1:]) * settings.batch_size
    return networks * _FLOAT_BYTES * (copies * parameters + buffers)
