"""Soft edges: strokes that only their soft edges join are two patches, each with its own edge.

Where paper shows between two strokes, blur and the reduction of a picture leave grey in the gap. Patches are
therefore looked for among what is dark; the grey around them goes to the patch that it touches. Grey that is
farther from anything dark is no edge but faint writing, and counts as dark.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.photographs.connected_components import Patches, find_patches

# What is darker is no edge: nearly half of the ink's darkness, since strokes get thinner by more than half.
_CORE = 0.4
# A soft edge is no wider than this share of the longer side, and at least so many pixels.
_WIDTH, _LEAST_WIDTH = 1 / 200, 2
# In a smaller picture single pixels are as wide as strokes, and grey ones join them.
_LEAST_SIDE = 64


def find_soft_patches(ink: NDArray[np.floating]) -> Patches:
    """Patches of ink, those that hang together by grey alone taken apart.

    Args:
        ink: (height, width), 0 paper to 1 ink.

    Returns:
        Patches of everything above 0, their outlines drawn around what is dark of them.
    """
    has_ink = ink > 0
    if min(ink.shape) < _LEAST_SIDE:
        return find_patches(has_ink)
    width = max(_LEAST_WIDTH, round(_WIDTH * max(ink.shape)))
    core = ink > _CORE
    is_far = has_ink & ~grown(core, width)
    core |= has_ink & grown(is_far, width)
    patches = find_patches(core)
    labels = patches.labels
    for _ in range(2 * width):
        labels = np.where(has_ink & (labels < 0), _greatest_neighbour(labels), labels)
    return Patches(labels, _boxes(labels, len(patches)), _areas(labels, len(patches)), patches.outlines)


def grown(mask: NDArray[np.bool_], pixels: int) -> NDArray[np.bool_]:
    """With every pixel that is as near, sideways and up or down alike."""
    for axis in (0, 1):
        padding = [(0, 0), (0, 0)]
        padding[axis] = (pixels + 1, pixels)
        counts = np.cumsum(np.pad(mask, padding).astype(np.int32), axis=axis)
        after, before = [slice(None)] * 2, [slice(None)] * 2
        after[axis], before[axis] = slice(2 * pixels + 1, None), slice(None, -2 * pixels - 1)
        mask = np.asarray(counts[tuple(after)] > counts[tuple(before)])
    return mask


def _greatest_neighbour(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    padded = np.pad(labels, 1, constant_values=-1)
    across = np.maximum(np.maximum(padded[:, :-2], padded[:, 2:]), padded[:, 1:-1])
    greatest: NDArray[np.int32] = np.maximum(np.maximum(across[:-2], across[2:]), across[1:-1])
    return greatest


def _areas(labels: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    return np.bincount(labels[labels >= 0], minlength=count).astype(np.int64)


def _boxes(labels: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    rows, columns = np.nonzero(labels >= 0)
    owners = labels[rows, columns]
    boxes = np.zeros((count, 4), dtype=np.int64)
    boxes[:, :2] = np.iinfo(np.int64).max
    for column, places in ((0, columns), (1, rows)):
        np.minimum.at(boxes[:, column], owners, places)
        np.maximum.at(boxes[:, column + 2], owners, places + 1)
    return boxes
