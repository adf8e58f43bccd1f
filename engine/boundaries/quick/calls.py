"""Calls: what a step is made of, NumPy functions that wait with their arrays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

Call = Callable[[], Any]
"""Reads and writes arrays that it already knows."""

Floats = NDArray[np.float32]


def product(left: Floats, right: Floats, result: Floats) -> Call:
    """``left @ right`` into `result`, which is contiguous; all (rows, columns) float32."""
    # For small matrices the method takes three quarters of the time of np.dot, and half of np.matmul's.
    return partial(left.dot, right, result)


def number(value: float) -> Floats:
    """A () float32 array, which NumPy needs not convert in every call."""
    return np.array(value, np.float32)
