"""Set samples: a few pictures of each class of a set, for a look at it before anything is trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.data.sets.found_set import FoundSet

MOST_SAMPLES = 5
"""Of a class."""
_SIDE = 28


@dataclass(frozen=True, slots=True, eq=False)
class ClassSamples:
    """Some pictures of a class.

    Attributes:
        name: Of the class.
        count: Pictures of it to learn from.
        images: (pictures, 28, 28) uint8, 0 background to 255 ink; `MOST_SAMPLES` at most.
    """

    name: str
    count: int
    images: NDArray[np.uint8]


def class_samples(found: FoundSet) -> tuple[ClassSamples, ...]:
    """Samples of each class, in the order of the classes, from all over the set."""
    import numpy as np

    images, labels = found.training.images, found.training.labels
    samples = []
    for place, name in enumerate(found.classes):
        own = np.flatnonzero(labels == place)
        shown = min(MOST_SAMPLES, len(own))
        # Sets are often sorted by writer: neighbours would look alike.
        chosen = own[np.arange(shown) * len(own) // max(1, shown)]
        samples.append(ClassSamples(name, len(own), images[chosen].reshape(-1, _SIDE, _SIDE)))
    return tuple(samples)
