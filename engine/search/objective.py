"""The objective: what trials are chosen by, a figure of the validation set."""

from __future__ import annotations

from engine.training.epoch_figures import EpochFigures

ACCURACY, LOSS = "accuracy", "loss"
OBJECTIVES = {ACCURACY: "validation accuracy", LOSS: "validation loss"}
"""What trials are chosen by, by the names that options and stored searches use, and in words."""


def score_of(figures: EpochFigures, objective: str) -> float:
    """What trials are compared by after an epoch."""
    return figures.validation_accuracy if objective == ACCURACY else figures.validation_loss


def is_better(score: float, other: float | None, objective: str) -> bool:
    """Whether a score is better than another, or the first there is."""
    if other is None:
        return True
    return score > other if objective == ACCURACY else score < other
