"""Results of many networks after an epoch, network by network."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch

from engine.nn.network import Weights
from engine.training.epoch_figures import EpochFigures
from engine.training.fit import EpochCompleted, Result, StepsCompleted


@dataclass(frozen=True, slots=True)
class NetworkCompleted:
    """One network has completed an epoch, or was lost in it.

    Attributes:
        network: Its place among the variants.
        figures: Of the epoch; those of a network that diverged are NaN, and its step is the last whose loss
            was a finite number.
        losses: Of each step's mini-batch in this epoch, before its step. The first one is that of the step
            ``figures.step - len(losses)``, counted from 0 over the whole training.
        digits: Seen in this epoch.
        weights: Copies on the CPU of what was validated (the running averages, if they are asked for); None
            of a network that diverged.
    """

    network: int
    figures: EpochFigures
    losses: tuple[float, ...]
    digits: int
    weights: Weights | None

    @property
    def has_diverged(self) -> bool:
        """Whether the loss stopped being a finite number; there are no later results of this network."""
        return self.weights is None


@dataclass(frozen=True, slots=True)
class ManyCompleted:
    """One epoch of all networks that were in training.

    Attributes:
        epoch: Counted from 1.
        epochs: Of the whole training.
        total_steps: Of the whole training.
        networks: In the order of their variants. Those that were dropped, or diverged in an epoch before, are
            not among them.
    """

    epoch: int
    epochs: int
    total_steps: int
    networks: tuple[NetworkCompleted, ...]

    def results_of(self, network: NetworkCompleted) -> tuple[Result, ...]:
        """The epoch as `fit` would have yielded it, for whoever records a run; nothing if it diverged.

        Args:
            network: One of `networks`.
        """
        figures, weights = network.figures, network.weights
        if weights is None:
            return ()
        first_step = figures.step - len(network.losses)
        threads = torch.get_num_threads()
        return (
            StepsCompleted(first_step, network.losses, self.total_steps, network.digits, weights, threads),
            EpochCompleted(**asdict(figures), epochs=self.epochs, weights=weights),
        )

    @property
    def validation_losses(self) -> tuple[float, ...]:
        """Of each of the networks; NaN of one that diverged."""
        return tuple(each.figures.validation_loss for each in self.networks)

    @property
    def validation_accuracies(self) -> tuple[float, ...]:
        """Of each of the networks, 0 to 1; NaN of one that diverged."""
        return tuple(each.figures.validation_accuracy for each in self.networks)

    @property
    def weights(self) -> tuple[Weights | None, ...]:
        """Of each of the networks; None of one that diverged."""
        return tuple(each.weights for each in self.networks)
