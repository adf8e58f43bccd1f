"""MNIST as the sets that training knows: training, validation, test."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from engine.data.classes import DIGITS
from engine.data.digits import Digits
from engine.data.mnist.files import FILES, read_file
from engine.data.mnist.idx_format import idx_labels, idx_values
from engine.errors import DataError
from engine.preprocessing.normaliser import SIDE

VALIDATION_COUNT = 5_000
_SPLIT_SEED = 0


def load_mnist_training(folder: Path) -> tuple[Digits, Digits]:
    """55,000 digits to learn from and 5,000 to validate on, split by a fixed seed.

    Args:
        folder: has the files in any of the forms of `engine.data.mnist.files.read_file`; nothing is written
            there.

    Raises:
        DataError: The files are missing or damaged.
    """
    return _load(folder, "train").split(VALIDATION_COUNT, _SPLIT_SEED)


def load_mnist_test(folder: Path) -> Digits:
    """The 10,000 test digits, for final figures only.

    Raises:
        DataError: The files are missing or damaged.
    """
    return _load(folder, "t10k")


def _load(folder: Path, part: str) -> Digits:
    images, labels = (file for file in FILES if file.name.startswith(part))
    return digits_of(read_file(folder, images), read_file(folder, labels), (images.name, labels.name))


def digits_of(images: bytes, labels: bytes, names: tuple[str, str], set_name: str = "MNIST") -> Digits:
    """The digits of two IDX files.

    Args:
        images: Content of the file of pictures.
        labels: Content of the file of labels.
        names: What to call the two in a sentence.
        set_name: What to call the set.

    Raises:
        DataError: One of them is no such file, they are of different lengths, or a label is no digit.
    """
    pictures = idx_values(images, names[0], (SIDE, SIDE)).reshape(-1, SIDE * SIDE)
    numbers = idx_labels(labels, names[1], len(DIGITS))
    if len(pictures) != len(numbers):
        raise DataError(
            f"{names[0]} has {len(pictures):,} digits and {names[1]} {len(numbers):,} labels: they do not "
            "belong together."
        )
    # Copies: the content of the files cannot be written to, and tensors can.
    return Digits(torch.from_numpy(pictures.copy()), torch.from_numpy(numbers.astype(np.int64)), set_name)
