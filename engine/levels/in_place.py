"""Level 7: the same training written for speed, in memory that is made once, by way of `engine.nn`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import torch
from torch import Tensor

from engine.data.mini_batches.batches import Batches, Shuffle
from engine.data.mini_batches.preparation import InputPreparation, Preparation
from engine.levels import descriptions
from engine.levels.shown import Excerpt, Shown, Source
from engine.levels.stepping import Batch
from engine.nn import losses
from engine.nn.activations import Activation
from engine.nn.backward import BufferedLinear, CrossEntropyBackward
from engine.nn.gradients import ChainRule
from engine.nn.network import Architecture, Network
from engine.nn.optimisers import SGD
from engine.nn.parameter_block import ParameterBlock
from engine.nn.protocols import Optimiser
from engine.nn.registry import ACTIVATIONS, OPTIMISERS
from engine.nn.step_output import StepOutput
from engine.settings import TrainingSettings


class InPlaceStepping:
    """Steps that write over what the last step wrote.

    Attributes:
        optimiser: What moves the network.
        gradients: What finds them.
    """

    def __init__(self, network: Network, settings: TrainingSettings, keeps_gradients: bool) -> None:
        """Put the network's parameters into one block, and momentum where it costs least."""
        is_sgd = OPTIMISERS[settings.optimiser].optimiser_class is SGD
        is_momentum_alone = is_sgd and settings.momentum > 0 and settings.weight_decay == 0
        # Kept among the gradients, momentum saves a sum; who wants to see the gradients pays for it.
        kept = settings.momentum if is_momentum_alone and not keeps_gradients else 0.0
        self.gradients = ChainRule(network, losses.negative_log_likelihood, momentum=kept)
        self.optimiser: Optimiser = OPTIMISERS[settings.optimiser].optimiser_class(
            self.gradients.parameters,
            settings.learning_rate,
            0.0 if kept else settings.momentum,
            settings.weight_decay,
        )

    def step(self, inputs: Tensor, targets: Tensor) -> StepOutput:
        """Forward and backward, then against the gradient."""
        output = self.gradients(inputs, targets)
        self.optimiser.step()
        return output

    def epoch(self, batches: Iterable[Batch]) -> Iterator[StepOutput]:
        """A step for each mini-batch, when the next result is asked for."""
        for inputs, targets in batches:
            yield self.step(inputs, targets)


class InPlaceLevel:
    """See `engine.levels.level.Level`; what is shown is read in `engine.nn` and `engine.data`."""

    @property
    def is_in_place(self) -> bool:
        """Yes."""
        return True

    def make_network(
        self, architecture: Architecture, seed: int = 0, device: torch.device | str = "cpu"
    ) -> Network:
        """The network whose layers `engine.nn.backward` knows."""
        return Network(architecture, seed, device)

    def make_batches(
        self, inputs: Tensor, targets: Tensor, batch_size: int, seed: int, preparation: InputPreparation
    ) -> Batches:
        """As many at once as their preparation likes."""
        return Batches(inputs, targets, batch_size, seed, preparation, preparation.at_once(batch_size))

    def make_stepping(
        self, network: Network, settings: TrainingSettings, keeps_gradients: bool = True
    ) -> InPlaceStepping:
        """Steps that write over what the last step wrote."""
        return InPlaceStepping(network, settings, keeps_gradients)

    def parts(self, settings: TrainingSettings) -> dict[str, tuple[Shown, ...]]:
        """Nothing is zeroed: new gradients are written over the last ones."""
        activation = ACTIVATIONS[settings.activation].layer_class if settings.hidden else None
        return {
            descriptions.BATCHES: (Shuffle.order, Batches.__iter__, Preparation.__call__),
            descriptions.NETWORK: (
                BufferedLinear.__init__,
                BufferedLinear.forward,
                *((activation.forward_in_place,) if activation else ()),
            ),
            descriptions.PRODUCT: (
                Excerpt(BufferedLinear.forward, "mm("),
                Excerpt(BufferedLinear.backward, "mm"),
            ),
            descriptions.LOSS: (losses.log_softmax, losses.negative_log_likelihood),
            descriptions.GRADIENTS: (
                ChainRule.__call__,
                CrossEntropyBackward.backward,
                BufferedLinear.backward,
                *(_way_back(activation) if activation else ()),
            ),
            descriptions.OPTIMISER: (
                ParameterBlock.__init__,
                OPTIMISERS[settings.optimiser].optimiser_class.step,
            ),
            descriptions.LOOP: (InPlaceStepping.step, InPlaceStepping.epoch),
        }


def _way_back(activation: type[Activation]) -> tuple[Source, ...]:
    """The derivative, too, where the way back is only a product with it."""
    if activation.backward_in_place is Activation.backward_in_place:
        return (activation.backward_in_place, activation.derivative)
    return (activation.backward_in_place,)
