"""The matrix product: the one that tensors have, and the same by the faster of two libraries."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

from engine.nn.matmul_backend import backend_for

Product = Callable[[Tensor, Tensor], Tensor]
"""(rows, inner) and (inner, columns) to (rows, columns), all float32."""


def tensor_product(left: Tensor, right: Tensor) -> Tensor:
    """PyTorch's own ``left @ right``: (rows, inner) times (inner, columns) to (rows, columns)."""
    return left @ right


def fast_product(left: Tensor, right: Tensor) -> Tensor:
    """The same by the faster library, for the large products of an evaluation; same shapes."""
    rows, inner = left.shape
    with backend_for(rows, inner, right.shape[1], left.device):
        return left @ right
