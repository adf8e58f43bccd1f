"""Predictions: what a network says of each digit of a set, and where it goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from engine.data.classes import DIGITS, Classes
from engine.data.digits import Digits, Standardisation
from engine.errors import DivergedError
from engine.evaluation.evaluate import confusion_counts, logits_of, predict
from engine.nn.losses import log_softmax, softmax
from engine.nn.network import Network

_AT_ONCE = 4096
_NO_ANSWER = (
    "The network has no answer: its outputs are too large to be numbers. Train with a smaller rate, or use "
    "another network."
)


@dataclass(frozen=True, slots=True)
class Confusion:
    """Digits of one kind that were read as another.

    Attributes:
        label: Place of what was written in the classes.
        answer: Place of what was read, another one.
        count: How often, 1 or more.
    """

    label: int
    answer: int
    count: int


@dataclass(frozen=True)
class Predictions:
    """The logits of every digit of a set with its label, on the CPU.

    Attributes:
        logits: (digits, classes) float32.
        labels: (digits,) int64, places in the classes.
        temperature: What the logits are divided by before the softmax; see `engine.evaluation.calibration`.
            It changes probabilities and losses, never an answer.
        classes: What the labels mean.
    """

    logits: Tensor
    labels: Tensor
    temperature: float = 1.0
    classes: Classes = DIGITS

    def __post_init__(self) -> None:
        if self.logits.shape != (len(self.labels), len(self.classes)):
            raise ValueError(f"logits must be (digits, {len(self.classes)}), not {tuple(self.logits.shape)}")

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def read(self) -> Tensor:
        """(digits,) int64: the digit that each was read as."""
        return predict(self.logits)

    @cached_property
    def is_right(self) -> Tensor:
        """(digits,) bool: whether each was read correctly."""
        return self.read == self.labels

    @cached_property
    def losses(self) -> Tensor:
        """(digits,) float32: the negative log-likelihood of each, 0 or more."""
        return -log_softmax(self.logits / self.temperature).gather(1, self.labels[:, None])[:, 0]

    @cached_property
    def confidences(self) -> Tensor:
        """(digits,) float32: the probability given to the digit that each was read as, 1 / classes to 1."""
        return softmax(self.logits / self.temperature).amax(dim=1)

    @property
    def accuracy(self) -> float:
        """Share read correctly, 0 to 1; 0 for an empty set."""
        return int(self.is_right.sum()) / max(1, len(self))

    @cached_property
    def confusion(self) -> tuple[tuple[int, ...], ...]:
        """``confusion[label][answer]`` counts."""
        return confusion_counts(self.labels, self.read, len(self.classes))

    def accuracy_by_digit(self) -> tuple[float | None, ...]:
        """Share read correctly of each digit, 0 to 1; None where the set has none of them."""
        return tuple(row[digit] / sum(row) if sum(row) else None for digit, row in enumerate(self.confusion))

    def most_confused(self) -> list[Confusion]:
        """Every pair that was confused, the commonest first; equals in the order of the matrix."""
        pairs = [
            Confusion(label, answer, count)
            for label, row in enumerate(self.confusion)
            for answer, count in enumerate(row)
            if label != answer and count
        ]
        return sorted(pairs, key=lambda pair: -pair.count)

    def cell(self, label: int, answer: int) -> list[int]:
        """Places in the set of the digits `label` that were read as `answer`, the highest loss first."""
        places = torch.nonzero((self.labels == label) & (self.read == answer))[:, 0]
        order = self.losses[places].argsort(descending=True, stable=True)
        return [int(place) for place in places[order]]

    def highest_losses(self, count: int) -> list[int]:
        """Places in the set of the `count` digits with the highest loss, the highest first."""
        return [int(place) for place in self.losses.argsort(descending=True, stable=True)[:count]]


def require_finite(logits: Tensor) -> None:
    """Refuse what no answer can be taken from; weights that are numbers can be so large that sums are not.

    Args:
        logits: Of any shape.

    Raises:
        DivergedError: One of them is not finite.
    """
    if not logits.isfinite().all():
        raise DivergedError(_NO_ANSWER)


def predictions_of(
    network: Network, digits: Digits, standardisation: Standardisation, temperature: float = 1.0
) -> Predictions:
    """Have a network read every digit of a set.

    Args:
        network: On any device.
        digits: The set, labelled by the network's classes.
        standardisation: Of the network's inputs.
        temperature: Of its probabilities.
    """
    # A part at a time: 60,000 digits as floating point would take 188 MB.
    logits = [
        logits_of(network, standardisation(part.intensities(network.device))).to("cpu")
        for part in digits.parts(_AT_ONCE)
    ]
    return Predictions(
        torch.cat(logits) if logits else torch.empty(0, len(digits.classes)),
        digits.labels.to("cpu"),
        temperature,
        digits.classes,
    )
