"""Task: what every contestant is asked to do, and the digits to do it with."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import torch
from torch import Tensor

from engine.cli.options import DATA_VARIABLE
from engine.data.digits import Digits, Standardisation
from engine.data.sources import MNIST, load_training_data

INPUTS, HIDDEN, CLASSES = 784, 100, 10
LEARNING_RATE = 0.05
MOMENTUM = 0.9
EPOCH_DIGITS = 60_000
"""Seconds per epoch are those of so many digits."""
LIBRARY_DEFAULT = 0
"""Instead of a number of threads: as many as the library takes by itself."""


class UnavailableError(Exception):
    """A contestant cannot take part here; says why."""


@dataclass(frozen=True)
class Task:
    """Train 784-100-10 with SGD and momentum.

    Attributes:
        digits: To learn from, in memory.
        test: To judge accuracy on.
        standardisation: Of the inputs.
        batch_size: Digits in a mini-batch.
        threads: That may calculate, or `LIBRARY_DEFAULT`.
        epochs: To be timed, after one that is not.
    """

    digits: Digits
    test: Digits
    standardisation: Standardisation
    batch_size: int = 64
    threads: int = 1
    epochs: int = 3

    @cached_property
    def inputs(self) -> Tensor:
        """(digits, 784) float32, standardised."""
        return self.standardisation(self.digits.intensities())

    @property
    def labels(self) -> Tensor:
        """(digits,) int64."""
        return self.digits.labels

    def set_torch_threads(self) -> None:
        """Let PyTorch calculate with the threads of this task."""
        if self.threads != LIBRARY_DEFAULT:
            torch.set_num_threads(self.threads)

    def timed(self, run_epoch: Callable[[], object], share: float = 1.0) -> list[float]:
        """Seconds of each epoch of 60,000 digits.

        Args:
            run_epoch: Goes through the digits once, or through a share of them.
            share: Of the digits that it goes through.
        """
        scale = EPOCH_DIGITS / (share * len(self.digits))
        run_epoch()
        seconds = []
        for _ in range(self.epochs):
            began = time.perf_counter()
            run_epoch()
            seconds.append(scale * (time.perf_counter() - began))
        return seconds


def data_folder() -> Path:
    """Where MNIST is.

    Raises:
        SystemExit: Nobody said.
    """
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        raise SystemExit(f"Set {DATA_VARIABLE} to a folder with MNIST/raw in it.")
    return Path(folder)


def load_task(batch_size: int = 64, threads: int = 1, epochs: int = 3, count: int = EPOCH_DIGITS) -> Task:
    """Training digits of MNIST, all 60,000 or fewer: those that the program validates on are among them.

    Fewer digits need no MNIST: without it their pixels are made up, which takes as long to learn from.
    """
    if count < EPOCH_DIGITS and not os.environ.get(DATA_VARIABLE):
        made = made_up_digits(count)
        return Task(made, made, Standardisation.of(made), batch_size, threads, epochs)
    data = load_training_data(MNIST, data_folder())
    digits = data.training.joined(data.validation)
    if count < len(digits):
        digits = digits.take(torch.arange(count))
    assert data.test is not None
    return Task(digits, data.test, Standardisation.of(digits), batch_size, threads, epochs)


def made_up_digits(count: int) -> Digits:
    """Random pixels and labels, always the same."""
    generator = torch.Generator().manual_seed(1)
    pixels = torch.randint(256, (count, INPUTS), dtype=torch.uint8, generator=generator)
    return Digits(pixels, torch.randint(CLASSES, (count,), generator=generator), "made-up digits")
