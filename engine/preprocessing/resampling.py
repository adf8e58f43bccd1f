"""Resampling: pictures to other sizes by products of matrices."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray


def resampled(picture: NDArray[np.float64], height: int, width: int) -> NDArray[np.float64]:
    """A (rows, columns) picture at (height, width); greys are averaged where it becomes smaller."""
    down, across = _weights(picture.shape[0], height), _weights(picture.shape[1], width)
    return np.asarray(down @ picture @ across.T)


@lru_cache(maxsize=64)
def _weights(source: int, target: int) -> NDArray[np.float64]:
    """(target, source) weights of a triangle filter, as wide as the reduction needs; each row sums to 1."""
    if source == target:
        return np.eye(source)
    scale = source / target
    support = max(1.0, scale)
    centres = (np.arange(target) + 0.5) * scale
    distance = np.abs(np.arange(source) + 0.5 - centres[:, None]) / support
    weights = np.maximum(0.0, 1.0 - distance)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def box_mean(picture: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """The mean of the square of `side` pixels, an odd number, around each pixel."""
    for axis in (0, 1):
        padding = [(0, 0), (0, 0)]
        padding[axis] = (side // 2, side // 2)
        padded = np.pad(picture, padding, mode="edge")
        picture = np.lib.stride_tricks.sliding_window_view(padded, side, axis=axis).mean(axis=-1)
    return picture
