"""Known readings: what a network said of the digits of one drawing after another, mostly the same digits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.models.classifier import Classifier, Reading


class KnownReadings:
    """Asks the network only about digits that look otherwise than in the drawing before."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self._known: dict[bytes, Reading] = {}

    def forget(self) -> None:
        """The network is another one, or has other weights."""
        self._known = {}

    def of(self, vectors: NDArray[np.float32]) -> tuple[Reading, ...]:
        """Read normalised (digits, 784) float32 vectors, 0 background to 1 ink; the new ones in one batch.

        Raises:
            DivergedError: What the network puts out is not finite.
        """
        keys = [vector.tobytes() for vector in vectors]
        new = {key: place for place, key in enumerate(keys) if key not in self._known}
        if new:
            read = self._classifier.read_vectors(vectors[list(new.values())])
            self._known.update(zip(new, read, strict=True))
        self._known = {key: self._known[key] for key in keys}
        return tuple(self._known[key] for key in keys)
