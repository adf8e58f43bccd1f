"""A model: a trained network with everything needed to read with it and to know where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from engine.data.classes import DIGITS, Classes
from engine.data.digits import Standardisation
from engine.nn.network import Architecture, Weights
from engine.preprocessing import normaliser
from engine.version import VERSION


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a model came from.

    Attributes:
        data: What it learned from, in words.
        validation_accuracy: 0 to 1, or None where it was not measured.
        test_accuracy: On the test set of the data (MNIST's for digits), 0 to 1, or None where it was not
            measured.
        seed: Of its training.
        created: ISO 8601 with time zone.
        program_version: Of the program that trained it.
        attribution: Whom to name for the data.
    """

    data: str
    validation_accuracy: float | None = None
    test_accuracy: float | None = None
    seed: int = 0
    created: str = field(default_factory=_now)
    program_version: str = VERSION
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A trained network that may be stored, loaded and read with.

    Attributes:
        name: What to call it in front of a user.
        architecture: Its sizes and activation.
        weights: Its parameters.
        standardisation: Of its inputs.
        provenance: Where it came from.
        normaliser_version: Of the normaliser that fed it.
        temperature: What its logits are divided by before the softmax, above 0, so that 90 % is right nine
            times in ten; 1 where none was fitted. See `engine.evaluation.calibration`.
        digit_threshold: The least probability of being a digit at all with which a drawing is taken for one,
            0 to 1; None for a network that learned from digits alone. See `Reading.digit_probability`.
        classes: What its outputs stand for, one for each.
    """

    name: str
    architecture: Architecture
    weights: Weights
    standardisation: Standardisation
    provenance: Provenance
    normaliser_version: int = normaliser.VERSION
    temperature: float = 1.0
    digit_threshold: float | None = None
    classes: Classes = DIGITS

    @property
    def reads_digits(self) -> bool:
        """Whether it tells the ten digits apart, and nothing else."""
        return self.classes.are_digits and self.architecture.sizes[-1] == len(DIGITS)
