"""The floor: the matrix products of an epoch and nothing else, on buffers made once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor

from engine.nn.matmul_backend import backend_for
from tests.benchmarks.speed.task import CLASSES, HIDDEN, INPUTS, Task


def seconds_per_epoch(task: Task) -> list[float]:
    """Two products forward and three backward for each mini-batch; no digit is fetched."""
    return _seconds(task, lambda _rows, _inner, _columns: nullcontext())


def seconds_per_epoch_faster_library(task: Task) -> list[float]:
    """The same, each product by the library that ours asks for it."""
    return _seconds(task, backend_for)


def _seconds(task: Task, library: Callable[[int, int, int], AbstractContextManager[None]]) -> list[float]:
    task.set_torch_threads()
    batches, left_over = divmod(len(task.digits), task.batch_size)
    usual, short = (
        [(library(*left.shape, right.shape[1]), left, right, product) for left, right, product in products]
        for products in (_products(task.batch_size), _products(left_over))
    )

    def run_epoch() -> None:
        for _ in range(batches):
            for context, left, right, product in usual:
                with context:
                    torch.mm(left, right, out=product)
        if left_over:
            for context, left, right, product in short:
                with context:
                    torch.mm(left, right, out=product)

    return task.timed(run_epoch)


def _products(batch: int) -> list[tuple[Tensor, Tensor, Tensor]]:
    """Left factor, right factor and room for each of the five products."""
    inputs, hidden, error = (
        torch.randn(batch, INPUTS),
        torch.randn(batch, HIDDEN),
        torch.randn(batch, CLASSES),
    )
    first, second = torch.randn(INPUTS, HIDDEN), torch.randn(HIDDEN, CLASSES)
    hidden_error = torch.randn(batch, HIDDEN)
    return [
        (inputs, first, torch.empty(batch, HIDDEN)),
        (hidden, second, torch.empty(batch, CLASSES)),
        (hidden.T, error, torch.empty(HIDDEN, CLASSES)),
        (error, second.T, torch.empty(batch, HIDDEN)),
        (inputs.T, hidden_error, torch.empty(INPUTS, HIDDEN)),
    ]
