"""Digit scorer: a classifier as segmentation asks it, for the likelihoods of many candidates at once."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from engine.evaluation.predictions import require_finite
from engine.models.classifier import Classifier


class DigitScorer:
    """Scores candidates with the weights that the classifier has at that moment.

    It satisfies `engine.preprocessing.segmentation.scores.Scorer`.
    """

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier

    @property
    def knows_others(self) -> bool:
        """Whether the network has learned what is no digit."""
        return self._classifier.digit_threshold is not None

    @torch.inference_mode()
    def __call__(self, vectors: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Score (n, 784) float32 pictures, 0 background to 1 ink.

        Returns:
            (n, 10) float64, the logarithms of the probabilities of 0 to 9 if it is a digit; and (n,) float64,
            the logarithm of the probability that it is one, 0 where the network does not know.

        Raises:
            DivergedError: What the network puts out is not finite.
        """
        classifier = self._classifier
        logits = classifier.network(classifier.standardisation(torch.from_numpy(vectors)))
        require_finite(logits)
        found: NDArray[np.float64] = logits.double().numpy()
        highest = found.max(axis=1, keepdims=True)
        total = highest[:, 0] + np.log(np.exp(found - highest).sum(axis=1))
        are_digits = -np.logaddexp(0.0, -total) if self.knows_others else np.zeros(len(found))
        return found - total[:, None], are_digits
