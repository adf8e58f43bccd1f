"""Pixels: pictures of any size, light on dark or dark on light, to the form of MNIST's."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.normaliser import SIDE, centre, fit_pictures

_AT_ONCE = 1000
_MIDDLE = 127.5

Progress = Callable[[float], None]
"""Told the share done, 0 to 1."""


def mnist_pixels(pictures: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """All pictures of a set in the form of MNIST's.

    Pictures of 28 by 28 pixels stay as they are, but for light paper, which is turned to dark; others go
    through the normaliser.

    Args:
        pictures: (pictures, height, width) uint8.

    Returns:
        (pictures, 784) uint8, 0 background to 255 ink, of those with ink; and (pictures,) which these are.
    """
    if _is_on_light_paper(pictures):
        pictures = 255 - pictures
    if pictures.shape[1:] == (SIDE, SIDE):
        return pictures.reshape(len(pictures), -1), np.ones(len(pictures), np.bool_)
    has_ink = np.asarray(pictures.any(axis=(1, 2)))
    inked = pictures[has_ink]
    fitted = np.empty((len(inked), SIDE * SIDE), np.uint8)
    for first in range(0, len(inked), _AT_ONCE):
        part = [picture.astype(np.float32) / 255 for picture in inked[first : first + _AT_ONCE]]
        vectors = centre(fit_pictures(part))
        fitted[first : first + _AT_ONCE] = np.rint(np.clip(vectors, 0, 1) * 255)
    return fitted, has_ink


def _is_on_light_paper(pictures: NDArray[np.uint8]) -> bool:
    """By the middle brightness of the outermost pixels of the first pictures."""
    some = pictures[:_AT_ONCE]
    if not some.size:
        return False
    edges = (some[:, 0], some[:, -1], some[:, :, 0], some[:, :, -1])
    return float(np.median(np.concatenate([edge.ravel() for edge in edges]))) > _MIDDLE
