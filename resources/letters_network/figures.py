"""Figures: how letters and digits of people are read whom a network has never seen."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from engine.data.digits import Digits
from engine.evaluation.evaluate import logits_of
from engine.models.model import Model
from engine.nn.network import Network
from resources.letters_network.writings import CAPITALS, LETTERS_AND_DIGITS

ALIKE = (("O", "0"), ("I", "1"), ("Z", "2"), ("S", "5"))
"""Letters and digits that many people write alike: each pair is counted as one."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares read correctly, 0 to 1.

    Attributes:
        capitals: Capital letters by the most probable letter of 26.
        together: Letters and digits by the most probable class of 36, what is written alike counted as one.
        digits: Digits by the most probable digit of ten.
        exact: Letters and digits by the most probable class of 36.
    """

    capitals: float
    together: float
    digits: float
    exact: float


@torch.inference_mode()
def figures_of(model: Model, written: Digits) -> Figures:
    """Measure a network of `LETTERS_AND_DIGITS` on writings of these classes."""
    network = Network.from_weights(model.architecture, model.weights)
    logits = logits_of(network, model.standardisation(written.intensities()))
    labels = written.labels
    first = LETTERS_AND_DIGITS.place_of(CAPITALS[0])
    are_letters = labels >= first
    merged = torch.arange(len(LETTERS_AND_DIGITS))
    for letter, digit in ALIKE:
        merged[LETTERS_AND_DIGITS.place_of(letter)] = LETTERS_AND_DIGITS.place_of(digit)
    read = logits.argmax(dim=1)
    return Figures(
        capitals=_share(logits[are_letters, first:].argmax(dim=1) + first, labels[are_letters]),
        together=_share(merged[read], merged[labels]),
        digits=_share(logits[~are_letters, :first].argmax(dim=1), labels[~are_letters]),
        exact=_share(read, labels),
    )


def _share(read: torch.Tensor, labels: torch.Tensor) -> float:
    return float((read == labels).double().mean())
