"""Permutation importance: how much accuracy a block of pixels carries.

L. Breiman, "Random forests", 2001: give each digit the block of another one and count the answers that go
wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.digits import Digits, Standardisation
from engine.evaluation.evaluate import predict
from engine.nn.layers import Linear
from engine.nn.network import Network
from engine.preprocessing.normaliser import SIDE

BLOCK = 4
"""Pixels along the side of a block, which divides the 28 of the picture."""
REPEATS = 3
"""Permutations of each block."""

# Digits taken through the hidden layers together: some 10 MB for 640 units.
_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Importance:
    """What is known so far.

    Attributes:
        drops: (28 / block, 28 / block) float64, or (features,) where features are permuted: accuracy before
            minus accuracy with that block permuted, the mean over its permutations so far; not a number where
            there was none yet.
        baseline: Accuracy with nothing permuted, 0 to 1.
        done: Permutations done.
        total: Permutations in all.
    """

    drops: NDArray[np.float64]
    baseline: float
    done: int
    total: int


@torch.no_grad()
def permutation_importance(
    network: Network,
    digits: Digits,
    standardisation: Standardisation,
    seed: int = 0,
    block: int = BLOCK,
    repeats: int = REPEATS,
) -> Iterator[Importance]:
    """Permute one block of pixels after another across the digits of a set.

    All blocks come once before any comes again, so that a first picture is there soon. To stop, do not ask
    for the next.

    Args:
        network: On the CPU.
        digits: The set, 1 or more.
        standardisation: Of the network's inputs.
        seed: Of the permutations; the same seed gives the same numbers.
        block: Pixels along the side of a block.
        repeats: Permutations of each block, 1 or more.

    Yields:
        One `Importance` after each permutation.

    Raises:
        ValueError: The block does not divide the picture, or there is nothing to permute.
    """
    if SIDE % block or not len(digits) or repeats < 1:
        raise ValueError(f"a block of {block} pixels, {len(digits)} digits, {repeats} permutations")
    inputs = standardisation(digits.intensities())
    labels = digits.labels
    first = network.layers[0]
    assert isinstance(first, Linear)
    # The first layer is linear: with one block changed its sums change by that block's share alone, a small
    # product instead of the largest one.
    sums = first(inputs)
    baseline = _accuracy(network, sums, labels)
    generator = torch.Generator().manual_seed(seed)
    blocks = SIDE // block
    total = blocks * blocks * repeats
    lost = np.zeros((blocks, blocks))
    times = np.zeros((blocks, blocks))
    for done in range(total):
        row, column = divmod(done % (blocks * blocks), blocks)
        pixels = _pixels(row, column, block)
        shown = inputs[:, pixels]
        order = torch.randperm(len(digits), generator=generator)
        # Paper everywhere: whatever the order, nothing changes.
        if bool((shown != shown[0]).any()):
            change = (shown[order] - shown) @ first.weights[pixels]
            lost[row, column] += baseline - _accuracy(network, sums + change, labels)
        times[row, column] += 1
        drops = np.divide(lost, times, out=np.full_like(lost, np.nan), where=times > 0)
        yield Importance(drops, baseline, done + 1, total)


def _pixels(row: int, column: int, block: int) -> Tensor:
    """(block²,) int64: places in a picture of 784 of the pixels of a block."""
    places = torch.arange(SIDE * SIDE).view(SIDE, SIDE)
    return places[row * block : (row + 1) * block, column * block : (column + 1) * block].flatten()


def _accuracy(network: Network, sums: Tensor, labels: Tensor) -> float:
    """Share read correctly, from what the first layer put out."""
    right = 0
    for values, wanted in zip(torch.split(sums, _AT_ONCE), torch.split(labels, _AT_ONCE), strict=True):
        for layer in network.layers[1:]:
            values = layer(values)
        right += int((predict(values) == wanted).sum())
    return right / len(labels)
