"""Small tensors of whole numbers: stretched, combined and summed, to be drawn and checked in the head."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

Shape = tuple[int, ...]
Index = tuple[int, ...]

MOST_AXES, MOST_SIZE, MOST_CELLS = 3, 6, 96
"""Of a tensor that is small enough to be drawn."""

OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "−": operator.sub,
    "×": operator.mul,
}

# Numbers start again after so many, so that they stay small.
_ROUND = 12


@dataclass(frozen=True, slots=True)
class SmallTensor:
    """A tensor that can be drawn.

    Attributes:
        shape: At most three sizes.
        values: Row by row, as many as the shape says.
        copies: Places among the values that only repeat another.
    """

    shape: Shape
    values: tuple[int, ...]
    copies: frozenset[int] = frozenset()

    def place(self, index: Index) -> int:
        """Where among the values an index leads, one number for each axis."""
        place = 0
        for step, size in zip(index, self.shape, strict=True):
            place = place * size + step
        return place

    def at(self, index: Index) -> int:
        """The value at an index."""
        return self.values[self.place(index)]


def indices(shape: Shape) -> list[Index]:
    """All indices of a shape, row by row; the empty one for a scalar."""
    return list(product(*map(range, shape)))


def is_small(shape: Shape) -> bool:
    """Whether a tensor of this shape is small enough to be drawn."""
    return len(shape) <= MOST_AXES and max(shape, default=1) <= MOST_SIZE and prod(shape) <= MOST_CELLS


def counted(shape: Shape, unit: int = 1) -> SmallTensor:
    """1, 2, 3 and so on up to 12, then from 1 again; each times the unit."""
    return SmallTensor(shape, tuple(unit * (1 + place % _ROUND) for place in range(prod(shape))))


def stretched(tensor: SmallTensor, shape: Shape) -> SmallTensor:
    """A tensor read as if it had a larger shape that it broadcasts to."""
    added = len(shape) - len(tensor.shape)
    values, copies = [], set()
    for place, index in enumerate(indices(shape)):
        own = index[added:]
        source = tuple(0 if size == 1 else step for step, size in zip(own, tensor.shape, strict=True))
        values.append(tensor.at(source))
        if any(index[:added]) or source != own:
            copies.add(place)
    return SmallTensor(shape, tuple(values), frozenset(copies))


def combined(first: SmallTensor, second: SmallTensor, operation: str) -> SmallTensor:
    """Two tensors of the same shape, number by number; the operation is a key of `OPERATIONS`."""
    compute = OPERATIONS[operation]
    return SmallTensor(first.shape, tuple(map(compute, first.values, second.values)))


def along(index: Index, axis: int, size: int) -> list[Index]:
    """The indices that are summed into one: `index` with each step of an axis put in."""
    return [(*index[:axis], step, *index[axis:]) for step in range(size)]


def summed(tensor: SmallTensor, axis: int) -> SmallTensor:
    """A tensor added up over one axis, which is gone then."""
    size = tensor.shape[axis]
    shape = tensor.shape[:axis] + tensor.shape[axis + 1 :]
    sums = (sum(tensor.at(each) for each in along(index, axis, size)) for index in indices(shape))
    return SmallTensor(shape, tuple(sums))


def channel_means(image: SmallTensor) -> SmallTensor:
    """Mean of each channel of a (channels, height, width) image, as (channels, 1, 1).

    Raises:
        ValueError: A mean is no whole number, so that it could not be checked in the head.
    """
    channels, height, width = image.shape
    count = height * width
    means: list[int] = []
    for channel in range(channels):
        mean, rest = divmod(sum(image.values[channel * count : (channel + 1) * count]), count)
        if rest:
            raise ValueError(f"the mean of channel {channel} is no whole number")
        means.append(mean)
    return SmallTensor((channels, 1, 1), tuple(means))


def signed(value: int) -> str:
    """A number with a minus sign as wide as a plus."""
    return str(value).replace("-", "−")


def index_text(index: Sequence[int]) -> str:
    """``[1, 2]``; nothing for a scalar."""
    return f"[{', '.join(map(str, index))}]" if index else ""
