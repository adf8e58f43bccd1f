"""Levels: the six choices of parts that `engine.levels.descriptions` puts into words.

Each differs from the one below it in one part, but for level 4: it goes back to the fast matrix product,
whose slow form level 3 has shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from engine.data.batch_preparation import Preparation
from engine.data.batches import Batches
from engine.levels.torch_parts import (
    LibraryBatches,
    LibraryNetwork,
    LibraryOptimiser,
    library_loss,
    library_zero,
)
from engine.nn.gradients import AutomaticGradients, ChainRule, zero_gradients
from engine.nn.losses import negative_log_likelihood
from engine.nn.matmul import broadcast_product
from engine.nn.network import Architecture, Network
from engine.nn.protocols import BatchSource, Gradients, Loss, Optimiser, TrainableNetwork
from engine.nn.registry import OPTIMISERS
from engine.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class Loop:
    """What a training loop calls besides network, gradients and optimiser.

    Attributes:
        batches: Makes mini-batches of inputs, targets, batch size, seed and what prepares the inputs.
        loss: Of log-probabilities and targets.
        zero: Forgets the gradients of an optimiser's parameters.
    """

    batches: Callable[[Tensor, Tensor, int, int, Preparation], BatchSource]
    loss: Loss
    zero: Callable[[Optimiser], None]


@dataclass(frozen=True, slots=True)
class Level:
    """One choice of parts.

    Attributes:
        network: Makes a network of an architecture, a seed and a device.
        loop: Mini-batches, loss, zeroing.
        optimiser: Made of parameters and settings.
        gradients: Made of a network and a loss.
    """

    network: Callable[[Architecture, int, torch.device | str], TrainableNetwork]
    loop: Loop
    optimiser: Callable[[Sequence[Tensor], TrainingSettings], Optimiser]
    gradients: Callable[[TrainableNetwork, Loss], Gradients]


def network_by_broadcasting(
    architecture: Architecture, seed: int = 0, device: torch.device | str = "cpu"
) -> Network:
    """Our network with every matrix product written out."""
    return Network(architecture, seed, device, product=broadcast_product)


def own_zero(optimiser: Optimiser) -> None:
    """Forget the gradients ourselves."""
    zero_gradients(optimiser.parameters)


def own_optimiser(parameters: Sequence[Tensor], settings: TrainingSettings) -> Optimiser:
    """Our optimiser of the name in the settings."""
    make = OPTIMISERS[settings.optimiser].optimiser_class
    return make(parameters, settings.learning_rate, settings.momentum, settings.weight_decay)


def own_batches(
    inputs: Tensor, targets: Tensor, batch_size: int, seed: int, preparation: Preparation
) -> Batches:
    """As many at once as their preparation likes."""
    return Batches(inputs, targets, batch_size, seed, preparation, preparation.at_once(batch_size))


_LIBRARY_LOOP = Loop(LibraryBatches, library_loss, library_zero)
_OWN_LOOP = Loop(own_batches, negative_log_likelihood, own_zero)

_LIBRARY = Level(LibraryNetwork, _LIBRARY_LOOP, LibraryOptimiser, AutomaticGradients)
_OWN_NETWORK = replace(_LIBRARY, network=Network)
_OWN_PRODUCT = replace(_OWN_NETWORK, network=network_by_broadcasting)
_OWN_LOOP_AND_LOSS = replace(_OWN_NETWORK, loop=_OWN_LOOP)
_OWN_OPTIMISER = replace(_OWN_LOOP_AND_LOSS, optimiser=own_optimiser)
_OWN_GRADIENTS = replace(_OWN_OPTIMISER, gradients=ChainRule)

LEVELS: dict[int, Level] = dict(
    enumerate(
        (_LIBRARY, _OWN_NETWORK, _OWN_PRODUCT, _OWN_LOOP_AND_LOSS, _OWN_OPTIMISER, _OWN_GRADIENTS), start=1
    )
)
"""The levels by their numbers in `engine.levels.descriptions`."""
