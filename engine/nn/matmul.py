"""The matrix product written out: broadcast, multiply element by element, sum."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from engine.nn.matmul_backend import backend_for

Product = Callable[[Tensor, Tensor], Tensor]
"""(rows, inner) and (inner, columns) to (rows, columns), all float32."""

# 16 MB of products at a time: a whole batch of thousands would not fit into memory, and blocks that fit
# into a processor's cache are quicker, too.
_PRODUCTS_AT_ONCE = 4_000_000


def tensor_product(left: Tensor, right: Tensor) -> Tensor:
    """PyTorch's own ``left @ right``: (rows, inner) times (inner, columns) to (rows, columns)."""
    return left @ right


def fast_product(left: Tensor, right: Tensor) -> Tensor:
    """The same by the faster library, for the large products of an evaluation; same shapes."""
    rows, inner = left.shape
    with backend_for(rows, inner, right.shape[1], left.device):
        return left @ right


def broadcast_product(left: Tensor, right: Tensor) -> Tensor:
    """The same without ``@``: (rows, inner) times (inner, columns) to (rows, columns).

    ``left`` gets a trailing axis of size 1, and both are stretched to (rows, inner, columns): every product
    that the sum over ``inner`` needs, each written to memory once. That is what makes it slow.
    """
    rows_at_once = max(1, _PRODUCTS_AT_ONCE // max(1, right.numel()))
    blocks = [(rows[:, :, None] * right).sum(dim=1) for rows in torch.split(left, rows_at_once)]
    return blocks[0] if len(blocks) == 1 else torch.cat(blocks)
