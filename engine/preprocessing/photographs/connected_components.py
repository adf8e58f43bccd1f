"""Connected components: which pixels of a picture hang together, by runs of pixels rather than one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Patches:
    """The patches of ink of a picture, numbered from 0.

    Attributes:
        labels: (height, width) int32, the patch that each pixel belongs to, -1 for paper.
        boxes: (patches, 4) int64: first column, first row, one past the last column, one past the last row.
        areas: (patches,) int64, in pixels.
        outlines: (patches,) arrays of (n, 2) float64: x and y of both ends of each row's runs.
    """

    labels: NDArray[np.int32]
    boxes: NDArray[np.int64]
    areas: NDArray[np.int64]
    outlines: tuple[NDArray[np.float64], ...]

    def __len__(self) -> int:
        return len(self.areas)


def find_patches(is_ink: NDArray[np.bool_], least_area: int = 1) -> Patches:
    """Patches of pixels that touch at a side or a corner, those of fewer than `least_area` pixels left out.

    Args:
        is_ink: (height, width) bool.
        least_area: In pixels.
    """
    rows, starts, ends = find_runs(is_ink)
    owners = _owners(rows, starts, ends)
    count = int(owners.max()) + 1 if len(owners) else 0
    areas = np.bincount(owners, weights=ends - starts, minlength=count).astype(np.int64)
    kept = areas >= least_area
    numbers = np.where(kept, np.cumsum(kept) - 1, -1)
    owners = numbers[owners] if count else owners
    has_owner = owners >= 0
    rows, starts, ends, owners = rows[has_owner], starts[has_owner], ends[has_owner], owners[has_owner]
    areas, count = areas[kept], int(kept.sum())
    boxes = np.zeros((count, 4), dtype=np.int64)
    boxes[:, :2] = np.iinfo(np.int64).max
    for column, values, ufunc in (
        (0, starts, np.minimum),
        (1, rows, np.minimum),
        (2, ends, np.maximum),
        (3, rows + 1, np.maximum),
    ):
        ufunc.at(boxes[:, column], owners, values)
    return Patches(
        _painted(is_ink.shape, rows, starts, ends, owners),
        boxes,
        areas,
        _outlines(rows, starts, ends, owners, count),
    )


def find_runs(is_ink: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Rows, first columns, and columns past the last of all runs of ink, row by row from left to right."""
    height, width = is_ink.shape
    padded = np.zeros((height, width + 2), dtype=np.int8)
    padded[:, 1:-1] = is_ink
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    ends = np.nonzero(steps == -1)[1]
    return rows.astype(np.int64), starts.astype(np.int64), ends.astype(np.int64)


def _owners(rows: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The patch of each run, patches numbered from 0."""
    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    width = int(ends.max()) + 2
    # On one line, row after row: the runs of the next row that touch a run lie next to each other there.
    first = np.searchsorted(rows * width + ends, (rows + 1) * width + starts, side="left")
    past = np.searchsorted(rows * width + starts, (rows + 1) * width + ends, side="right")
    touching = np.maximum(past - first, 0)
    upper = np.repeat(np.arange(len(rows)), touching)
    lower = np.arange(len(upper)) - np.repeat(np.cumsum(touching) - touching, touching) + first[upper]
    labels = np.arange(len(rows))
    # Each pair takes the smaller label of the two, and each label that of its own label, until all agree.
    while True:
        least = np.minimum(labels[upper], labels[lower])
        former = labels.copy()
        np.minimum.at(labels, former[upper], least)
        np.minimum.at(labels, former[lower], least)
        labels = labels[labels]
        if np.array_equal(labels, former):
            break
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _painted(
    shape: tuple[int, ...],
    rows: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
) -> NDArray[np.int32]:
    """Each run painted with its patch's number."""
    labels = np.full(shape, -1, dtype=np.int32)
    lengths = ends - starts
    within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    labels[np.repeat(rows, lengths), np.repeat(starts, lengths) + within] = np.repeat(owners, lengths)
    return labels


def _outlines(
    rows: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    count: int,
) -> tuple[NDArray[np.float64], ...]:
    order = np.argsort(owners, kind="stable")
    sides = np.stack(
        [
            np.stack([starts[order], rows[order] + 0.5], axis=1),
            np.stack([ends[order], rows[order] + 0.5], axis=1),
        ],
        axis=1,
    ).astype(np.float64)
    limits = np.searchsorted(owners[order], np.arange(1, count))
    return tuple(part.reshape(-1, 2) for part in np.split(sides, limits)) if count else ()
