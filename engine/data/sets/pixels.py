"""Pixels: pictures of any size, light on dark or dark on light, to the form of MNIST's."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.data.watched_work import UNWATCHED, WatchedWork
from engine.preprocessing.normaliser import SIDE, centre, fit_pictures

_AT_ONCE = 1000
_MIDDLE = 127.5
_READING_OF_OTHERS = 0.05


def mnist_pixels(
    pictures: NDArray[np.uint8], work: WatchedWork = UNWATCHED
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """All pictures of a set in the form of MNIST's.

    Pictures of 28 by 28 pixels stay as they are, but for light paper, which is turned to dark; others go
    through the normaliser.

    Args:
        pictures: (pictures, height, width) uint8; may be written to, so that a set is in memory once.
        work: Told the share of those that the normaliser is done with.

    Returns:
        (pictures, 784) uint8, 0 background to 255 ink, of those with ink; and (pictures,) which these are.

    Raises:
        DataError: It is to end.
    """
    if _is_on_light_paper(pictures):
        if not pictures.flags.writeable:
            pictures = pictures.copy()
        turn_to_dark(pictures, np.ones(len(pictures), np.bool_))
    if pictures.shape[1:] == (SIDE, SIDE):
        return pictures.reshape(len(pictures), -1), np.ones(len(pictures), np.bool_)
    has_ink = np.asarray(pictures.any(axis=(1, 2)))
    inked = pictures[has_ink]
    fitted = np.empty((len(inked), SIDE * SIDE), np.uint8)
    for first in range(0, len(inked), _AT_ONCE):
        part = [picture.astype(np.float32) / 255 for picture in inked[first : first + _AT_ONCE]]
        vectors = centre(fit_pictures(part))
        fitted[first : first + _AT_ONCE] = np.rint(np.clip(vectors, 0, 1) * 255)
        work.tell((first + len(part)) / len(inked))
    return fitted, has_ink


def reading_share(shape: tuple[int, ...]) -> float:
    """How much of the work on pictures of that shape is reading them, 0 to 1.

    Those of MNIST's own size are taken as they are; for others, the normaliser takes far longer than a disk.
    """
    return 1.0 if shape[1:] in ((SIDE, SIDE), (SIDE, SIDE, 1), (SIDE * SIDE,)) else _READING_OF_OTHERS


def _is_on_light_paper(pictures: NDArray[np.uint8]) -> bool:
    """By the middle brightness of the outermost pixels of the first pictures."""
    some = pictures[:_AT_ONCE]
    return bool(some.size) and float(np.median(_borders(some))) > _MIDDLE


def are_on_light_paper(pictures: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """(pictures,) which are light along more than half of their border.

    Args:
        pictures: (pictures, height, width) uint8.
    """
    is_light = np.zeros(len(pictures), np.bool_)
    for first in range(0, len(pictures), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        is_light[some] = np.median(_borders(pictures[some]), axis=1) > _MIDDLE
    return is_light


def turn_to_dark(pictures: NDArray[np.uint8], chosen: NDArray[np.bool_]) -> None:
    """Exchange light and dark of the chosen pictures, in place.

    Args:
        pictures: (pictures, ...) uint8.
        chosen: (pictures,).
    """
    for first in range(0, len(pictures), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        pictures[some][chosen[some]] ^= 255


def _borders(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(pictures, pixels) the outermost pixels of each; those of the corners twice."""
    return np.concatenate([pictures[:, 0], pictures[:, -1], pictures[:, :, 0], pictures[:, :, -1]], axis=1)
