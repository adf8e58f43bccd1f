"""Tiles: how the kernels cut up matrices, so that a card has something to do for all of its parts."""

from __future__ import annotations

import math

# Sides of tiles, largest first: large ones read less, small ones keep more of the card busy.
_SIDES = ((64, 64), (32, 64), (32, 32), (16, 32))
# Fewer programs than that leave parts of a large card idle.
_ENOUGH = 96
_SMALLEST = 16
_LARGEST_INNER = 64
_LARGEST_HEAD = 128


def power_of_two(number: int, most: int) -> int:
    """The smallest power of two that is as large, from 16, which products on a card ask for, to `most`."""
    return min(most, max(_SMALLEST, 1 << (number - 1).bit_length()))


def tile_of(rows: int, columns: int, networks: int = 1) -> tuple[int, int]:
    """Rows and columns of a tile of an output of that size."""
    for high, wide in _SIDES:
        if blocks(rows, high) * blocks(columns, wide) * networks >= _ENOUGH:
            break
    return power_of_two(rows, high), power_of_two(columns, wide)


def inner_of(inner: int) -> int:
    """How much of the sums is added at a time."""
    return power_of_two(inner, _LARGEST_INNER)


def head_inner_of(inner: int) -> int:
    """The same of the last layer, whose other side is short."""
    return power_of_two(inner, _LARGEST_HEAD)


def blocks(length: int, side: int) -> int:
    """Tiles beside each other."""
    return -(-length // side)


def unit_of(*numbers: int) -> int:
    """How many numbers can be read at once where rows have those lengths: 1, 2 or 4."""
    return math.gcd(4, *numbers)
