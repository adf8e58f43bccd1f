"""Named tensors: what a file of weights says that it holds, and the numbers once somebody wants them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.errors import ModelFileError
from engine.plain_text import plain_name

REAL_TYPES = {torch.float16: 2, torch.bfloat16: 2, torch.float32: 4, torch.float64: 8}
"""The types that weights are read from, and bytes for each value."""


@dataclass(frozen=True, slots=True)
class NamedTensor:
    """One tensor of a file, not read yet.

    Attributes:
        name: As the file has it: any text at all.
        shape: Its sizes, none of them negative; the file holds as many values as they ask for.
        read: Answers the values, of that shape and one of `REAL_TYPES`; None where they are no real numbers.
    """

    name: str
    shape: tuple[int, ...]
    read: Callable[[], Tensor] | None

    @property
    def count(self) -> int:
        """How many values it has."""
        return math.prod(self.shape)

    @property
    def shown_name(self) -> str:
        """The name, fit to stand in a sentence."""
        return plain_name(self.name, 40)


def tensor_of(content: bytes | bytearray, dtype: torch.dtype, shape: tuple[int, ...]) -> Tensor:
    """The values in little-endian bytes as a tensor of their own.

    Raises:
        ModelFileError: There are more or fewer bytes than the shape asks for.
    """
    if len(content) != math.prod(shape) * REAL_TYPES[dtype]:
        raise ModelFileError("is damaged: it holds fewer values than it says.")
    if not content:
        return torch.empty(shape, dtype=dtype)
    return torch.frombuffer(bytearray(content), dtype=dtype).reshape(shape)
