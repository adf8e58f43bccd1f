"""Speed ways: the same sum and the same matrix product in several ways, each as short as a book prints it.

They are run as they stand here, and shown as they stand here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from torch import Tensor

Numbers = Iterable[float]
"""Plain numbers, one after the other."""

Rows = Iterable[Sequence[float]]
"""Rows of plain numbers."""


def sum_by_loop(left: Numbers, right: Numbers) -> float:
    """Multiply two numbers, add to the total, take the next two."""
    total = 0.0
    for one, other in zip(left, right, strict=True):
        total += one * other
    return total


def sum_by_elements(left: Tensor, right: Tensor) -> Tensor:
    """Multiply all numbers, then add up all products."""
    products = left * right
    return products.sum()


def sum_by_operator(left: Tensor, right: Tensor) -> Tensor:
    """Leave it to the library: two vectors."""
    return left @ right


def product_by_loop(left: Rows, right: Rows) -> Rows:
    """Take each row times each column."""
    columns = list(zip(*right, strict=True))
    return [[sum_by_loop(row, column) for column in columns] for row in left]


def product_by_elements(left: Tensor, right: Tensor) -> Tensor:
    """Multiply rows by columns, then add up along the inner axis."""
    products = left[:, :, None] * right
    return products.sum(1)


def product_by_operator(left: Tensor, right: Tensor) -> Tensor:
    """Leave it to the library: two matrices."""
    return left @ right


_CALLED = {product_by_loop: (sum_by_loop,)}


def source_lines(function: Callable[..., Any]) -> tuple[str, ...]:
    """The source of one of these functions, after that of what it calls; none where there is no source."""
    try:
        sources = [inspect.getsource(each).rstrip() for each in (*_CALLED.get(function, ()), function)]
    except OSError:
        return ()
    return tuple("\n\n".join(sources).splitlines())
