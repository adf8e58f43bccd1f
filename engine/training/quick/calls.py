"""Calls: what a step is made of, functions that wait with their arrays."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.nn.matmul_backend import backend_for

Call = Callable[[], Any]
"""Reads and writes arrays that it already knows."""

Floats = NDArray[np.float32]

# Products of so many multiplications begin sooner by NumPy; larger ones are worth PyTorch's threads, and its
# choice of libraries.
_SMALL_PRODUCT = 1 << 17


def product(left: Floats, right: Floats, result: Floats) -> Call:
    """``left @ right`` into `result`, which is contiguous; all (rows, columns) float32."""
    if _is_small(left, right):
        # For small matrices the method takes three quarters of the time of np.dot, and half of np.matmul's.
        return partial(left.dot, right, result)
    library = _library(left, right)
    multiply = partial(
        torch.mm, torch.from_numpy(left), torch.from_numpy(right), out=torch.from_numpy(result)
    )
    return _within(library, multiply)


def carried_product(left: Floats, right: Floats, result: Floats, share: float) -> list[Call]:
    """``left @ right``, plus a share of what was in `result` before, into `result`, which is contiguous."""
    if not share:
        return [product(left, right, result)]
    if _is_small(left, right):
        news = np.empty_like(result)
        return [
            product(left, right, news),
            partial(np.multiply, result, number(share), result),
            partial(np.add, result, news, result),
        ]
    library = _library(left, right)
    add = partial(
        torch.from_numpy(result).addmm_, torch.from_numpy(left), torch.from_numpy(right), beta=share
    )
    return [_within(library, add)]


def number(value: float) -> Floats:
    """A () float32 array, which NumPy needs not convert in every call."""
    return np.array(value, np.float32)


def _is_small(left: Floats, right: Floats) -> bool:
    rows, inner = left.shape
    return bool(rows * inner * right.shape[1] < _SMALL_PRODUCT)


def _library(left: Floats, right: Floats) -> AbstractContextManager[None]:
    rows, inner = left.shape
    return backend_for(rows, inner, right.shape[1])


def _within(library: AbstractContextManager[None], call: Call) -> Call:
    if isinstance(library, nullcontext):
        return call

    def call_within() -> None:
        with library:
            call()

    return call_within
