"""Shown network: a network to look into, and the names of the kinds there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.data.classes import DIGITS, Classes

if TYPE_CHECKING:
    from engine.data.digits import Standardisation
    from engine.nn.network import Architecture, Weights

READING = "reading"
"""The one that reads the pad: in use, or in training while a training runs."""
TRAINED = "trained"
"""The one in training, or trained last."""
STEPPED = "stepped"
"""That of the Step page."""


@dataclass(frozen=True, slots=True)
class ShownNetwork:
    """A network to look into.

    Attributes:
        architecture: Of the network.
        weights: A copy.
        standardisation: Of its inputs.
        title: What to call it.
        temperature: What its logits are divided by before the softmax, above 0.
        classes: That it tells apart.
    """

    architecture: Architecture
    weights: Weights
    standardisation: Standardisation
    title: str
    temperature: float = 1.0
    classes: Classes = DIGITS
