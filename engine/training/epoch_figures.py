"""Epoch figures: how good a network was at the end of an epoch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EpochFigures:
    """The figures of one epoch.

    Attributes:
        epoch: Counted from 1.
        step: Steps done so far.
        training_loss: Mean over the epoch's digits as they were seen, warps included.
        training_accuracy: Of the same, 0 to 1.
        validation_loss: On the validation set after the epoch.
        validation_accuracy: Of the same, 0 to 1.
    """

    epoch: int
    step: int
    training_loss: float
    training_accuracy: float
    validation_loss: float
    validation_accuracy: float
