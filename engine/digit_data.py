"""MNIST through torchvision, as the sets that training knows: training, validation, test."""

from __future__ import annotations

from pathlib import Path

from engine.digits import Digits
from engine.errors import DataError
from engine.mnist_files import check_files

VALIDATION_COUNT = 5_000
_SPLIT_SEED = 0


def load_mnist_training(folder: Path) -> tuple[Digits, Digits]:
    """55,000 digits to learn from and 5,000 to validate on, split by a fixed seed.

    Args:
        folder: torchvision's root, which has ``MNIST/raw``; nothing is written there.

    Raises:
        DataError: The files are missing or damaged.
    """
    return _load(folder, is_training=True).split(VALIDATION_COUNT, _SPLIT_SEED)


def load_mnist_test(folder: Path) -> Digits:
    """The 10,000 test digits, for final figures only.

    Raises:
        DataError: The files are missing or damaged.
    """
    return _load(folder, is_training=False)


def _load(folder: Path, is_training: bool) -> Digits:
    check_files(folder)
    from engine.torchvision_guard import torchvision_datasets

    try:
        mnist = torchvision_datasets().MNIST(root=str(folder), train=is_training, download=False)
    except (RuntimeError, OSError, ValueError) as error:
        raise DataError(f"MNIST in {folder} cannot be read: download it again.") from error
    return Digits(mnist.data.reshape(-1, 28 * 28), mnist.targets.long(), "MNIST")
