"""Handwriting: many digits of one seed, written a part at a time with nothing but NumPy.

What they look like does not depend on who asks for them and when: all that is random is drawn in order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.data.handwriting.digit_writer import write
from engine.errors import DataError, StoppedError
from engine.preprocessing.normaliser import SIDE, normalise_polylines
from engine.preprocessing.rasteriser import Polyline

if TYPE_CHECKING:
    from engine.data.digits import Digits

NAME = "built-in handwriting"

_DIGITS = 10
# Digits written between two reports: a tenth of a second of work.
_AT_ONCE = 500
# Pen: mean and deviation of the logarithm of its diameter in pixels, and its bounds.
_PEN_MEAN, _PEN_DEVIATION, _PEN_BOUNDS = 0.88, 0.33, (1.2, 5.5)


class Handwriting:
    """As many of each digit as of any other, give or take one, in random order.

    Attributes:
        labels: (count,) int64, 0 to 9: known before anything is written.
        images: (count, 784) uint8, 0 background to 255 ink: the first `done` of them.
        done: Digits written.
    """

    def __init__(self, count: int, seed: int) -> None:
        """Write nothing yet.

        Args:
            count: Digits to write, 1 or more.
            seed: 0 or more; the same seed writes the same digits.

        Raises:
            DataError: There is nothing to write.
        """
        if count < 1:
            raise DataError("There are no digits to write: ask for 1 or more.")
        self._generator = np.random.default_rng(seed)
        self.labels = self._generator.permutation(np.arange(count, dtype=np.int64) % _DIGITS)
        self.images = np.empty((count, SIDE * SIDE), dtype=np.uint8)
        self.done = 0

    def write_part(self) -> None:
        """Write the next 500, or what is left."""
        part = slice(self.done, self.done + _AT_ONCE)
        labels = self.labels[part]
        self.images[part] = _images(labels, self._generator)
        self.done += len(labels)

    def write_rest(
        self,
        on_progress: Callable[[float], None] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Write all that is not written yet.

        Args:
            on_progress: Told the share done, rising to 1.
            is_cancelled: Asked some times a second whether to stop.

        Raises:
            StoppedError: `is_cancelled` said so.
        """
        while self.done < len(self.labels):
            if is_cancelled is not None and is_cancelled():
                raise StoppedError("Generating the training digits was stopped. Press Train to start again.")
            self.write_part()
            if on_progress is not None:
                on_progress(self.done / len(self.labels))

    def digits(self) -> Digits:
        """The set, once all of it is written."""
        import torch  # not above: what is written ahead of time is written without it

        from engine.data.digits import Digits

        return Digits(torch.from_numpy(self.images), torch.from_numpy(self.labels), NAME)


def _images(labels: NDArray[np.int64], generator: np.random.Generator) -> NDArray[np.uint8]:
    """(labels, 784) uint8: one digit for each label."""
    drawings: list[list[Polyline]] = [[] for _ in labels]
    for digit in range(_DIGITS):
        places = np.flatnonzero(labels == digit)
        for place, drawing in zip(places, write(digit, len(places), generator), strict=True):
            drawings[place] = drawing
    pens = np.exp(generator.normal(_PEN_MEAN, _PEN_DEVIATION, len(labels)))
    intensities = normalise_polylines(drawings, np.clip(pens, *_PEN_BOUNDS))
    return np.asarray(np.rint(intensities * 255), dtype=np.uint8)
