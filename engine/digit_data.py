"""MNIST through torchvision, as the sets that training knows: training, validation, test."""

from __future__ import annotations

from pathlib import Path

from torch import Tensor

from engine.digits import Digits
from engine.errors import DataError
from engine.mnist_files import check_files, raw_folder
from engine.torchvision_guard import torchvision_datasets

VALIDATION_COUNT = 5_000
_SPLIT_SEED = 0


def load_mnist_training(folder: Path) -> tuple[Digits, Digits]:
    """55,000 digits to learn from and 5,000 to validate on, split by a fixed seed.

    Args:
        folder: torchvision's root, which has ``MNIST/raw``; nothing is written there.

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
    check_files(folder)
    # torchvision's readers rather than its MNIST class: where an old version of it left MNIST/processed, the
    # class reads that instead, unpickled and past every checksum.
    reader = torchvision_datasets().mnist
    raw = raw_folder(folder)
    try:
        images: Tensor = reader.read_image_file(str(raw / f"{part}-images-idx3-ubyte"))
        labels: Tensor = reader.read_label_file(str(raw / f"{part}-labels-idx1-ubyte"))
    except (AssertionError, OSError, RuntimeError, ValueError) as error:
        raise DataError(f"MNIST in {folder} cannot be read: download it again.") from error
    return Digits(images.reshape(-1, 28 * 28), labels, "MNIST")
