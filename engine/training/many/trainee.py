"""One of many networks in training, as far as an epoch has come."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.nn.network import Weights
from engine.training.epoch_figures import EpochFigures
from engine.training.many.results import NetworkCompleted


@dataclass(slots=True)
class Trainee:
    """What is known of one network in the present epoch."""

    place: int
    losses: list[float] = field(default_factory=list)
    loss_sum: float = 0.0
    correct: int = 0
    digits: int = 0
    has_diverged: bool = False

    def figures(self, epoch: int, step: int, loss: float, accuracy: float) -> EpochFigures:
        """With loss and accuracy of the validation."""
        return EpochFigures(
            epoch, step, self.loss_sum / self.digits, self.correct / self.digits, loss, accuracy
        )

    def completed(self, figures: EpochFigures, weights: Weights | None) -> NetworkCompleted:
        """The result of the epoch."""
        return NetworkCompleted(self.place, figures, tuple(self.losses), self.digits, weights)
