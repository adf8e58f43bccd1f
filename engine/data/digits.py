"""Labelled digits: what networks are trained and judged on, wherever they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

CLASSES = 10


@dataclass(frozen=True, slots=True)
class Digits:
    """Images and labels of one set.

    Attributes:
        images: (digits, 784) uint8, 0 background to 255 ink, row by row; a quarter of the memory of float32.
        labels: (digits,) int64, 0 to 9.
        name: What to call the set in front of a user: ``MNIST``, ``built-in handwriting``.
    """

    images: Tensor
    labels: Tensor
    name: str

    def __post_init__(self) -> None:
        if self.images.dtype != torch.uint8 or self.images.shape != (len(self.labels), 784):
            raise ValueError(f"images must be (digits, 784) uint8, not {tuple(self.images.shape)}")
        if self.labels.dtype != torch.int64 or self.labels.shape != (len(self.images),):
            raise ValueError("labels must be (digits,) int64")

    def __len__(self) -> int:
        return len(self.labels)

    def intensities(self, device: torch.device | str = "cpu") -> Tensor:
        """The images on a device as (digits, 784) float32, 0 background to 1 ink."""
        return self.images.to(device).float() / 255

    def take(self, chosen: Tensor) -> Digits:
        """The digits at the given indices, (n,) int64, or where a mask, (digits,) bool, holds."""
        return Digits(self.images[chosen], self.labels[chosen], self.name)

    def parts(self, at_once: int) -> Iterator[Digits]:
        """All digits in order, so many at a time, without copies."""
        for first in range(0, len(self), at_once):
            part = slice(first, first + at_once)
            yield Digits(self.images[part], self.labels[part], self.name)

    def split(self, held_out: int, seed: int) -> tuple[Digits, Digits]:
        """All but `held_out` digits, and those: chosen by a seed, the same every time."""
        order = torch.randperm(len(self), generator=torch.Generator().manual_seed(seed))
        return self.take(order[held_out:]), self.take(order[:held_out])

    def joined(self, other: Digits) -> Digits:
        """Both sets, this one first."""
        return Digits(
            torch.cat([self.images, other.images]),
            torch.cat([self.labels, other.labels]),
            f"{self.name} and {other.name}",
        )


@dataclass(frozen=True, slots=True)
class Standardisation:
    """Mean and standard deviation of the training pixels, which every input is freed of.

    Attributes:
        mean: Of all pixels, 0 to 1.
        standard_deviation: Of all pixels, greater than 0.
    """

    mean: float
    standard_deviation: float

    @classmethod
    def of(cls, digits: Digits) -> Standardisation:
        """Measured on a training set; a set without contrast gets a standard deviation of 1."""
        counts = torch.bincount(digits.images.flatten(), minlength=256).double()
        levels = torch.arange(256, dtype=torch.float64) / 255
        shares = counts / counts.sum()
        mean = float((shares * levels).sum())
        variance = float((shares * (levels - mean) ** 2).sum())
        return cls(mean, variance**0.5 if variance > 0 else 1.0)

    def __call__(self, intensities: Tensor) -> Tensor:
        """0 background to 1 ink, any shape, to mean 0 and standard deviation 1 over the training set."""
        return (intensities - self.mean) / self.standard_deviation

    def undo(self, inputs: Tensor) -> Tensor:
        """The intensities that were standardised to `inputs`, any shape."""
        return inputs * self.standard_deviation + self.mean
