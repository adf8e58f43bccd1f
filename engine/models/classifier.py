"""Classifier: a normalised drawing to the probabilities of the classes, ten of them for digits.

A network that has also learned from what is no digit has one more answer: none of the ten. That answer needs
no unit of its own. A softmax stays the same when one number is added to all logits, so that the logit of this
answer may as well always be 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray

from engine.data.classes import DIGITS, Classes
from engine.data.digits import Standardisation
from engine.evaluation.predictions import require_finite
from engine.models.model import Model
from engine.nn.losses import softmax
from engine.nn.network import Architecture, Network, Weights
from engine.preprocessing.normaliser import SIDE

SURE_FROM = 0.6
"""Below this probability the answer is "not sure"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says of one digit, or of one sign of other classes.

    Attributes:
        logits: What the network put out for each class.
        probabilities: Of the classes, the softmax of the logits divided by the temperature; sum 1.
        image: (28, 28) float32 that the network saw, 0 background to 1 ink.
        temperature: Of the model, 1 where none was fitted.
        digit_threshold: Of the model, None where the network learned from digits alone.
        digit_probability: That this is a digit at all, 0 to 1: what the softmax of the ten logits and a 0
            leaves to the ten. It is 1 where the network learned from digits alone, and its logits say nothing
            of it.
        classes: Of the model.
    """

    logits: tuple[float, ...]
    probabilities: tuple[float, ...]
    image: NDArray[np.float32]
    temperature: float = 1.0
    digit_threshold: float | None = None
    classes: Classes = DIGITS
    digit_probability: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """The probability of a digit is asked for many times while a reading is shown."""
        object.__setattr__(self, "digit_probability", self._probability_of_a_digit())

    def _probability_of_a_digit(self) -> float:
        if self.digit_threshold is None:
            return 1.0
        highest = max(*self.logits, 0.0)
        digits = math.fsum([math.exp(logit - highest) for logit in self.logits])
        return digits / (digits + math.exp(-highest))

    @property
    def is_digit(self) -> bool:
        """Whether that probability reaches the model's threshold."""
        return self.digit_threshold is None or self.digit_probability >= self.digit_threshold

    @property
    def scaled_logits(self) -> tuple[float, ...]:
        """The logits divided by the temperature, whose softmax the probabilities are."""
        return tuple(logit / self.temperature for logit in self.logits)

    @property
    def digit(self) -> int:
        """Place of the most probable class: the digit itself, where the classes are digits."""
        return max(range(len(self.probabilities)), key=self.probabilities.__getitem__)

    @property
    def name(self) -> str:
        """The most probable class."""
        return self.classes[self.digit]

    @property
    def probability(self) -> float:
        """Of the most probable class."""
        return max(self.probabilities)

    @property
    def is_sure(self) -> bool:
        """Whether this is a digit, and that probability is at least `SURE_FROM`."""
        return self.is_digit and self.probability >= SURE_FROM

    def ranked(self) -> list[tuple[str, float]]:
        """Classes and probabilities, the most probable first."""
        return sorted(zip(self.classes, self.probabilities, strict=True), key=lambda pair: -pair[1])


class Classifier:
    """Reads digits with one network on the CPU, where one digit takes some 30 microseconds."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._standardise = model.standardisation
        self._temperature = model.temperature
        self._digit_threshold = model.digit_threshold
        self._classes = model.classes
        self._network = Network.from_weights(model.architecture, model.weights)

    @property
    def network(self) -> Network:
        """The network that reads; its weights change when others are used."""
        return self._network

    @property
    def standardisation(self) -> Standardisation:
        """Of the network's inputs."""
        return self._standardise

    @property
    def digit_threshold(self) -> float | None:
        """Of the model; None where the network that reads learned from digits alone."""
        return self._digit_threshold

    @property
    def classes(self) -> Classes:
        """That the network that reads tells apart."""
        return self._classes

    def use(
        self,
        architecture: Architecture,
        weights: Weights,
        standardisation: Standardisation,
        classes: Classes = DIGITS,
    ) -> None:
        """Read with other weights from now on, such as a snapshot of a network in training.

        They are read at temperature 1, and every drawing is taken for a digit or sign of these classes.

        Raises:
            ValueError: The weights are not those of such a network; nothing is changed then.
        """
        if architecture == self._network.architecture:
            self._network.load(weights)
        else:
            self._network = Network.from_weights(architecture, weights)
        self._standardise = standardisation
        self._temperature = 1.0
        self._digit_threshold = None
        self._classes = classes

    def read_vector(self, vector: NDArray[np.float32]) -> Reading:
        """Read a normalised (784,) float32 vector, 0 background to 1 ink.

        Raises:
            DivergedError: What the network puts out is not finite.
        """
        return self.read_vectors(vector[None])[0]

    @torch.inference_mode()
    def read_vectors(self, vectors: NDArray[np.float32]) -> tuple[Reading, ...]:
        """Read normalised (digits, 784) float32 vectors, 0 background to 1 ink, in one batch.

        Raises:
            DivergedError: What the network puts out is not finite.
        """
        logits = self._network(self._standardise(torch.from_numpy(vectors)))
        found = logits.tolist()
        if not all(math.isfinite(logit) for own in found for logit in own):
            require_finite(logits)
        probabilities = softmax(logits / self._temperature)
        return tuple(
            Reading(
                tuple(own),
                tuple(shares),
                vector.reshape(SIDE, SIDE),
                self._temperature,
                self._digit_threshold,
                self._classes,
            )
            for own, shares, vector in zip(found, probabilities.tolist(), vectors, strict=True)
        )
