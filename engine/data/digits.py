"""Labelled digits, or pictures of other classes: what networks are trained and judged on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from engine.data.classes import DIGITS, Classes, listed
from engine.errors import DataError


@dataclass(frozen=True, slots=True)
class Digits:
    """Images and labels of one set.

    Attributes:
        images: (digits, 784) uint8, 0 background to 255 ink, row by row; a quarter of the memory of float32.
        labels: (digits,) int64, places in the classes: 0 to 9 for digits.
        name: What to call the set in front of a user: ``MNIST``, ``built-in handwriting``.
        classes: What the labels mean.
    """

    images: Tensor
    labels: Tensor
    name: str
    classes: Classes = DIGITS

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

    def on(self, device: torch.device | str) -> Digits:
        """The same on a device."""
        return replace(self, images=self.images.to(device), labels=self.labels.to(device))

    def take(self, chosen: Tensor) -> Digits:
        """The digits at the given indices, (n,) int64, or where a mask, (digits,) bool, holds."""
        return replace(self, images=self.images[chosen], labels=self.labels[chosen])

    def parts(self, at_once: int) -> Iterator[Digits]:
        """All digits in order, so many at a time, without copies."""
        for first in range(0, len(self), at_once):
            part = slice(first, first + at_once)
            yield replace(self, images=self.images[part], labels=self.labels[part])

    def split(self, held_out: int, seed: int) -> tuple[Digits, Digits]:
        """All but `held_out` digits, and those: chosen by a seed, the same every time."""
        order = torch.randperm(len(self), generator=torch.Generator().manual_seed(seed))
        return self.take(order[held_out:]), self.take(order[:held_out])

    def joined(self, other: Digits) -> Digits:
        """Both sets, this one first, with the classes of both.

        Raises:
            DataError: Those are too many together.
        """
        classes = self.classes.joined(other.classes)
        places = torch.tensor([classes.place_of(name) for name in other.classes])
        return Digits(
            torch.cat([self.images, other.images]),
            torch.cat([self.labels, places[other.labels]]),
            f"{self.name} and {other.name}",
            classes,
        )

    def known_to(self, classes: Classes) -> Digits:
        """The same pictures, labelled for a network of these classes.

        Raises:
            DataError: The network does not know all classes of this set.
        """
        if classes == self.classes:
            return self
        unknown = [name for name in self.classes if name not in classes.names]
        if unknown:
            raise DataError(
                f"{self.name} has classes that this network does not know ({listed(unknown)}); it tells "
                f"{classes.listed()} apart. Choose other data or another network."
            )
        places = torch.tensor([classes.place_of(name) for name in self.classes])
        return replace(self, labels=places[self.labels], classes=classes)


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
